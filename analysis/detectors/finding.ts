/** What a detector found: a warning that can be traced to its rows. */
import * as z from "zod";
import { warning } from "../../research/warning.ts";
import type { Measurement } from "../subjects/measurement.ts";

export const DETECTORS = [
  "lost-unit",
  "clamped-at-zero",
  "clamped-at-limit",
  "coded-missing",
  "quantised",
  "derived-metric",
  "cold-faster-than-warm",
  "part-longer",
  "condition-order",
  "level-shift",
  "dependent-trials",
  "missing-trials",
  "thousandfold",
  "filled-down",
  "copied-trials",
  "implausible-p",
  "uncorrected-tests",
] as const;
export type Detector = (typeof DETECTORS)[number];

const SEVERITIES = ["defect", "caution"] as const;
/**
 * `defect`: the numbers are not what they are called, and nothing that rests on them holds. `caution`: they are, but say less
 * than they seem to.
 */
export type Severity = (typeof SEVERITIES)[number];

export const finding = warning.extend({
  detector: z.enum(DETECTORS),
  severity: z.enum(SEVERITIES),
  experiment: z.string(),
  condition: z.string().describe("several are separated by commas"),
  metric: z.string(),
  from: z.string().optional().describe("of a derived metric: the metric of the same trials that it was computed from"),
  rows: z
    .array(z.int())
    .readonly()
    .describe("the first few rows that show it, from 1, the header not counted; empty where all do"),
  numbers: z.record(z.string(), z.number().nullable()).describe("what the evidence says, unrounded"),
});
/** One a defect, however many rows show it. */
export type Finding = Readonly<z.infer<typeof finding>>;

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
