/** What a detector found: a warning that can be traced to the rows it speaks of. */
import type { Warning } from "../../research/warning.ts";
import type { Measurement } from "../subjects/measurement.ts";

export const DETECTORS = [
  "lost-unit",
  "clamped-at-zero",
  "quantised",
  "derived-metric",
  "cold-faster-than-warm",
  "condition-order",
  "level-shift",
  "dependent-trials",
  "missing-trials",
  "implausible-p",
  "uncorrected-tests",
] as const;
export type Detector = (typeof DETECTORS)[number];

/**
 * `defect`: the numbers are not what they are called, and nothing that rests on them holds. `caution`: they are, but say less
 * than they seem to.
 */
export type Severity = "defect" | "caution";

/** One a defect, however many rows show it. */
export interface Finding extends Warning {
  readonly detector: Detector;
  readonly severity: Severity;
  readonly experiment: string;
  /** Several are separated by commas. */
  readonly condition: string;
  readonly metric: string;
  /** The first few rows that show it, from 1, the header not counted; empty where all do. */
  readonly rows: readonly number[];
  /** What the evidence says, unrounded, by name; `null` where there is none. */
  readonly numbers: Readonly<Record<string, number | null>>;
}

const ROWS_SHOWN = 5;
const CONDITIONS_LISTED = 4;

/** The first in the file, whatever their order. */
export const fewRows = (rows: readonly number[]): number[] => [...rows].sort((a, b) => a - b).slice(0, ROWS_SHOWN);

/** `a, b, c, d and 12 more`. */
export const listed = (items: readonly string[]): string =>
  items.length <= CONDITIONS_LISTED + 1
    ? items.join(", ")
    : `${items.slice(0, CONDITIONS_LISTED).join(", ")} and ${items.length - CONDITIONS_LISTED} more`;

export const conditionsOf = (measurements: readonly Measurement[]): string =>
  measurements.map(({ condition }) => condition).join(", ");

/** To three digits, for evidence. */
export const rounded = (value: number): string => Number(value.toPrecision(3)).toString();
