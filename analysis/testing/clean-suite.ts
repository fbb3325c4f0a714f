/**
 * A platform of every experiment in which nothing is wrong: conditions in turns, in random order within blocks; realistic numbers of
 * them, of metrics and of trials; normal, lognormal, or normal with 2 % outliers of up to three times as much; written as our
 * tables write. Metrics of one trial share half of their variance, as phases of one start do. Cold and warm are the same.
 */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { EXPERIMENTS } from "../../research/protocol.ts";
import { shuffled } from "../../research/shuffled.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { normalDraws } from "./normal-draws.ts";

const SIZES = [5, 8, 10, 15, 20, 30, 50];
const CONDITIONS = [2, 3, 4, 6, 10];
const METRICS = [1, 2, 3, 4];
/** Decimal places, and a typical value: milliseconds from nanoseconds, microseconds, numbers that are no decimals. */
const WRITTEN = [
  { places: 6, middle: 250 },
  { places: 3, middle: 80 },
  { places: 0, middle: 400 },
  { places: 0, middle: 5 },
  { places: 12, middle: 1800 },
];
const SHAPES = [
  (z: number): number => Math.max(0.2, 1 + 0.1 * z),
  (z: number): number => Math.exp(0.4 * z),
  (z: number, chance: number): number => Math.max(0.2, 1 + 0.1 * z) * (chance < 20 ? 2 + chance / 20 : 1),
] as const;

export function cleanSuite(seed: number): Measurement[] {
  const normal = normalDraws(seed);
  const random = xoroshiro128plus(seed);
  random.jump();
  const below = (size: number): number => uniformInt(random, 0, size - 1);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  return EXPERIMENTS.flatMap((experiment) => {
    const [n, count, shape, written] = [pick(SIZES), pick(CONDITIONS), pick(SHAPES), pick(WRITTEN)];
    const modes = experiment === "startup" || experiment === "cold-rootfs";
    const conditions = Array.from({ length: count }, (_, index) => ({
      factors: modes ? { image: `${index >> 1}`, mode: index % 2 === 0 ? "cold" : "warm" } : { condition: `${index}` },
      middle: written.middle * (modes ? 1 : 1 + index / 4),
      rows: [] as number[],
      common: [] as number[],
    }));
    for (let block = 0; block < n; block += 1) {
      for (const [place, condition] of shuffled(conditions, below).entries()) {
        condition.rows.push(block * count + place + 1);
        condition.common.push(normal());
      }
    }
    return Array.from({ length: pick(METRICS) }, (_, metric) =>
      conditions.map(({ factors, middle, rows, common }): Measurement => {
        const values = common.map((z) => middle * shape(Math.SQRT1_2 * (z + normal()), below(1000)));
        return {
          ...{ experiment, factors, condition: Object.values(factors).join(" ") },
          ...{ metric: `metric ${metric}`, unit: "ms", better: "lower", trials: n, rows },
          values: values.map((value) => Number(value.toFixed(written.places))),
          blocks: values.map((__, block) => block + 1),
        };
      }),
    ).flat();
  });
}
