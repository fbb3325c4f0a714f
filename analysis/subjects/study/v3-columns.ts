/** The columns of the study's files: what a cell of them may hold, and what people who made such files themselves mistook. */
import { between, type Column, type ColumnsOf, count, decimal, orWord } from "../../../research/csv/cells.ts";
import { rowKeys } from "../../../research/csv/keys.ts";
import { type Check, defineTable, type Table } from "../../../research/table.ts";
import { SHORTEST_PROCESS_NS, SHORTEST_START_NS } from "../../../research/tables/columns/shortest.ts";

export interface Numbered {
  readonly iteration: number;
}

/** What the study's script writes where it could not measure. */
export const NOT_MEASURED = "N/A";

export const iteration = count("pass over the conditions, as the study numbers it");
/** Nothing in these files lasts a day, writes a terabyte a second, or needs a hundred terabytes. */
export const MOST: Readonly<Record<string, number>> = { ms: 86_400_000, "MB/s": 1_000_000, "%": 100_000, MB: 100_000_000 };
/** A day is too short for 256 MB at less; a speed or a share is printed with two decimals, and a process has a page of memory. */
export const LEAST = 0.001;
export const START_MS = SHORTEST_START_NS / 1e6;
export const PROCESS_MS = SHORTEST_PROCESS_NS / 1e6;
/** Light goes to a host at a distance of 1.5 km and back. */
export const ROUND_TRIP_MS = 0.01;
/** No process, message or write takes no time; where the study's script could not read a number, it wrote 0. */
export const measured = (description: string, unit: "ms" | "MB/s" | "%" | "MB", least: number): Column<number | null> =>
  orWord(between(description, unit, least, MOST[unit] as number), NOT_MEASURED);
/** No clock tells less. */
const NANOSECOND_MS = 1e-6;
/** What was computed as the difference of two times, and set to 0 where it was negative. */
export const clamped = (description: string): Column<number | null> => {
  const column = between(description, "ms", NANOSECOND_MS, MOST.ms as number);
  const parse = (cell: string): number | undefined =>
    Number(cell) === 0 ? decimal("", "ms", 0).parse(cell) : column.parse(cell);
  return orWord({ ...column, expected: `0, or ${column.expected}`, parse }, NOT_MEASURED);
};
export const difference = (description: string, unit: string): Column<number | null> =>
  orWord(decimal(description, unit), NOT_MEASURED);
/** The study's script counts from 1, and writes 0 only where it tells that a machine cannot measure this. */
const numbered =
  <R extends Numbered>(measured: readonly (keyof R & string)[]): Check<R> =>
  (row) =>
    row.iteration === 0 && measured.some((column) => row[column] !== null)
      ? {
          ...{ column: "iteration", value: "0", expected: "a whole number from 1" },
          why: `only a row without a measurement (${NOT_MEASURED}) has 0`,
        }
      : undefined;

/** People make such files with programs of their own. What is measured may be missing; every other column tells rows apart. */
export function studyTable<R extends Numbered>(
  name: string,
  description: string,
  columns: ColumnsOf<R>,
  checks: readonly Check<R>[] = [],
): Table<R> {
  const all = Object.keys(columns) as (keyof R & string)[];
  const measured = all.filter((column) => columns[column].parse(NOT_MEASURED) === null);
  const keys = all.filter((column) => !measured.includes(column));
  return defineTable(name, description, columns, {
    author: "others",
    checks: () => [numbered(measured), rowKeys(keys), ...checks],
  });
}

/** Two decimals, cut off or rounded. */
export const CENT = 0.01;
export const within = (bound: number, a: number, b: number): boolean => Math.abs(a - b) <= bound * (1 + 1e-9);
