/** Differences of two times of a container: a single one may be anything, but half of them are no shorter than the work alone. */
import { TableError } from "../../../research/csv/table-error.ts";

export interface Work<R> {
  readonly column: keyof R & string;
  /** What no machine does it in. */
  readonly least_ms: (row: R) => number;
}

/** Of fewer nothing is typical. */
const FEWEST = 5;

/** Looks at what the differences come to, file by file. */
export function tooFast<R>({ column, least_ms }: Work<R>): {
  readonly add: (row: R) => void;
  /** @throws TableError where most times above 0 are too short */
  readonly refuse: (file: string) => void;
} {
  let [all, short] = [0, 0];
  let first: { readonly value: number; readonly least: number } | undefined;
  return {
    add: (row) => {
      const value = row[column] as number | null;
      // 0 is what was negative.
      if (value === null || value === 0) return;
      all += 1;
      const least = least_ms(row);
      if (value >= least) return;
      short += 1;
      first ??= { value, least };
    },
    refuse: (file) => {
      if (all < FEWEST || 2 * short <= all || first === undefined) return;
      throw new TableError(
        `${file}: ${short} of the ${all} times above 0 in column ${column}, such as ${first.value} ms, are shorter than the work alone takes (${first.least} ms or more); are they in another unit?`,
      );
    },
  };
}
