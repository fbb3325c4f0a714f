/** The ratio of sums over clusters of unequal size. */
import { CONFIDENCE, type Interval } from "../interval.ts";
import { sum } from "../sum.ts";
import { tQuantile } from "../t-quantile.ts";

/**
 * 95 % interval of Σx/Σw, where each pair is the sums of one cluster: of parts and wholes for a share, of values and their
 * count for a mean. Linearised: r ± t(0.975; k − 1) · √(k/(k − 1) · Σ(x − r·w)²) / Σw (Cochran, Sampling Techniques, 3rd ed.,
 * 1977, chapter 6). Clusters of equal size give Student's interval of their means; unequal ones do not count as scatter.
 * `null` below two clusters, and without a whole.
 */
export function clusteredRatio(clusters: readonly (readonly [x: number, w: number])[]): Interval | null {
  const k = clusters.length;
  const whole = sum(clusters.map(([, w]) => w));
  if (k < 2 || whole <= 0) return null;
  const ratio = sum(clusters.map(([x]) => x)) / whole;
  const squares = sum(clusters.map(([x, w]) => (x - ratio * w) ** 2));
  const half = (tQuantile((1 + CONFIDENCE) / 2, k - 1) * Math.sqrt((k / (k - 1)) * squares)) / whole;
  return [ratio - half, ratio + half];
}
