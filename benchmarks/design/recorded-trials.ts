/** Which trials of a session are recorded already, so that one that is continued runs the others alone. */

interface Trial {
  readonly block: number;
  readonly condition: string;
  readonly warmup: boolean;
}

export class RecordedTrials {
  /** By trial, how many of its rows no trial of the schedule stands for yet: a block may have several that are alike. */
  readonly #left = new Map<string, number>();
  readonly #any: boolean;

  constructor(recorded: Iterable<Trial>) {
    for (const trial of recorded) this.#left.set(keyOf(trial), (this.#left.get(keyOf(trial)) ?? 0) + 1);
    this.#any = this.#left.size > 0;
  }

  /** Whether there are any at all, taken or not. */
  get any(): boolean {
    return this.#any;
  }

  /** Asked once for each trial of the schedule, in its order. @returns whether it is recorded */
  take(trial: Trial): boolean {
    const left = this.#left.get(keyOf(trial)) ?? 0;
    this.#left.set(keyOf(trial), left - 1);
    return left > 0;
  }
}

const keyOf = ({ block, condition, warmup }: Trial): string => `${block} ${warmup} ${condition}`;

/** One row of each trial: those of a trial follow each other. */
export const oneOfEach = <R extends { readonly session: number; readonly trial: number }>(rows: readonly R[]): R[] =>
  rows.filter(({ session, trial }, index) => {
    const before = rows[index - 1];
    return before?.session !== session || before.trial !== trial;
  });
