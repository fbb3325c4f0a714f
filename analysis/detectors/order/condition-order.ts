/**
 * Conditions that were measured one after the other, or always in the same order, so that what changes with time, or what a
 * trial leaves behind, cannot be distinguished from the effect in question.
 *
 * *One after the other*: the correlation ratio η² of the trials' places on their conditions says how much of the time is explained
 * by the condition alone; a linear drift biases comparisons in that measure. Alternating orders have 0, random ones little, two
 * halves one after the other 0.75, k parts 1 − 1/k². A finding is η² > 0.5: more explained than not. Of random orders of two
 * conditions 3 % have that with five trials each, 0.3 % with eight (simulated); those are confounded, too.
 *
 * *Always in the same order*: in every block the conditions follow each other as in the first, in so many blocks that of two hundred
 * platforms with random orders one has that anywhere, or fewer: (1 / k!)ᵇ⁻¹ ≤ 0.005 / experiments, and in five at least.
 */
import { sum } from "../../statistics/sum.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { conditionsOf, type Finding, listed, rounded } from "../finding.ts";
import { LEVELS } from "../levels.ts";

const MOST_TOLD = 0.5;
const FEWEST_TRIALS = 5;
const FEWEST_BLOCKS = 5;
/** Trials of each condition that are enough to see that random orders differ, which saves an index of all. */
const GLANCE = 100;

export function conditionOrder(measurements: readonly Measurement[]): Finding[] {
  const families = byExperiment(measurements);
  return families.flatMap((family): Finding[] => {
    const [first] = family;
    if (first === undefined || family.length < 2) return [];
    const told = correlationRatio(family.map(({ rows }) => rows));
    const common = { experiment: first.experiment, metric: first.metric, condition: conditionsOf(family), rows: [] };
    if (told !== null && told > MOST_TOLD) {
      return [
        {
          ...common,
          detector: "condition-order",
          severity: "caution",
          summary: `${first.experiment}: conditions were measured one after the other, so drift of the machine looks like a difference between them`,
          evidence: `the condition explains ${rounded(100 * told)} % of the variation of the place in the order (0 % when interleaved): ${listed(family.map(({ condition, rows }) => `${condition} rows ${rows[0]}–${rows.at(-1)}`))}`,
          remedy: "interleave: every block runs each condition once, in random order",
          numbers: { eta_squared: told, conditions: family.length },
        },
      ];
    }
    const same = oneOrder(family);
    if (same === null || same.blocks < FEWEST_BLOCKS) return [];
    if (orders(family.length) ** (1 - same.blocks) > LEVELS.conditionOrder / families.length) return [];
    return [
      {
        ...common,
        detector: "condition-order",
        severity: "caution",
        summary: `${first.experiment}: conditions take turns, but always in the same order, so what one leaves behind always affects the same next one`,
        evidence: `${listed(same.order)}, in this order in all ${same.blocks} blocks`,
        remedy: "draw the order of each block at random",
        numbers: { eta_squared: told, conditions: family.length, blocks: same.blocks },
      },
    ];
  });
}

/** k! */
const orders = (k: number): number => (k < 2 ? 1 : k * orders(k - 1));

/** Of each experiment the metric that was measured first; conditions of too few trials are left out. */
function byExperiment(measurements: readonly Measurement[]): Measurement[][] {
  const metrics = new Map<string, string>();
  const families = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const { experiment, metric, blocks } = measurement;
    if (!metrics.has(experiment)) metrics.set(experiment, metric);
    if (metrics.get(experiment) !== metric || isFewer(blocks, FEWEST_TRIALS)) continue;
    families.set(experiment, [...(families.get(experiment) ?? []), measurement]);
  }
  return [...families.values()];
}

/** A trial of several rows, such as a burst of sixteen starts, is one: its rows are in one block. */
function isFewer(blocks: readonly number[], least: number): boolean {
  const seen = new Set<number>();
  for (const block of blocks) if (seen.add(block).size === least) return false;
  return true;
}

/** Variance between the groups' means over the total variance (Pearson, 1905); `null` without variation. */
function correlationRatio(groups: readonly (readonly number[])[]): number | null {
  const n = sum(groups.map((group) => group.length));
  const mean = sum(groups.map(sum)) / n;
  const all = sum(groups.map((group) => sum(group.map((row) => (row - mean) ** 2))));
  const between = sum(groups.map((group) => group.length * (sum(group) / group.length - mean) ** 2));
  return all === 0 ? null : between / all;
}

interface OneOrder {
  readonly blocks: number;
  /** Of the conditions. */
  readonly order: readonly string[];
}

/** The order in which the conditions follow each other in every block that has all; `null` when it differs. */
function oneOrder(family: readonly Measurement[]): OneOrder | null {
  if (family.some(({ rows }) => rows.length > 2 * GLANCE) && orderOf(family, GLANCE) === null) return null;
  return orderOf(family, Number.POSITIVE_INFINITY);
}

/** @param most trials of each condition, the first ones */
function orderOf(family: readonly Measurement[], most: number): OneOrder | null {
  const some = family.map(({ rows, blocks }) => ({ rows: rows.slice(0, most), blocks: blocks.slice(0, most) }));
  const rowOf = some.map(({ rows, blocks }) => new Map(blocks.map((block, index) => [block, rows[index] as number])));
  let [count, order] = [0, [] as number[]];
  for (const block of some[0]?.blocks ?? []) {
    if (rowOf.some((rows) => !rows.has(block))) continue;
    const row = (index: number): number => rowOf[index]?.get(block) as number;
    if (count === 0) order = [...family.keys()].sort((a, b) => row(a) - row(b));
    else if (order.some((index, place) => place > 0 && row(index) < row(order[place - 1] as number))) return null;
    count += 1;
  }
  return { blocks: count, order: order.map((index) => family[index]?.condition as string) };
}
