import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { CONFIDENCE, type Interval } from "../interval.ts";
import { median } from "../one-sample/median.ts";
import { quantileInterval } from "../one-sample/quantile-interval.ts";
import type { SortedSamples } from "../sorted-samples.ts";

/**
 * 95 % interval of the difference of two medians, a less b, in the unit of the samples: d ± z·√(s²ₐ + s²ᵦ), where s is the
 * standard error of a median by its order statistics, half the width of its exact interval over the z of the coverage that
 * this achieves (Price and Bonett, "Distribution-free confidence intervals for difference and ratio of medians", Journal of
 * Statistical Computation and Simulation 72(2), 2002). For samples too large for a bootstrap: O(1) once they are sorted, and
 * symmetric, which for few observations the difference is not. `null` below six observations a side.
 */
export function differenceOfMediansInterval(a: SortedSamples, b: SortedSamples): Interval | null {
  const [ofA, ofB] = [standardError(a), standardError(b)];
  if (ofA === null || ofB === null) return null;
  const difference = median(a) - median(b);
  const half = deviate(CONFIDENCE) * Math.hypot(ofA, ofB);
  return [difference - half, difference + half];
}

function standardError(samples: SortedSamples): number | null {
  const exact = quantileInterval(samples, 0.5);
  return exact && (exact.interval[1] - exact.interval[0]) / 2 / deviate(exact.coverage);
}

/** z with P(|Z| ≤ z) = confidence; 1.96 for 0.95. */
const deviate = (confidence: number): number => normalQuantile((1 + confidence) / 2, 0, 1);
