/**
 * Conditions of one platform against each other, paired within the blocks of a run: what disturbs the machine for a while
 * disturbs both of a pair, and falls out of their difference. Only conditions that differ in one factor, and only where
 * they took turns: numbers of passes that were made one after the other pair nothing.
 */

import { z } from "zod";
import { PHASE_NAMES, TIERS } from "../../research/phases.ts";
import { EXPERIMENTS } from "../../research/protocol.ts";
import { groupPhases } from "../comparisons/difference-by-phase.ts";
import type { Doubts } from "../detectors/findings-of.ts";
import { walshAverage } from "../statistics/effects/walsh-average.ts";
import { interval } from "../statistics/interval.ts";
import { mean } from "../statistics/one-sample/mean.ts";
import { meanInterval } from "../statistics/one-sample/mean-interval.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { holm } from "../statistics/tests/holm.ts";
import { wilcoxonSignedRank } from "../statistics/tests/wilcoxon-signed-rank.ts";
import type { Measurement } from "../subjects/measurement.ts";
import type { Start } from "../subjects/starts.ts";

const pairedPhase = z.object({
  phases: z.array(z.enum(PHASE_NAMES)).readonly().describe("one, or those that cannot be separated on both sides"),
  tier: z.enum(TIERS).nullable(),
  difference_ms: z.number().describe("mean of a less b within pairs"),
  difference_ci: interval.nullable().describe("95 %, Student's t"),
});

export const pairedComparison = z.object({
  experiment: z.enum(EXPERIMENTS),
  metric: z.string(),
  unit: z.string(),
  better: z.enum(["lower", "higher"]).nullable(),
  a: z.string().describe("condition"),
  b: z.string().describe("condition"),
  pairs: z.int().describe("blocks in which both were measured"),
  ratio: z.number().nullable().describe("pseudomedian of the ratios within pairs; null when a value is not positive"),
  ratio_ci: interval.nullable(),
  shift: z.number().describe("pseudomedian of the differences within pairs, in the metric's unit"),
  shift_ci: interval.nullable(),
  wilcoxon_w: z.number(),
  p: z.number(),
  phases: z
    .array(pairedPhase)
    .readonly()
    .nullable()
    .describe("of variants' totals: mean differences within pairs by phase, which add up to the mean difference; else null"),
  family: z.string(),
  p_holm: z
    .number()
    .nullable()
    .describe("adjusted within the family: all pairs of conditions of one experiment and metric without a defect; null with one"),
  defects: z.array(z.string()).readonly().describe("of either condition's number; nothing is concluded from the pair then"),
  cautions: z.array(z.string()).readonly().describe("of either condition's number"),
});
/** a relative to b; intervals are 95 %. */
export type PairedComparison = Readonly<z.infer<typeof pairedComparison>>;

type Unadjusted = Omit<PairedComparison, "p_holm" | "defects" | "cautions">;

/** Fewer pairs have no interval. */
const FEWEST_PAIRS = 6;
/** Of more, the pairs take longer than they are worth. */
const MOST_PAIRS = 20_000;

/** One for each value of total_ms, in the same order. */
type StartsOf = (condition: Measurement) => readonly Start[];

/**
 * @param doubtsOf of a number, from whatever was found in the platform
 * @param first variant with which the others are compared, and they with no other
 */
export function pairedConditions(
  measurements: readonly Measurement[],
  doubtsOf: (measurement: Measurement) => Pick<Doubts, "defects" | "cautions">,
  first?: string,
  startsOf: StartsOf = () => [],
): PairedComparison[] {
  const families = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const family = `${measurement.experiment} ${measurement.metric}`;
    families.set(family, [...(families.get(family) ?? []), measurement]);
  }
  return [...families].flatMap(([family, members]) => {
    const compared = members.flatMap((b, index) =>
      members.slice(index + 1).flatMap((a) => {
        const both = [a, b].map(doubtsOf);
        const defects = [...new Set(both.flatMap((each) => each.defects))];
        const cautions = [...new Set(both.flatMap((each) => each.cautions))];
        return comparePair(a, b, family, first, startsOf).map((comparison) => ({ ...comparison, defects, cautions }));
      }),
    );
    const adjusted = holm(compared.map(({ p, defects }) => (defects.length > 0 ? null : p)));
    return compared.map((comparison, index) => ({ ...comparison, p_holm: adjusted[index] ?? null }));
  });
}

function comparePair(
  a: Measurement,
  b: Measurement,
  family: string,
  first: string | undefined,
  startsOf: StartsOf,
): Unadjusted[] {
  const ofVariants = a.factors.variant !== b.factors.variant;
  if (ofVariants && b.factors.variant !== first) return [];
  if (differingFactors(a, b) !== 1 || Math.min(a.values.length, b.values.length) > MOST_PAIRS) return [];
  const places = pairsOf(a, b);
  if (places === null || places.length < FEWEST_PAIRS) return [];
  const pairs = places.map(([inA, inB]): [number, number] => [a.values[inA] as number, b.values[inB] as number]);
  const shift = walshAverage(pairs);
  const positive = pairs.every(([x, y]) => x > 0 && y > 0);
  const ratio = positive ? walshAverage(pairs.map(([x, y]) => [Math.log(x), Math.log(y)])) : null;
  const { w, p } = wilcoxonSignedRank(pairs);
  const { experiment, metric, unit, better } = a;
  return [
    {
      ...{ experiment, metric, unit, better, a: a.condition, b: b.condition, pairs: pairs.length },
      ratio: ratio && Math.exp(ratio.pseudomedian),
      ratio_ci: ratio?.interval ? [Math.exp(ratio.interval[0]), Math.exp(ratio.interval[1])] : null,
      ...{ shift: shift.pseudomedian, shift_ci: shift.interval, wilcoxon_w: w, p, family },
      phases: ofVariants && metric === "total_ms" ? byPhase(startsOf(a), startsOf(b), places) : null,
    },
  ];
}

const differingFactors = (a: Measurement, b: Measurement): number =>
  Object.keys({ ...a.factors, ...b.factors }).filter((factor) => a.factors[factor] !== b.factors[factor]).length;

/** Means, because they add up as the phases of every start do. */
function byPhase(a: readonly Start[], b: readonly Start[], places: readonly Place[]): PairedComparison["phases"] {
  const [ofA, ofB] = [places.flatMap(([inA]) => a[inA] ?? []), places.flatMap(([, inB]) => b[inB] ?? [])];
  if (ofA.length < places.length || ofB.length < places.length) return null;
  return groupPhases(ofA, ofB).map(({ phases, tier, a_ms, b_ms }) => {
    const differences = sortedSamples(a_ms.map((time, pair) => time - (b_ms[pair] as number)));
    return { phases: [...phases], tier, difference_ms: mean(differences), difference_ci: meanInterval(differences) };
  });
}

/** Of a pair's values, in a and in b. */
type Place = readonly [number, number];

/** The places of the values of the blocks that both have, in order; `null` where the conditions did not take turns. */
function pairsOf(a: Measurement, b: Measurement): Place[] | null {
  const placeInB = new Map(b.blocks.map((block, place) => [block, place]));
  if (placeInB.size < b.blocks.length || new Set(a.blocks).size < a.blocks.length) return null; // twice in one block
  const shared = a.blocks.flatMap((block, inA) => {
    const inB = placeInB.get(block);
    return inB === undefined ? [] : [{ inA, inB }];
  });
  let last = 0;
  for (const { inA, inB } of shared) {
    const [rowA, rowB] = [a.rows[inA] as number, b.rows[inB] as number];
    if (Math.min(rowA, rowB) < last) return null;
    last = Math.max(rowA, rowB);
  }
  return shared.map(({ inA, inB }) => [inA, inB]);
}
