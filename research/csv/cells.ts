/** The kinds of cell: how each is written, checked and described. */
import { type Nanoseconds, nanoseconds, type UnixNs, unixNs } from "../units.ts";

export type CellKind = "text" | "flag" | "integer" | "decimal";

export interface Column<T> {
  readonly description: string;
  readonly unit: string;
  /** What its values are once they are read, whatever the cell looks like. */
  readonly kind: CellKind;
  /** What a valid cell looks like, for people: in the data dictionary and in error messages. */
  readonly expected: string;
  /** The {@link TABLE_VERSION} that brought it, where that is not the first: older files lack it. */
  readonly since?: number;
  readonly format: (value: T) => string;
  /** `undefined` when the cell is not valid. */
  readonly parse: (cell: string) => T | undefined;
}

export type ColumnsOf<R> = { readonly [K in keyof R]: Column<R[K]> };

/**
 * The tables as this program writes them. 1 is what the first committed results have; it goes up by one with the first
 * column that is added after results of the version before were committed.
 */
export const TABLE_VERSION = 2;

/** A column that came later: files that lack it are read, with `null` in every row. */
export const since = <T>(version: number, column: Column<T | null>): Column<T | null> => ({ ...column, since: version });

export function text(description: string, pattern: RegExp, expected: string): Column<string> {
  return {
    description,
    unit: "",
    kind: "text",
    expected,
    format: String,
    parse: (cell) => (pattern.test(cell) ? cell : undefined),
  };
}

export function oneOf<const T extends string>(values: readonly T[], description: string): Column<T> {
  return {
    description,
    unit: "",
    kind: "text",
    expected: values.join(" | "),
    format: String,
    parse: (cell) => values.find((value) => value === cell),
  };
}

export function flag(description: string): Column<boolean> {
  return {
    description,
    unit: "",
    kind: "flag",
    expected: "true | false",
    format: String,
    parse: (cell) => (cell === "true" ? true : cell === "false" ? false : undefined),
  };
}

export function count(description: string, from = 0): Column<number> {
  return {
    description,
    unit: "",
    kind: "integer",
    expected: `a whole number from ${from}`,
    format: String,
    parse: (cell) => {
      const value = wholeNumber(cell);
      return value === undefined || value < from ? undefined : value;
    },
  };
}

/** An amount of data. */
export const bytes = (description: string, from = 0): Column<number> => ({ ...count(description, from), unit: "bytes" });

export function ns(description: string, from = Number.NEGATIVE_INFINITY): Column<Nanoseconds> {
  return {
    description,
    unit: "ns",
    kind: "integer",
    expected: `a whole number of nanoseconds${from === 0 ? ", not negative" : ""}`,
    format: String,
    parse: (cell) => {
      const value = wholeNumber(cell);
      return value === undefined || value < from ? undefined : nanoseconds(value);
    },
  };
}

/** How long something took. */
export const duration = (description: string): Column<Nanoseconds> => ns(description, 0);

export function unixTimeNs(description: string): Column<UnixNs> {
  return {
    description,
    unit: "ns since 1970-01-01 UTC",
    kind: "integer",
    expected: "a whole number of nanoseconds since 1970",
    format: String,
    parse: (cell) => (/^\d{1,19}$/.test(cell) ? unixNs(BigInt(cell)) : undefined),
  };
}

export function decimal(description: string, unit: string, from = Number.NEGATIVE_INFINITY): Column<number> {
  return {
    description,
    unit,
    kind: "decimal",
    expected: `a decimal number${from === 0 ? ", not negative" : ""}`,
    format: String,
    parse: (cell) => {
      const value = DECIMAL.test(cell) ? Number(cell) : Number.NaN;
      return Number.isFinite(value) && value >= from ? value : undefined;
    },
  };
}

/** A decimal number that cannot be less, nor more. */
export function between(description: string, unit: string, least: number, most: number): Column<number> {
  const column = decimal(description, unit, 0);
  return {
    ...column,
    expected: `a decimal number from ${least} to ${most}`,
    parse: (cell) => {
      const value = column.parse(cell);
      return value === undefined || value < least || value > most ? undefined : value;
    },
  };
}

/** No NaN, no infinity, no unit; the 0 before the point may be missing, as bc writes it. */
const DECIMAL = /^-?(\d+|\d*\.\d+)(e[+-]?\d+)?$/i;

/** A cell that may be empty: what was not measured is missing, never 0. */
export function optional<T>(column: Column<T>): Column<T | null> {
  return {
    ...column,
    expected: `${column.expected}, or empty`,
    format: (value) => (value === null ? "" : column.format(value)),
    parse: (cell) => (cell === "" ? null : column.parse(cell)),
  };
}

/** A cell in which a word may stand for a missing value: in files of other programs. */
export function orWord<T>(column: Column<T>, word: string): Column<T | null> {
  return {
    ...column,
    expected: `${column.expected}, or ${word}`,
    format: (value) => (value === null ? word : column.format(value)),
    parse: (cell) => (cell === word ? null : column.parse(cell)),
  };
}

const [MINUS, ZERO, NINE] = [0x2d, 0x30, 0x39];
const MOST_DIGITS = 16;

/** Digit by digit: a regular expression and a conversion take four times as long, and there are 30 such cells in a row. */
function wholeNumber(cell: string): number | undefined {
  const negative = cell.charCodeAt(0) === MINUS;
  const begin = negative ? 1 : 0;
  const digits = cell.length - begin;
  if (digits < 1 || digits > MOST_DIGITS) return undefined;
  let value = 0;
  for (let index = begin; index < cell.length; index += 1) {
    const code = cell.charCodeAt(index);
    if (code < ZERO || code > NINE) return undefined;
    value = 10 * value + code - ZERO;
  }
  // Beyond the safe integers the sum above is inexact, but still not a safe integer.
  if (!Number.isSafeInteger(value)) return undefined;
  return negative ? -value : value;
}
