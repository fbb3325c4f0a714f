/** Populations of made-up start times in ms, whose truths are known because we made them. */
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";

export interface Population {
  readonly name: string;
  /** The true time at a standard normal number: the population's quantile at Φ(z), so that dependent z give dependent times. */
  readonly time: (z: number) => number;
  /** What a clock makes of a time: the same, or the nearest step. */
  readonly record: (ms: number) => number;
  /** Whose truths an interval should cover: those of the records, or of the times before they were rounded. */
  readonly truthOf: "records" | "times";
  /** By how much the other sample is larger, in ms, and in another case by what factor; before or after recording, as `truthOf`. */
  readonly shift: number;
  readonly factor: number;
}

const exactly = (ms: number): number => ms;
const STEP = 10;
const toStep = (ms: number): number => STEP * Math.round(ms / STEP);
const narrow = (z: number): number => 503 + 15 * z;

export const POPULATIONS: readonly Population[] = [
  { name: "normal", time: (z) => 500 + 30 * z, record: exactly, truthOf: "records", shift: 20, factor: 1.05 },
  { name: "lognormal", time: (z) => 500 * Math.exp(0.5 * z), record: exactly, truthOf: "records", shift: 200, factor: 1.4 },
  { name: "bimodal", time: twoModes, record: exactly, truthOf: "records", shift: 40, factor: 1.08 },
  // Whole multiples of the step by construction, also after the shift and the factor.
  { name: "quantised", time: narrow, record: toStep, truthOf: "records", shift: 10, factor: 2 },
  { name: "quantised, truth before rounding", time: narrow, record: toStep, truthOf: "times", shift: 13, factor: 1.026 },
];

/** One record, and one of the sample that is larger by the shift or by the factor. */
export const recorded = ({ time, record }: Population, z: number): number => record(time(z));
export const shifted = ({ time, record, truthOf, shift }: Population, z: number): number =>
  truthOf === "records" ? record(time(z)) + shift : record(time(z) + shift);
export const scaled = ({ time, record, truthOf, factor }: Population, z: number): number =>
  truthOf === "records" ? record(time(z)) * factor : record(time(z) * factor);

/** 60 % around 480 ms, 40 % around 560 ms, SD 15 ms each: a start that sometimes misses a cache. */
function twoModes(z: number): number {
  const share = normalCdf(z, 0, 1);
  let [lo, hi] = [0, 1000];
  // Fifty halvings of a second are far below a femtosecond.
  for (let halving = 0; halving < 50; halving += 1) {
    const middle = (lo + hi) / 2;
    if (0.6 * normalCdf(middle, 480, 15) + 0.4 * normalCdf(middle, 560, 15) < share) lo = middle;
    else hi = middle;
  }
  return hi;
}

export interface Truths {
  readonly mean: number;
  readonly quantile: (p: number) => number;
  readonly shift: number;
  readonly factor: number;
  /** P(shifted > not shifted) − P(shifted < not shifted). */
  readonly delta: number;
}

const GRID = 20_000;

/** Numerically where there is no formula: over 20 000 equally likely points of the population. */
export function truthsOf(population: Population): Truths {
  const seen = population.truthOf === "records" ? population.record : exactly;
  const quantile = (p: number): number => seen(population.time(normalQuantile(p, 0, 1)));
  const grid = Array.from({ length: GRID }, (_, point) => quantile((point + 0.5) / GRID));
  return {
    mean: grid.reduce((sum, value) => sum + value, 0) / GRID,
    quantile,
    shift: population.shift,
    factor: population.factor,
    delta: dominance(grid, population.shift),
  };
}

/** How often a value of the ascending grid, moved up by the shift, lies above another, less how often below. */
function dominance(grid: readonly number[], shift: number): number {
  let [below, notAbove, difference] = [0, 0, 0];
  for (const value of grid) {
    while (below < GRID && (grid[below] as number) < value + shift) below += 1;
    while (notAbove < GRID && (grid[notAbove] as number) <= value + shift) notAbove += 1;
    difference += below - (GRID - notAbove);
  }
  return difference / GRID ** 2;
}
