/**
 * The difference of two conditions' mean totals, split by phase: which part of a start makes it slower. Means, because they
 * add up as the phases of every start do. The replicate is the session, by rounds where sessions were measured in turns; with
 * fewer than three a side it is the trial, which says where the difference of these trials lies and no more.
 */
import { z } from "zod";
import { PHASE_NAMES, TIERS } from "../../research/phases.ts";
import { toMilliseconds } from "../../research/units.ts";
import { FEWEST_SESSIONS } from "../samples/sessions.ts";
import { differenceOfMeansInterval } from "../statistics/effects/difference-of-means.ts";
import type { Pair } from "../statistics/effects/paired-differences.ts";
import { type RatioOfMeans, ratioOfMeanDifferences, ratioOfMeans } from "../statistics/effects/ratio-of-means.ts";
import { type Interval, interval } from "../statistics/interval.ts";
import { mean } from "../statistics/one-sample/mean.ts";
import { meanInterval } from "../statistics/one-sample/mean-interval.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { type Start, totalOf } from "../subjects/starts.ts";
import { groupPhases } from "./difference-by-phase.ts";
import { type MatchedSessions, valuesOf } from "./match-sessions.ts";

export const phaseDifference = z.object({
  phases: z.array(z.enum(PHASE_NAMES)).readonly().describe("one, or those that cannot be separated on both sides"),
  tier: z.enum(TIERS).nullable(),
  difference_ms: z.number().describe("mean of a less mean of b"),
  difference_ci: interval.nullable().describe("Student's t within rounds, otherwise Welch's"),
  share_pct: z.number().nullable().describe("of the total's difference; null where its interval is wider than ±25 points"),
  share_ci: interval.nullable().describe("Fieller's, of part and total together"),
});
export type PhaseDifference = Readonly<z.infer<typeof phaseDifference>>;

export const explainedDifference = z.object({
  replicate: z.enum(["session", "trial"]).describe("what was averaged first: trials where there are too few sessions"),
  total_ms: z.number().describe("mean of a's totals less mean of b's"),
  total_ci: interval.nullable(),
  phases: z.array(phaseDifference).readonly().describe("their differences add up to the total's"),
});
export type ExplainedDifference = Readonly<z.infer<typeof explainedDifference>>;

/** Half an interval of a share in points; a wider one says nothing. */
const WIDEST_SHARE = 25;

/**
 * `null` when either side has no start that is split into phases.
 * @param matched places of the starts
 */
export function explainDifference(
  a: readonly Start[],
  b: readonly Start[],
  matched: MatchedSessions,
): ExplainedDifference | null {
  if (a.length === 0 || b.length === 0) return null;
  const bySession = Math.min(matched.a.length, matched.b.length) >= FEWEST_SESSIONS;
  const paired = bySession && matched.paired;
  const replicates = (values: readonly number[], places: MatchedSessions["a"]): number[] =>
    bySession ? valuesOf(values, places).map((session) => mean(sortedSamples(session))) : [...values];
  const sides = (a_ms: readonly number[], b_ms: readonly number[]): Sides => [
    replicates(a_ms, matched.a),
    replicates(b_ms, matched.b),
  ];
  const totals = (starts: readonly Start[]): number[] => starts.map((start) => toMilliseconds(totalOf(start)));
  const total = sides(totals(a), totals(b));
  const ofTotal = difference(total, paired);
  return {
    replicate: bySession ? "session" : "trial",
    total_ms: ofTotal.ms,
    total_ci: ofTotal.ci,
    phases: groupPhases(a, b).map(({ phases, tier, a_ms, b_ms }): PhaseDifference => {
      const part = sides(a_ms, b_ms);
      const { ms, ci } = difference(part, paired);
      return { phases, tier, difference_ms: ms, difference_ci: ci, ...shareOf(part, total, paired) };
    }),
  };
}

/** A number for each replicate of a and of b. */
type Sides = readonly [a: readonly number[], b: readonly number[]];

function difference([a, b]: Sides, paired: boolean): { readonly ms: number; readonly ci: Interval | null } {
  const [sortedA, sortedB] = [sortedSamples(a), sortedSamples(b)];
  const ms = mean(sortedA) - mean(sortedB);
  return { ms, ci: paired ? meanInterval(sortedSamples(withinRounds([a, b]))) : differenceOfMeansInterval(sortedA, sortedB) };
}

const withinRounds = ([a, b]: Sides): number[] => a.map((value, round) => value - (b[round] as number));

function shareOf(part: Sides, total: Sides, paired: boolean): Pick<PhaseDifference, "share_pct" | "share_ci"> {
  const pairs = (side: 0 | 1): Pair[] => part[side].map((value, index) => [value, total[side][index] as number]);
  const wholes = withinRounds(total);
  const result: RatioOfMeans | null = paired
    ? ratioOfMeans(withinRounds(part).map((value, round) => [value, wholes[round] as number]))
    : ratioOfMeanDifferences(pairs(0), pairs(1));
  const ends = result?.interval ?? null;
  if (result === null || ends === null || 100 * (ends[1] - ends[0]) > 2 * WIDEST_SHARE)
    return { share_pct: null, share_ci: null };
  return { share_pct: 100 * result.ratio, share_ci: [100 * ends[0], 100 * ends[1]] };
}

export const includesZero = ([low, high]: Interval): boolean => low <= 0 && high >= 0;
