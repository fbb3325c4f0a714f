/**
 * Do the values of one metric stand at two scales, a power of 1000 or 1024 apart?
 *
 * They fall into two clusters with a gap wider than √1000 (nearer to a thousandfold than to nothing) and wider than either
 * cluster. A condition that lies wholly in one proves nothing, as conditions may truly differ a thousandfold, and a single
 * value in the wrong one is an outlier like others: at least two must stray. And the power must bring the lower to the upper:
 * either within a condition, whose medians of the two parts then differ by less than the wider cluster is wide, at most by
 * a factor of 2; or for all conditions together, when the clusters come within a factor of 2 and all values lie between 1 and
 * 1024, where the number before a unit lies that is chosen by its size.
 */

import type { Interval } from "../../statistics/interval.ts";
import { unsortedMedian } from "../../statistics/one-sample/unsorted-median.ts";
import type { Measurement } from "../../subjects/measurement.ts";

const LEAST_GAP = Math.sqrt(1000);
const MOST_LEFT = 2;
const FEWEST_STRAYS = 2;
/** kilo to giga, in tens and in twos. */
const FACTORS = [1, 2, 3].flatMap((power) => [1000 ** power, 1024 ** power]);

/** A condition with values in both clusters. */
export interface Split {
  readonly measurement: Measurement;
  /** Values in the lower cluster, in order of collection, and in the upper. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface TwoScales {
  /** Both ends of the clusters, in the metric's unit. */
  readonly lower: Interval;
  readonly upper: Interval;
  readonly factor: number;
  readonly splits: readonly Split[];
}

/** @param family one metric in all conditions; what is not positive has no scale and is not looked at */
export function twoScales(family: readonly Measurement[]): TwoScales | null {
  const clusters = twoClusters(family);
  if (clusters === null) return null;
  const [lower, upper] = clusters;
  const splits = family.flatMap((measurement): Split[] => {
    const low = measurement.values.filter((value) => value > 0 && value <= lower[1]);
    const high = measurement.values.filter((value) => value >= upper[0]);
    return low.length > 0 && high.length > 0 ? [{ measurement, low, high }] : [];
  });
  const strays = (all: readonly Split[]): number =>
    all.reduce((sum, { low, high }) => sum + Math.min(low.length, high.length), 0);
  const apart: Interval = [upper[0] / lower[1], upper[1] / lower[0]];
  if (lower[0] >= 1 && upper[1] < 1024 && meet(apart).left <= MOST_LEFT && strays(splits) >= FEWEST_STRAYS) {
    return { lower, upper, factor: meet(apart).factor, splits };
  }
  const width = Math.min(MOST_LEFT, Math.max(lower[1] / lower[0], upper[1] / upper[0]));
  const met = splits.filter((split) => meet(between(split)).left <= width);
  if (strays(met) < FEWEST_STRAYS) return null;
  return { lower, upper, factor: meet(between(met[0] as Split)).factor, splits: met };
}

/** The positive values parted at the widest gap; `null` where it is not wide enough. */
function twoClusters(family: readonly Measurement[]): [lower: Interval, upper: Interval] | null {
  let [least, most, count] = [Infinity, 0, 0];
  for (const { values } of family) {
    for (const value of values) {
      if (value <= 0) continue;
      count += 1;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  if (!(most / least > LEAST_GAP)) return null; // nearly always, and without sorting
  const sorted = new Float64Array(count);
  let place = 0;
  for (const { values } of family) for (const value of values) if (value > 0) sorted[place++] = value;
  sorted.sort();
  let [gap, below, above] = [1, least, most];
  for (let i = 1; i < count; i += 1) {
    const [before, value] = [sorted[i - 1] as number, sorted[i] as number];
    if (value / before > gap) [gap, below, above] = [value / before, before, value];
  }
  return gap > Math.max(LEAST_GAP, below / least, most / above)
    ? [
        [least, below],
        [above, most],
      ]
    : null;
}

const between = ({ low, high }: Split): Interval => {
  const ratio = unsortedMedian(high) / unsortedMedian(low);
  return [ratio, ratio];
};

/** The factor that leaves least of what lies between the clusters, and what it leaves: 1 when they then overlap. */
const meet = ([nearest, farthest]: Interval): { readonly factor: number; readonly left: number } =>
  FACTORS.map((factor) => ({ factor, left: Math.max(1, nearest / factor, factor / farthest) })).reduce((best, each) =>
    each.left < best.left ? each : best,
  );
