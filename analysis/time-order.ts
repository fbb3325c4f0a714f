/** What the order of collection tells: dependence, warm-up, drift. Reported with evidence, never used to drop data. */
import type { Warning } from "../research/warning.ts";
import { autocorrelation } from "./statistics/autocorrelation.ts";
import { type Changepoint, changepoints } from "./statistics/changepoints.ts";
import { effectiveSampleSize } from "./statistics/effective-sample-size.ts";
import { ljungBox } from "./statistics/ljung-box.ts";

export interface TimeOrder {
  /** Correlation of neighbours; `null` for equal or too few observations. */
  readonly lag1_autocorrelation: number | null;
  readonly ljung_box_p: number | null;
  /** As many independent observations would fix the mean as well. */
  readonly effective_n: number | null;
  readonly changepoints: readonly Changepoint[];
}

/** A platform has half a dozen conditions: at 1 % each, one in twenty clean platforms is warned of. */
const ALPHA = 0.01;

/** @param values in order of collection, not empty */
export const timeOrder = (values: readonly number[]): TimeOrder => ({
  lag1_autocorrelation: values.length < 3 ? null : autocorrelation(values, 1),
  ljung_box_p: ljungBox(values)?.p ?? null,
  effective_n: effectiveSampleSize(values),
  changepoints: changepoints(values, ALPHA),
});

/** @param what the condition, for people @param unit of the values */
export function timeOrderWarnings(
  what: string,
  { lag1_autocorrelation, ljung_box_p, effective_n, changepoints }: TimeOrder,
  n: number,
  unit: string,
): Warning[] {
  const dependent = ljung_box_p !== null && ljung_box_p < ALPHA;
  return [
    ...(dependent
      ? [
          {
            summary: `${what}: trials depend on those before them, so the intervals are too narrow`,
            evidence: `Ljung-Box p = ${ljung_box_p.toPrecision(2)}, correlation of neighbours ${lag1_autocorrelation?.toFixed(2)}; worth about ${effective_n?.toFixed(0)} independent trials of ${n}`,
            remedy: "find what changes slowly on the machine, or measure several sessions (--append)",
          },
        ]
      : []),
    ...changepoints.map(({ position, medianBefore, medianAfter, p }) => ({
      summary: `${what}: the level changes at trial ${position + 1} of ${n}`,
      evidence: `median ${medianBefore.toPrecision(3)} ${unit} before, ${medianAfter.toPrecision(3)} ${unit} after, p = ${p.toPrecision(2)}`,
      remedy:
        "look at the trials around it (warm-up, a job that started, throttling); nothing was dropped; measure again on a quiet machine",
    })),
  ];
}
