import { CONFIDENCE, type Interval } from "../interval.ts";
import { mean } from "../one-sample/mean.ts";
import { standardDeviation } from "../one-sample/standard-deviation.ts";
import type { SortedSamples } from "../sorted-samples.ts";
import { tQuantile } from "../t-quantile.ts";

/**
 * 95 % interval of the difference of two means, a less b, in the unit of the samples: Welch's t with Satterthwaite's degrees
 * of freedom ("The generalization of 'Student's' problem when several different population variances are involved",
 * Biometrika 34(1–2), 1947). `null` below two observations a side.
 */
export function differenceOfMeansInterval(a: SortedSamples, b: SortedSamples): Interval | null {
  const [ofA, ofB] = [varianceOfMean(a), varianceOfMean(b)];
  if (ofA === null || ofB === null) return null;
  const variance = ofA + ofB;
  const df = variance === 0 ? a.length + b.length - 2 : variance ** 2 / (ofA ** 2 / (a.length - 1) + ofB ** 2 / (b.length - 1));
  const difference = mean(a) - mean(b);
  const half = tQuantile((1 + CONFIDENCE) / 2, df) * Math.sqrt(variance);
  return [difference - half, difference + half];
}

function varianceOfMean(samples: SortedSamples): number | null {
  const sd = standardDeviation(samples);
  return sd === null ? null : sd ** 2 / samples.length;
}
