/**
 * The difference of two conditions' mean totals, split by phase or by cause: which part of a start makes it slower. Means,
 * because they add up as the phases of every start do. The replicate is the session, by rounds where sessions were measured in
 * turns; with fewer than three a side it is the trial, which says where the difference of these trials lies and no more.
 */
import * as z from "zod";
import { PHASE_NAMES, TIERS } from "../../research/phases.ts";
import { toMilliseconds } from "../../research/units.ts";
import { CAUSE_NAMES, type Cause } from "../../research/why/causes.ts";
import { FEWEST_SESSIONS } from "../samples/sessions.ts";
import { differenceOfMeansInterval } from "../statistics/effects/difference-of-means.ts";
import type { Pair } from "../statistics/effects/paired-differences.ts";
import { type RatioOfMeans, ratioOfMeanDifferences, ratioOfMeans } from "../statistics/effects/ratio-of-means.ts";
import { type Interval, interval } from "../statistics/interval.ts";
import { mean } from "../statistics/one-sample/mean.ts";
import { meanInterval } from "../statistics/one-sample/mean-interval.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { type CauseTimes, ofEachStart } from "../subjects/causes/cause-times.ts";
import { type Start, totalOf } from "../subjects/starts.ts";
import { groupPhases } from "./difference-by-phase.ts";
import { type MatchedSessions, valuesOf } from "./match-sessions.ts";

const partDifference = z.object({
  difference_ms: z.number().describe("mean of a less mean of b"),
  difference_ci: interval.nullable().describe("Student's t within rounds, otherwise Welch's"),
  share_pct: z.number().nullable().describe("of the total's difference; null where its interval is wider than ±25 points"),
  share_ci: interval.nullable().describe("Fieller's, of part and total together"),
});
type PartDifference = Readonly<z.infer<typeof partDifference>>;

const phaseDifference = z.object({
  phases: z.array(z.enum(PHASE_NAMES)).readonly().describe("one, or those that cannot be separated on both sides"),
  tier: z.enum(TIERS).nullable(),
  ...partDifference.shape,
});
export type PhaseDifference = Readonly<z.infer<typeof phaseDifference>>;

const causeDifference = z.object({ cause: z.enum(CAUSE_NAMES), ...partDifference.shape });

const totalDifference = z.object({
  replicate: z.enum(["session", "trial"]).describe("what was averaged first: trials where there are too few sessions"),
  total_ms: z.number().describe("mean of a's totals less mean of b's"),
  total_ci: interval.nullable(),
});
type TotalDifference = Readonly<z.infer<typeof totalDifference>>;

export const explainedDifference = totalDifference.extend({
  phases: z.array(phaseDifference).readonly().describe("their differences add up to the total's"),
});
export type ExplainedDifference = Readonly<z.infer<typeof explainedDifference>>;

export const explainedByCause = totalDifference.extend({
  causes: z
    .array(causeDifference)
    .readonly()
    .describe("their differences add up to the total's; those that neither side has are left out"),
});
export type ExplainedByCause = Readonly<z.infer<typeof explainedByCause>>;

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
  const totals = (starts: readonly Start[]): number[] => starts.map((start) => toMilliseconds(totalOf(start)));
  const { total, partOf } = differences(totals(a), totals(b), matched);
  return {
    ...total,
    phases: groupPhases(a, b).map(({ phases, tier, a_ms, b_ms }): PhaseDifference => ({ phases, tier, ...partOf(a_ms, b_ms) })),
  };
}

/** What starts of one side took, and how much of it for each cause. */
export interface CausesOfStarts {
  readonly totals_ms: readonly number[];
  readonly causes: readonly CauseTimes[];
}

/**
 * `null` when either side was not split by cause.
 * @param matched places of the totals
 */
export function explainByCause(a: CausesOfStarts, b: CausesOfStarts, matched: MatchedSessions): ExplainedByCause | null {
  if (a.causes.length === 0 || b.causes.length === 0) return null;
  const { total, partOf } = differences(a.totals_ms, b.totals_ms, matched);
  const times = ({ causes, totals_ms }: CausesOfStarts, of: Cause): number[] =>
    ofEachStart(
      causes.filter(({ cause }) => cause === of),
      totals_ms.length,
    );
  const seen = CAUSE_NAMES.filter((name) => [...a.causes, ...b.causes].some(({ cause }) => cause === name));
  return { ...total, causes: seen.map((cause) => ({ cause, ...partOf(times(a, cause), times(b, cause)) })) };
}

/** Of totals, and of parts of the same starts. */
function differences(a_ms: readonly number[], b_ms: readonly number[], matched: MatchedSessions) {
  const bySession = Math.min(matched.a.length, matched.b.length) >= FEWEST_SESSIONS;
  const paired = bySession && matched.paired;
  const replicates = (values: readonly number[], places: MatchedSessions["a"]): number[] =>
    bySession ? valuesOf(values, places).map((session) => mean(sortedSamples(session))) : [...values];
  const sides = (ofA: readonly number[], ofB: readonly number[]): Sides => [
    replicates(ofA, matched.a),
    replicates(ofB, matched.b),
  ];
  const totals = sides(a_ms, b_ms);
  const { ms, ci } = difference(totals, paired);
  const total: TotalDifference = { replicate: bySession ? "session" : "trial", total_ms: ms, total_ci: ci };
  const partOf = (ofA: readonly number[], ofB: readonly number[]): PartDifference => {
    const part = sides(ofA, ofB);
    const of = difference(part, paired);
    return { difference_ms: of.ms, difference_ci: of.ci, ...shareOf(part, totals, paired) };
  };
  return { total, partOf };
}

/** A number for each replicate of a and of b. */
type Sides = readonly [a: readonly number[], b: readonly number[]];

function difference([a, b]: Sides, paired: boolean): { readonly ms: number; readonly ci: Interval | null } {
  const [sortedA, sortedB] = [sortedSamples(a), sortedSamples(b)];
  const ms = mean(sortedA) - mean(sortedB);
  return { ms, ci: paired ? meanInterval(sortedSamples(withinRounds([a, b]))) : differenceOfMeansInterval(sortedA, sortedB) };
}

const withinRounds = ([a, b]: Sides): number[] => a.map((value, round) => value - (b[round] as number));

function shareOf(part: Sides, total: Sides, paired: boolean): Pick<PartDifference, "share_pct" | "share_ci"> {
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
