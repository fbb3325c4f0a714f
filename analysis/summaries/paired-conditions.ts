/**
 * Conditions of one platform against each other, paired within the blocks of a run: what disturbs the machine for a while
 * disturbs both of a pair, and falls out of their difference. Only conditions that differ in one factor, and only where
 * they took turns: numbers of passes that were made one after the other pair nothing.
 */

import { z } from "zod";
import { EXPERIMENTS } from "../../research/protocol.ts";
import type { Doubts } from "../detectors/findings-of.ts";
import { walshAverage } from "../statistics/effects/walsh-average.ts";
import { interval } from "../statistics/interval.ts";
import { holm } from "../statistics/tests/holm.ts";
import { wilcoxonSignedRank } from "../statistics/tests/wilcoxon-signed-rank.ts";
import type { Measurement } from "../subjects/measurement.ts";

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

/** @param doubtsOf of a number, from whatever was found in the platform */
export function pairedConditions(
  measurements: readonly Measurement[],
  doubtsOf: (measurement: Measurement) => Pick<Doubts, "defects" | "cautions">,
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
        return comparePair(a, b, family).map((comparison) => ({ ...comparison, defects, cautions }));
      }),
    );
    const adjusted = holm(compared.map(({ p, defects }) => (defects.length > 0 ? null : p)));
    return compared.map((comparison, index) => ({ ...comparison, p_holm: adjusted[index] ?? null }));
  });
}

function comparePair(a: Measurement, b: Measurement, family: string): Unadjusted[] {
  if (differingFactors(a, b) !== 1 || Math.min(a.values.length, b.values.length) > MOST_PAIRS) return [];
  const pairs = pairsOf(a, b);
  if (pairs === null || pairs.length < FEWEST_PAIRS) return [];
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
    },
  ];
}

const differingFactors = (a: Measurement, b: Measurement): number =>
  Object.keys({ ...a.factors, ...b.factors }).filter((factor) => a.factors[factor] !== b.factors[factor]).length;

/** The values of the blocks that both have, in order; `null` where the conditions did not take turns. */
function pairsOf(a: Measurement, b: Measurement): (readonly [number, number])[] | null {
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
  return shared.map(({ inA, inB }) => [a.values[inA] as number, b.values[inB] as number]);
}
