import type { Interval } from "../interval.ts";
import { median } from "../one-sample/median.ts";
import { quantileInterval } from "../one-sample/quantile-interval.ts";
import type { SortedSamples } from "../sorted-samples.ts";

/**
 * 95 % interval of the difference of two medians, a less b, in the unit of the samples, from the exact interval [l, u] of each
 * median: d − √((a − lₐ)² + (uᵦ − b)²) to d + √((uₐ − a)² + (b − lᵦ)²) (Zou and Donner, "Construction of confidence limits about
 * effect measures: a general approach", Statistics in Medicine 27(10), 2008). Each end takes the distances on its own side,
 * which matters where a median lies at the edge of a gap: an interval of standard errors (Price and Bonett, 2002) covers 87 to
 * 93 % of bimodal data, and less of values in coarse steps. O(1) once the samples are sorted. `null` below six
 * observations a side.
 */
export function differenceOfMediansInterval(a: SortedSamples, b: SortedSamples): Interval | null {
  const [ofA, ofB] = [quantileInterval(a, 0.5)?.interval, quantileInterval(b, 0.5)?.interval];
  if (ofA === undefined || ofB === undefined) return null;
  const [inA, inB] = [median(a), median(b)];
  const below = Math.hypot(inA - ofA[0], ofB[1] - inB);
  const above = Math.hypot(ofA[1] - inA, inB - ofB[0]);
  return [inA - inB - below, inA - inB + above];
}
