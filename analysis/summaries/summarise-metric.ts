/** One sample → its statistics; and the parts of a start, whose times add up to its total. */
import type { Tier } from "../../research/phases.ts";
import type { Cause } from "../../research/why/causes.ts";
import { type Doubts, orderOf } from "../detectors/findings-of.ts";
import { describe, describeSamples } from "../samples/describe.ts";
import { precision } from "../samples/precision.ts";
import { describeSessions, FEWEST_SESSIONS } from "../samples/sessions.ts";
import { type ShareInterval, shareIntervals, sharePct } from "../samples/share.ts";
import { insideFences, tukeyFences } from "../statistics/one-sample/tukey-fences.ts";
import { unsortedMedian } from "../statistics/one-sample/unsorted-median.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { sum } from "../statistics/sum.ts";
import { type Measurement, sessionOf } from "../subjects/measurement.ts";
import { partName, type Start } from "../subjects/starts.ts";
import { describeMeasurement } from "./described.ts";
import { type PhaseTimes, phaseKinds, phaseShare, phaseTimes } from "./phase-shares.ts";
import type { MetricSummary } from "./summary.ts";

export interface SummariseOptions {
  /** Also describe each sample without what lies beyond Tukey's inner fences. */
  readonly withoutOutliers?: boolean;
}

type Part = NonNullable<MetricSummary["part"]>;

/** What is not measured has no statistics, and is not 0. */
const NOTHING: Omit<MetricSummary, "unit" | "better" | "trials"> = {
  ...{ n: 0, mean: null, sd: null, mad: null, median: null, q25: null, q75: null, min: null, max: null, mean_ci: null },
  ...{ median_ci: null, median_ci_coverage: null, p99: null, p99_ci: null },
  ...{ outliers: null, without_outliers: null, precision: null, time_order: null, sessions: null, part: null },
  ...{ intervals: "independent", defects: [], cautions: [] },
};

interface Told extends Doubts {
  /** Whether its blocks tell sessions apart. */
  readonly sessions: boolean;
  /** Whether to look into its order of collection. */
  readonly ordered: boolean;
}

export function summariseMetric(
  measurement: Measurement,
  { withoutOutliers = false, sessions, ordered, defects, cautions, dependent }: SummariseOptions & Told,
): MetricSummary {
  const { unit, better, values, blocks, trials } = measurement;
  const named = { unit, better, trials: trials ?? null };
  if (values.length === 0) return { ...named, ...NOTHING, defects, cautions };
  const samples = sortedSamples(values);
  const { counts, inner } = tukeyFences(values, samples);
  const told = precision(samples, values, sessions ? blocks.map(sessionOf) : null);
  return {
    ...named,
    ...describeMeasurement(measurement, { sessions, dependent }, samples),
    ...{ defects, cautions },
    outliers: counts,
    without_outliers: withoutOutliers ? describe(insideFences(values, inner)) : null,
    // The width within a session is that of independent trials; over sessions it does not matter what a session is like inside.
    precision: dependent ? { ...told, half_width_pct: null } : told,
    time_order: ordered ? orderOf(measurement) : null,
    part: null,
  };
}

type Total = Measurement & {
  /** Of each trial; `null` where they are not told apart. */
  readonly sessions: readonly number[] | null;
};

/** Its share is of the trials in which it could be separated. */
export function tierPart(tier: Tier, { values, rows }: Measurement, total: Total, ofTotals: ShareInterval): Part {
  const seen = new Set(rows);
  const isSeen = (_: number, index: number): boolean => seen.has(total.rows[index] as number);
  const all = values.length === total.values.length;
  const totals = all ? total.values : total.values.filter(isSeen);
  return {
    ...{ phase: null, tier, cause: null, encloses: [] },
    share_pct: share(sharePct(sum(values), sum(totals))),
    // Where every trial tells the tier apart, its totals are those of the condition.
    share_ci: (all ? ofTotals : shareIntervals(totals, total.sessions?.filter(isSeen) ?? null))(values),
  };
}

/** Of a total that is split by cause in every trial. */
export const causePart = (cause: Cause, { values }: Measurement, total: Measurement, ofTotals: ShareInterval): Part => ({
  ...{ phase: null, tier: null, cause, encloses: [] },
  share_pct: share(sharePct(sum(values), sum(total.values))),
  share_ci: ofTotals(values),
});

/** Of more starts, a phase has its median and its share alone: sorting a million times each of its phases takes too long. */
const MOST_STARTS_DESCRIBED = 20_000;

/** By the metrics' names: `hook_ms`. @param doubts of a metric of this condition */
export const phaseSummaries = (
  starts: readonly Start[],
  total: Total,
  ofTotals: ShareInterval,
  doubts: (metric: string) => Doubts,
): Record<string, () => MetricSummary> =>
  Object.fromEntries(
    phaseKinds(starts).map((kind) => {
      const name = `${partName(kind)}_ms`;
      return [name, () => phaseSummary(phaseTimes(starts, kind), total, ofTotals, doubts(name))];
    }),
  );

function phaseSummary(phase: PhaseTimes, total: Total, ofTotals: ShareInterval, { defects, cautions }: Doubts): MetricSummary {
  const { share_pct, share_ci } = phaseShare(phase, total.values, ofTotals);
  const n = phase.times_ms.length;
  return {
    ...{ unit: "ms", better: "lower", trials: total.trials ?? null },
    ...NOTHING,
    ...(n > MOST_STARTS_DESCRIBED ? { n, median: unsortedMedian(phase.times_ms) } : describedPhase(phase, total.sessions)),
    part: { ...phase.kind, cause: null, share_pct: share(share_pct), share_ci },
    ...{ defects, cautions },
  };
}

function describedPhase({ times_ms, places }: PhaseTimes, sessions: Total["sessions"]) {
  const samples = sortedSamples(times_ms);
  const ofTimes = sessions === null ? [] : places.map((place) => sessions[place] as number);
  const tells = new Set(ofTimes).size >= FEWEST_SESSIONS;
  return { ...describeSamples(samples), sessions: tells ? describeSessions(times_ms, ofTimes, samples) : null };
}

/** Without any time there is nothing to share. */
const share = (pct: number): number | null => (Number.isFinite(pct) ? pct : null);
