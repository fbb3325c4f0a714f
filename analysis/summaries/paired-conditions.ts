/**
 * Conditions of one platform against each other, paired within the blocks of a run: what disturbs the machine for a while
 * disturbs both of a pair, and falls out of their difference. Only conditions that differ in one factor, and only where
 * they took turns: numbers of passes that were made one after the other pair nothing.
 */

import * as z from "zod";
import { PHASE_NAMES, TIERS } from "../../research/phases.ts";
import { EXPERIMENTS } from "../../research/protocol.ts";
import { groupPhases } from "../comparisons/difference-by-phase.ts";
import type { Doubts } from "../detectors/findings-of.ts";
import { grouped } from "../samples/grouped.ts";
import { lazily, once, onceFor } from "../samples/lazily.ts";
import type { Pair } from "../statistics/effects/paired-differences.ts";
import { type WalshAverage, walshAverage } from "../statistics/effects/walsh-average.ts";
import { type Interval, interval } from "../statistics/interval.ts";
import { holmIntervals } from "../statistics/sessions/holm-intervals.ts";
import { estimateInterval, type SessionEstimate } from "../statistics/sessions/log-estimate.ts";
import { pairedDifferences } from "../statistics/sessions/session-level.ts";
import { holm } from "../statistics/tests/holm.ts";
import { holmConfidences } from "../statistics/tests/holm-confidences.ts";
import { type WilcoxonSignedRank, wilcoxonSignedRank } from "../statistics/tests/wilcoxon-signed-rank.ts";
import type { Measurement } from "../subjects/measurement.ts";
import type { Start } from "../subjects/starts.ts";

const pairedPhase = z.object({
  phases: z.array(z.enum(PHASE_NAMES)).readonly().describe("one, or those that cannot be separated on both sides"),
  tier: z.enum(TIERS).nullable(),
  difference_ms: z.number().describe("mean of a less b within pairs"),
  difference_ci: interval.nullable().describe("95 %, Student's t"),
  difference_ci_simultaneous: interval
    .nullable()
    .describe("95 % for all phases of all pairs of the family together, by Holm's steps; null beside a defect"),
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
  ratio_ci_simultaneous: interval.nullable().describe("95 % for all pairs of the family together, by Holm's steps"),
  shift: z.number().describe("pseudomedian of the differences within pairs, in the metric's unit"),
  shift_ci: interval.nullable(),
  shift_ci_simultaneous: interval
    .nullable()
    .describe("95 % for all pairs of the family together, by Holm's steps; null beside a defect, and for too few pairs"),
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
    .describe(
      "adjusted within the family: all pairs of conditions of one experiment and metric without a defect, those of variants with the first apart; null with one",
    ),
  defects: z.array(z.string()).readonly().describe("of either condition's number; nothing is concluded from the pair then"),
  cautions: z.array(z.string()).readonly().describe("of either condition's number"),
});
/** a relative to b; intervals are 95 %. */
export type PairedComparison = Readonly<z.infer<typeof pairedComparison>>;

type Phase = NonNullable<PairedComparison["phases"]>[number];

/** Without what depends on the others of its family. */
interface Unadjusted {
  readonly pairs: readonly Pair[];
  readonly shift: WalshAverage;
  /** Of the logarithms; `null` where a value is not positive, and the same below. */
  readonly ratio: WalshAverage | null;
  readonly logarithms: readonly Pair[] | null;
  readonly test: WilcoxonSignedRank;
  readonly phases: readonly (Omit<Phase, "difference_ci_simultaneous"> & { readonly estimate: SessionEstimate | null })[] | null;
  readonly doubts: Pick<PairedComparison, "defects" | "cautions">;
}

type Adjusted = Pick<PairedComparison, "p_holm" | "ratio_ci_simultaneous" | "shift_ci_simultaneous" | "phases">;

/** Two conditions that can be paired. Its numbers are made when they are asked for. */
interface Pairing {
  readonly known: Pick<PairedComparison, "experiment" | "metric" | "unit" | "better" | "a" | "b" | "pairs">;
  readonly family: string;
  readonly unadjusted: () => Unadjusted;
}

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
  const pairings = [...grouped(measurements, ({ experiment, metric }) => `${experiment} ${metric}`).values()].flatMap((members) =>
    members.flatMap((b, index) => members.slice(index + 1).flatMap((a) => pairing(a, b, first, startsOf, doubtsOf) ?? [])),
  );
  const families = grouped(pairings, ({ family }) => family);
  const adjusted = new Map([...families].map(([name, family]) => [name, once(() => adjust(family))]));
  return pairings.map((pairing) => {
    const { known, family, unadjusted } = pairing;
    const ofFamily = (): Adjusted => adjusted.get(family)?.().get(pairing) as Adjusted;
    return lazily<typeof known, Omit<PairedComparison, keyof typeof known>>(known, {
      ratio: () => factorOf(unadjusted().ratio?.pseudomedian ?? null),
      ratio_ci: () => factors(unadjusted().ratio?.interval ?? null),
      shift: () => unadjusted().shift.pseudomedian,
      shift_ci: () => unadjusted().shift.interval,
      wilcoxon_w: () => unadjusted().test.w,
      p: () => unadjusted().test.p,
      family: () => family,
      defects: () => unadjusted().doubts.defects,
      cautions: () => unadjusted().doubts.cautions,
      ratio_ci_simultaneous: () => ofFamily().ratio_ci_simultaneous,
      shift_ci_simultaneous: () => ofFamily().shift_ci_simultaneous,
      p_holm: () => ofFamily().p_holm,
      phases: () => ofFamily().phases,
    });
  });
}

/** What has a defect does not speak, and does not count. */
function adjust(family: readonly Pairing[]): Map<Pairing, Adjusted> {
  const all = family.map(({ unadjusted }) => unadjusted());
  const ps = all.map(({ test, doubts }) => (doubts.defects.length > 0 ? null : test.p));
  const [adjusted, confidences] = [holm(ps), holmConfidences(ps)];
  const ofPhases = holmIntervals(
    all.flatMap(({ phases, doubts }) => (phases ?? []).map(({ estimate }) => (doubts.defects.length > 0 ? null : estimate))),
  );
  let place = 0;
  return new Map(
    all.map(({ pairs, logarithms, phases }, index) => {
      const confidence = confidences[index] ?? null;
      const together = (of: readonly Pair[] | null): Interval | null =>
        confidence === null || of === null ? null : walshAverage(of, confidence).interval;
      const found: Adjusted = {
        ratio_ci_simultaneous: factors(together(logarithms)),
        shift_ci_simultaneous: together(pairs),
        p_holm: adjusted[index] ?? null,
        phases:
          phases?.map(({ estimate: _, ...phase }) => {
            place += 1;
            return { ...phase, difference_ci_simultaneous: ofPhases[place - 1] ?? null };
          }) ?? null,
      };
      return [family[index] as Pairing, found];
    }),
  );
}

const factorOf = (logarithm: number | null): number | null => (logarithm === null ? null : Math.exp(logarithm));
const factors = (ends: Interval | null): Interval | null => ends && [Math.exp(ends[0]), Math.exp(ends[1])];

/** `null` for conditions that differ in more than a factor, or are not paired. */
function pairing(
  a: Measurement,
  b: Measurement,
  first: string | undefined,
  startsOf: StartsOf,
  doubtsOf: (measurement: Measurement) => Pick<Doubts, "defects" | "cautions">,
): Pairing | null {
  const ofVariants = a.factors.variant !== b.factors.variant;
  if (ofVariants && b.factors.variant !== first) return null;
  if (differingFactors(a, b) !== 1 || Math.min(a.values.length, b.values.length) > MOST_PAIRS) return null;
  const places = pairsOf(a, b);
  if (places === null || places.length < FEWEST_PAIRS) return null;
  const { experiment, metric, unit, better } = a;
  return {
    known: { experiment, metric, unit, better, a: a.condition, b: b.condition, pairs: places.length },
    family: `${experiment} ${metric}${ofVariants ? ", variants" : ""}`,
    unadjusted: once(() => {
      const pairs = places.map(([inA, inB]): Pair => [a.values[inA] as number, b.values[inB] as number]);
      const positive = pairs.every(([x, y]) => x > 0 && y > 0);
      const logarithms = positive ? pairs.map(([x, y]): Pair => [Math.log(x), Math.log(y)]) : null;
      const both = [a, b].map(doubtsOf);
      return {
        ...{ pairs, logarithms },
        shift: walshAverage(pairs),
        ratio: logarithms && walshAverage(logarithms),
        test: wilcoxonSignedRank(pairs),
        phases: ofVariants && metric === "total_ms" ? byPhase(startsOf(a), startsOf(b), places) : null,
        doubts: {
          defects: [...new Set(both.flatMap(({ defects }) => defects))],
          cautions: [...new Set(both.flatMap(({ cautions }) => cautions))],
        },
      };
    }),
  };
}

const differingFactors = (a: Measurement, b: Measurement): number =>
  Object.keys({ ...a.factors, ...b.factors }).filter((factor) => a.factors[factor] !== b.factors[factor]).length;

/** Means, because they add up as the phases of every start do. */
function byPhase(a: readonly Start[], b: readonly Start[], places: readonly Place[]): Unadjusted["phases"] {
  const [ofA, ofB] = [places.flatMap(([inA]) => a[inA] ?? []), places.flatMap(([, inB]) => b[inB] ?? [])];
  if (ofA.length < places.length || ofB.length < places.length) return null;
  return groupPhases(ofA, ofB).map(({ phases, tier, a_ms, b_ms }) => {
    const estimate = pairedDifferences(a_ms.map((time, pair): Pair => [time, b_ms[pair] as number]));
    return {
      ...{ phases: [...phases], tier, estimate },
      difference_ms: estimate?.value ?? Number.NaN, // six pairs at least
      difference_ci: estimate && estimateInterval(estimate),
    };
  });
}

/** Of a pair's values, in a and in b. */
type Place = readonly [number, number];

/** Where the value of each block is. Every other condition asks. */
const placesOf = onceFor(
  ({ blocks }: Measurement): ReadonlyMap<number, number> => new Map(blocks.map((block, place) => [block, place])),
);

/** The places of the values of the blocks that both have, in order; `null` where the conditions did not take turns. */
function pairsOf(a: Measurement, b: Measurement): Place[] | null {
  const placeInB = placesOf(b);
  if (placeInB.size < b.blocks.length || placesOf(a).size < a.blocks.length) return null; // twice in one block
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
