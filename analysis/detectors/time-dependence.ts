/**
 * What the order of collection tells: a level that changes (warm-up, drift, a disturbance), and trials that depend on those
 * before them. Reported with evidence, never used to drop data.
 *
 * All conditions and metrics of a platform are one family, held at 5 %: Ljung-Box p-values adjusted by Holm, changepoints by
 * Bonferroni (and at most 1 %, which is what is listed), so that of twenty clean platforms one is warned of by each, however many conditions it has. Dependence is only
 * spoken of where it widens intervals by more than a tenth: √(n / effective n) > 1.1.
 */

import type { TimeOrder } from "../samples/time-order.ts";
import { blockBootstrap } from "../statistics/bootstrap/block-bootstrap.ts";
import { resampledMedian } from "../statistics/bootstrap/resampled-median.ts";
import type { Interval } from "../statistics/interval.ts";
import { holm } from "../statistics/tests/holm.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { type Finding, rounded } from "./finding.ts";

const LEVEL = 0.05;
const NEGLIGIBLE_WIDENING = 1.1;
const CHANGES_LISTED = 3;

/** `null` where there are no values. */
export type Ordered = readonly (readonly [measurement: Measurement, order: TimeOrder | null])[];

export function dependentTrials(ordered: Ordered): Finding[] {
  const adjusted = holm(ordered.map(([, order]) => order?.ljung_box_p ?? null));
  return ordered.flatMap(([{ experiment, condition, metric, unit, values }, order], index) => {
    const p = adjusted[index] ?? null;
    const effective = order?.effective_n ?? null;
    if (order === null || p === null || effective === null || p > LEVEL) return [];
    if (Math.sqrt(values.length / effective) <= NEGLIGIBLE_WIDENING) return [];
    const inBlocks = medianInBlocks(values);
    const wider =
      inBlocks === null
        ? ""
        : `; 95 % CI of the median by block bootstrap ${rounded(inBlocks[0])} to ${rounded(inBlocks[1])} ${unit}, still too narrow`;
    return [
      {
        detector: "dependent-trials",
        severity: "caution",
        ...{ experiment, condition, metric },
        summary: `${experiment} ${condition} ${metric}: trials depend on those before them, so the intervals are too narrow`,
        evidence: `Ljung-Box p = ${order.ljung_box_p?.toPrecision(2)}, correlation of neighbours ${order.lag1_autocorrelation?.toFixed(2)}; worth about ${effective.toFixed(0)} independent trials of ${values.length}${wider}`,
        remedy: "find out what changes slowly on the machine, or measure several sessions (--append)",
        rows: [],
        numbers: {
          ljung_box_p: order.ljung_box_p,
          ljung_box_p_holm: p,
          lag1_autocorrelation: order.lag1_autocorrelation,
          effective_n: effective,
          n: values.length,
          ...(inBlocks === null ? {} : { median_block_lo: inBlocks[0], median_block_hi: inBlocks[1] }),
        },
      },
    ];
  });
}

/** Of more trials it takes too long. */
const MOST_TRIALS_IN_BLOCKS = 2_000;
const BLOCK_REPLICATES = 2_000;
const SEED = 1;

/** What the interval of the median is when neighbours are resampled together. */
const medianInBlocks = (values: readonly number[]): Interval | null =>
  values.length > MOST_TRIALS_IN_BLOCKS
    ? null
    : (blockBootstrap(values.length, resampledMedian(values), { seed: SEED, replicates: BLOCK_REPLICATES })?.interval ?? null);

/** One for each condition and metric, however often its level changes. */
export function levelShifts(ordered: Ordered): Finding[] {
  const tests = ordered.filter(([, order]) => order !== null).length;
  return ordered.flatMap(([{ experiment, condition, metric, unit, values, rows }, order]) => {
    const changes = order?.changepoints.filter(({ p }) => p <= LEVEL / tests) ?? [];
    const [first] = changes;
    if (first === undefined) return [];
    const shown = changes.slice(0, CHANGES_LISTED);
    const more = changes.length > shown.length ? `, and ${changes.length - shown.length} more` : "";
    return [
      {
        detector: "level-shift",
        severity: "caution",
        ...{ experiment, condition, metric },
        summary: `${experiment} ${condition} ${metric}: the level changes at trial ${shown.map(({ position }) => position + 1).join(", ")}${more} of ${values.length}`,
        evidence: shown
          .map(
            ({ medianBefore, medianAfter, p }) =>
              `median ${rounded(medianBefore)} ${unit} before, ${rounded(medianAfter)} ${unit} after, p = ${p.toPrecision(2)}`,
          )
          .join("; "),
        remedy:
          "check the trials around it (warm-up, a job that started, throttling); nothing was dropped; measure again on an idle machine",
        rows: shown.map(({ position }) => rows[position] as number),
        numbers: { changes: changes.length, median_before: first.medianBefore, median_after: first.medianAfter, p: first.p },
      },
    ];
  });
}
