/** Which conditions can be drawn as stacked tiers, and their bars as data. */
import { TIERS, type Tier } from "../../../research/phases.ts";
import { grouped } from "../../samples/grouped.ts";
import { interval, ms } from "../../samples/numbers.ts";
import type { Interval } from "../../statistics/interval.ts";
import { conditionKey, metricKey } from "../../subjects/key.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { type Subject, variantsOf } from "../../subjects/subject.ts";
import { type Drawn, describedIn } from "../../summaries/described.ts";
import { marksOf } from "../page/marks.ts";
import { byFactors } from "./measured.ts";

export interface Segment {
  readonly tier: Tier;
  readonly mean_ms: number;
  readonly mean_ci: Interval | null;
  readonly begin_ms: number;
  readonly end_ms: number;
}

export interface TierBar {
  readonly platform: string;
  readonly image: string;
  readonly mode: string;
  readonly mean_ms: number;
  readonly mean_ci: Interval | null;
  /** One after the other from 0; they end at the mean of the total, since means add up. */
  readonly segments: readonly Segment[];
  /** Of every start. */
  readonly totals_ms: readonly number[];
  /** The total. */
  readonly measurement: Measurement;
  /** Of it, see `marks.ts`. */
  readonly marks: string;
}

export interface TierBars {
  readonly bars: readonly TierBar[];
  /** One line a reason: which conditions of which platform are not drawn, and why. */
  readonly leftOut: readonly string[];
}

export function tierBars(subjects: readonly Subject[]): TierBars {
  const bars: TierBar[] = [];
  const leftOut: string[] = [];
  for (const subject of subjects) {
    const totals = byFactors(
      subject.measurements.filter(({ experiment, metric }) => experiment === "startup" && metric === "total_ms"),
      variantsOf(subject),
    );
    if (totals.length === 0) leftOut.push(`${subject.label}: no start was split into tiers`);
    const drawn = totals.map((total) => ({ total, bar: tierBar(subject, total) }));
    bars.push(...drawn.flatMap(({ bar }) => (typeof bar === "string" ? [] : [bar])));
    for (const [reason, without] of grouped(drawn, ({ bar }) => (typeof bar === "string" ? bar : null))) {
      if (reason === null) continue;
      leftOut.push(`${subject.label} ${without.map(({ total }) => total.condition).join(", ")}: ${reason}`);
    }
  }
  return { bars, leftOut };
}

/** A bar, or why there is none. */
function tierBar(subject: Subject, whole: Measurement): TierBar | string {
  const { label, measurements, conditions } = subject;
  const { factors, values } = whole;
  if (values.length === 0) return "no successful starts with a total";
  const total = describedIn(subject, whole);
  const segments: Segment[] = [];
  for (const tier of TIERS) {
    const key = metricKey({ ...whole, metric: `${tier}_ms` });
    const times = measurements.find((other) => metricKey(other) === key && other.values.length > 0);
    const { n, mean, mean_ci } = times === undefined ? NONE : describedIn(subject, times);
    const probe = conditions.get(conditionKey(whole))?.context.probe ?? "unknown";
    if (n === 0) return `the tiers cannot be separated (${probe} probe)`;
    // Means over other trials than the total's would not add up to it.
    if (n !== total.n) return `the ${tier} tier can be separated in only ${n} of ${total.n} starts`;
    const begin_ms = segments.at(-1)?.end_ms ?? 0;
    segments.push({ tier, mean_ms: mean, mean_ci, begin_ms, end_ms: begin_ms + mean });
  }
  const { mean, mean_ci } = total;
  const { mode = "", ...others } = factors;
  const image = Object.values(others).join(" ");
  const marks = marksOf([subject], { platform: label, measurement: whole });
  return { platform: label, image, mode, mean_ms: mean, mean_ci, segments, totals_ms: values, measurement: whole, marks };
}

const NONE: Pick<Drawn, "n" | "mean" | "mean_ci"> = { n: 0, mean: Number.NaN, mean_ci: null };

/** Of bar and whisker. */
export const endOf = ({ mean_ms, mean_ci }: TierBar): number => Math.max(mean_ms, mean_ci?.[1] ?? 0);

/** The total, with its interval where the scale ends before it, and the tier that is too thin to be read off. */
export const barLabels = (bar: TierBar, bars_end_ms: number): { readonly total: string; readonly process: string } => {
  const { mean_ms, mean_ci, segments, marks } = bar;
  const process = segments.find(({ tier }) => tier === "process");
  const isCut = endOf(bar) > bars_end_ms;
  return {
    total: `${isCut ? "▸ " : ""}${ms(mean_ms)} ms${isCut ? inBrackets(mean_ci) : ""}${marks}`,
    process: `process ${ms(process?.mean_ms ?? null)} ms${inBrackets(process?.mean_ci)}`,
  };
};

/** ` (12.9–13.6)`, or nothing. */
export const inBrackets = (ends: Interval | null | undefined): string => (ends == null ? "" : ` (${interval(ends)})`);
