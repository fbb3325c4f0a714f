/** Keys: no trial appears twice in a file, and no part of a trial. */

interface Keyed {
  readonly session: number;
  readonly trial: number;
}

/**
 * The rows of a trial follow each other; each has a part of its own where a trial has several.
 * @param partOf what tells the rows of a trial apart
 * @returns what appears twice, for one row after the other
 */
export function trialKeys<R extends Keyed>(partOf: (row: R) => string | number | null): (row: R) => string | undefined {
  const sessions = new Map<number, NumbersSeen>();
  let last: Keyed | undefined;
  let parts = new Set<string | number | null>();
  return (row) => {
    const { session, trial } = row;
    const part = partOf(row);
    if (last?.session === session && last.trial === trial) {
      if (parts.has(part))
        return `trial ${trial} of session ${session}${part === null ? "" : `, ${part},`} appears a second time`;
      parts.add(part);
      return undefined;
    }
    let seen = sessions.get(session);
    if (seen === undefined) {
      seen = new NumbersSeen();
      sessions.set(session, seen);
    }
    if (!seen.add(trial)) return `trial ${trial} of session ${session} appears a second time`;
    last = { session, trial };
    parts = new Set([part]);
    return undefined;
  };
}

/** Numbers that are mostly consecutive: a million of them take no more memory than one. */
class NumbersSeen {
  #from = 0;
  #to = -1;
  readonly #others = new Set<number>();

  /** @returns whether it is new */
  add(number: number): boolean {
    if ((number >= this.#from && number <= this.#to) || this.#others.has(number)) return false;
    if (this.#to < this.#from) [this.#from, this.#to] = [number, number];
    else if (number === this.#to + 1) this.#to = number;
    else this.#others.add(number);
    return true;
  }
}

/** For tables whose rows are identified by some of their columns. */
export function rowKeys<R>(columns: readonly (keyof R & string)[]): (row: R) => string | undefined {
  const seen = new Set<string>();
  return (row) => {
    const key = columns.map((column) => `${column} ${row[column]}`).join(", ");
    if (seen.has(key)) return `the row of ${key} appears a second time`;
    seen.add(key);
    return undefined;
  };
}
