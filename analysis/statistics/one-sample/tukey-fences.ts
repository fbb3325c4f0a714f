import type { Interval } from "../interval.ts";
import { sortedSamples } from "../sorted-samples.ts";
import { quantile } from "./quantile.ts";

export type OutlierLabel = "low-severe" | "low-mild" | "high-mild" | "high-severe";

export interface Outlier {
  /** Place in the observations as given, from 0. */
  readonly index: number;
  readonly value: number;
  readonly label: OutlierLabel;
}

export interface TukeyFences {
  /** First quartile − 1.5 IQR, third quartile + 1.5 IQR. */
  readonly inner: Interval;
  /** The same with 3 IQR. */
  readonly outer: Interval;
  readonly outliers: readonly Outlier[];
  readonly counts: Readonly<Record<OutlierLabel, number>>;
}

/**
 * Labels observations beyond the inner fences mild, beyond the outer fences severe, and drops none (Tukey, "Exploratory
 * Data Analysis", 1977, section 2D; the labels after Rust's criterion), in the unit of the observations. Quartiles are of
 * type 7, not Tukey's hinges. About 0.7 % of a normal population is labelled, more of a skewed one; where more than half
 * of the observations are equal, both quartiles may be, and then all others are.
 * @param samples the observations in ascending order, where they were sorted already
 * @throws RangeError for an empty sample, NaN or an infinity
 */
export function tukeyFences(observations: readonly number[], samples = sortedSamples(observations)): TukeyFences {
  const [first, third] = [quantile(samples, 0.25), quantile(samples, 0.75)];
  const fences = (ranges: number): Interval => [first - ranges * (third - first), third + ranges * (third - first)];
  const [inner, outer] = [fences(1.5), fences(3)];
  const outliers = observations.flatMap((value, index): Outlier[] => {
    const label = outlierLabel(value, inner, outer);
    return label === null ? [] : [{ index, value, label }];
  });
  const count = (label: OutlierLabel): number => outliers.filter((outlier) => outlier.label === label).length;
  return {
    inner,
    outer,
    outliers,
    counts: {
      "low-severe": count("low-severe"),
      "low-mild": count("low-mild"),
      "high-mild": count("high-mild"),
      "high-severe": count("high-severe"),
    },
  };
}

function outlierLabel(value: number, inner: Interval, outer: Interval): OutlierLabel | null {
  if (value < outer[0]) return "low-severe";
  if (value < inner[0]) return "low-mild";
  if (value > outer[1]) return "high-severe";
  if (value > inner[1]) return "high-mild";
  return null;
}

/** The observations that the fences leave, in their order. */
export const insideFences = (observations: readonly number[], [low, high]: Interval): number[] =>
  observations.filter((observation) => observation >= low && observation <= high);
