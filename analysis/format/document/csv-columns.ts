/** Columns of the CSV that analyses print: unrounded numbers, each of which may be absent. */
import { type Column, decimal, optional, text } from "../../../research/csv/cells.ts";
import { spreadsheetText } from "../../../research/text/visible.ts";
import type { Interval } from "../../statistics/interval.ts";

export const maybe = (description: string): Column<number | null> => optional(decimal(description, ""));
/** Labels are strangers' text, and people open such a file in a spreadsheet. */
export const name = (description: string): Column<string> => ({
  ...text(description, /^[^\0]*$/, "text"),
  format: spreadsheetText,
});

export type Ends<Name extends string> = { readonly [K in `${Name}_lo` | `${Name}_hi`]: number | null };

/** The two columns of an interval. */
export const ends = <const Name extends string>(of: Name, interval: Interval | null): Ends<Name> =>
  ({ [`${of}_lo`]: interval?.[0] ?? null, [`${of}_hi`]: interval?.[1] ?? null }) as Ends<Name>;
