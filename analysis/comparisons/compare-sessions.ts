/** Two platforms by their sessions, each represented by its median: what tells a difference from the hour of the day. */
import * as z from "zod";
import { EQUIVALENCE_BAND } from "../samples/compare-samples.ts";
import { FEWEST_SESSIONS } from "../samples/sessions.ts";
import { interval } from "../statistics/interval.ts";
import { mean } from "../statistics/one-sample/mean.ts";
import { median } from "../statistics/one-sample/median.ts";
import {
  estimateInterval,
  factorInterval,
  factorOf,
  type LogEstimate,
  pOfNone,
  type SessionEstimate,
} from "../statistics/sessions/log-estimate.ts";
import {
  pairedDifferences,
  pairedSessions,
  sessionLevel,
  unpairedDifferences,
  unpairedSessions,
} from "../statistics/sessions/session-level.ts";
import { type SortedSamples, sortedSamples } from "../statistics/sorted-samples.ts";
import { mannWhitneyU } from "../statistics/tests/mann-whitney-u.ts";
import { wilcoxonSignedRank } from "../statistics/tests/wilcoxon-signed-rank.ts";
import { type MatchedSessions, valuesOf } from "./match-sessions.ts";

const ratio = z.number().nullable();

/** a relative to b; intervals 95 %. */
export const sessionComparison = z
  .object({
    k_a: z.int(),
    k_b: z.int(),
    paired: z.boolean().describe("measured in turns: by rounds, otherwise as two groups"),
    ratio: ratio.describe("of the geometric means of the sessions' medians"),
    ratio_ci: interval.nullable(),
    ratio_ci_simultaneous: interval.nullable().describe("adjusted by Holm for the conditions and pairs of the family"),
    log_standard_error: z.number().nullable().describe("of the ratio's logarithm"),
    difference: z
      .number()
      .nullable()
      .describe(
        "of the means of the sessions' medians, in the metric's unit, where a value is not positive, so that there is no ratio",
      ),
    difference_ci: interval.nullable(),
    difference_ci_simultaneous: interval.nullable().describe("adjusted by Holm like that of a ratio"),
    difference_standard_error: z.number().nullable(),
    df: z.number().nullable(),
    p: z.number().nullable(),
    p_holm: z.number().nullable(),
    rank_p: z.number().nullable().describe("exact: signed ranks from six rounds on, Mann-Whitney from four sessions a side"),
    mean_ratio: ratio.describe("of the geometric means of the sessions' means, which the tail moves"),
    mean_ratio_ci: interval.nullable(),
    medians_equivalent: z
      .boolean()
      .nullable()
      .describe("whether the 90 % interval of the ratio of medians lies within the band of 5 %"),
    equivalent: z.boolean().nullable().describe("whether the 90 % intervals of both ratios lie within the band of 5 %"),
    sd_factor_a: z
      .number()
      .nullable()
      .describe("how much a's sessions differ, as a factor (1.05 is 5 %); null for a single session"),
    sd_factor_b: z.number().nullable(),
  })
  .describe("what decides; all but the numbers of sessions are null where there are fewer than three a side");
export type SessionComparison = Readonly<z.infer<typeof sessionComparison>>;

/** Two one-sided tests at 5 %. */
const EQUIVALENCE_CONFIDENCE = 0.9;
const FEWEST_FOR_SIGNED_RANKS = 6;
const FEWEST_FOR_MANN_WHITNEY = 4;

/**
 * Not yet adjusted for its family: see `adjustFamily`. By ratios; where a trial of either is not positive (a difference, a
 * counter) by differences.
 */
export function compareSessions(a: readonly number[], b: readonly number[], matched: MatchedSessions): SessionComparison {
  const { paired } = matched;
  const [inA, inB] = [valuesOf(a, matched.a), valuesOf(b, matched.b)];
  const by = (statistic: (samples: SortedSamples) => number) =>
    [inA, inB].map((sessions) => sessions.map((values) => statistic(sortedSamples(values)))) as [number[], number[]];
  const medians = by(median);
  const [k_a, k_b] = [inA.length, inB.length];
  const enough = Math.min(k_a, k_b) >= FEWEST_SESSIONS;
  const positive = [...inA, ...inB].every((session) => session.every((value) => value > 0));
  const ofMedians = enough && positive ? estimate(medians, paired) : null;
  const ofMeans = enough && positive ? estimate(by(mean), paired) : null;
  const difference = enough && !positive ? estimateDifference(medians, paired) : null;
  const [sd_factor_a, sd_factor_b] = medians.map(spread) as [number | null, number | null];
  const estimated = ofMedians ?? difference;
  return {
    ...{ k_a, k_b, paired },
    ratio: ofMedians && factorOf(ofMedians),
    ratio_ci: ofMedians && factorInterval(ofMedians),
    ratio_ci_simultaneous: null,
    log_standard_error: ofMedians?.standardError ?? null,
    difference: difference?.value ?? null,
    difference_ci: difference && estimateInterval(difference),
    difference_ci_simultaneous: null,
    difference_standard_error: difference?.standardError ?? null,
    df: estimated?.df ?? null,
    p: estimated && pOfNone(estimated),
    p_holm: null,
    rank_p: rankP(medians, paired, positive),
    mean_ratio: ofMeans && factorOf(ofMeans),
    mean_ratio_ci: ofMeans && factorInterval(ofMeans),
    medians_equivalent: ofMedians && withinBand(ofMedians),
    equivalent: ofMedians && ofMeans && withinBand(ofMedians) && withinBand(ofMeans),
    ...{ sd_factor_a, sd_factor_b },
  };
}

/** What the ratio, its intervals and tests are made from. */
export const logEstimateOf = ({ ratio, log_standard_error, df }: SessionComparison): LogEstimate | null =>
  ratio === null || log_standard_error === null || df === null
    ? null
    : { value: Math.log(ratio), standardError: log_standard_error, df };

/** The same of the ratio or, where there is none, of the difference. */
export function estimateOf(sessions: SessionComparison): SessionEstimate | null {
  const { difference, difference_standard_error: standardError, df } = sessions;
  if (difference === null || standardError === null || df === null) return logEstimateOf(sessions);
  return { value: difference, standardError, df };
}

const rounds = ([a, b]: readonly [readonly number[], readonly number[]]) =>
  a.map((value, round) => [value, b[round] as number] as const);

const estimate = (sides: readonly [readonly number[], readonly number[]], paired: boolean): LogEstimate | null =>
  paired ? pairedSessions(rounds(sides)) : unpairedSessions(...sides);

const estimateDifference = (sides: readonly [readonly number[], readonly number[]], paired: boolean): SessionEstimate | null =>
  known(paired ? pairedDifferences(rounds(sides)) : unpairedDifferences(...sides));

/** Sessions that agree to the last place, as coarse counters do, say nothing of how much sessions differ; all alike, they are the same. */
const known = (estimate: SessionEstimate | null): SessionEstimate | null =>
  estimate === null || (estimate.standardError === 0 && estimate.value !== 0) ? null : estimate;

/** Of ratios within a round, so on logarithms; of differences where a value is not positive. */
function rankP(sides: readonly [readonly number[], readonly number[]], paired: boolean, positive: boolean): number | null {
  const [a, b] = sides;
  if (!paired)
    return Math.min(a.length, b.length) < FEWEST_FOR_MANN_WHITNEY ? null : mannWhitneyU(sortedSamples(a), sortedSamples(b)).p;
  if (a.length < FEWEST_FOR_SIGNED_RANKS) return null;
  return wilcoxonSignedRank(rounds(sides).map(([x, y]) => (positive ? [Math.log(x), Math.log(y)] : [x, y]))).p;
}

function withinBand(estimate: LogEstimate): boolean {
  const [low, high] = factorInterval(estimate, EQUIVALENCE_CONFIDENCE);
  return EQUIVALENCE_BAND[0] < low && high < EQUIVALENCE_BAND[1];
}

function spread(medians: readonly number[]): number | null {
  const level = sessionLevel(medians);
  return level && Math.exp(level.standardError * Math.sqrt(medians.length));
}
