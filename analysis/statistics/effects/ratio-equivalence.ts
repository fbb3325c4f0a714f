import type { Interval } from "../interval.ts";
import type { SortedSamples } from "../sorted-samples.ts";
import { ratio } from "./ratio.ts";

/** Two one-sided tests at 5 % are one 90 % interval. */
const EQUIVALENCE_CONFIDENCE = 0.9;

export interface RatioEquivalence {
  /** False also when nothing is known: not equivalent does not mean different. */
  readonly equivalent: boolean;
  /** 90 % interval of the ratio a over b; `null` when the samples are too small for one. */
  readonly interval: Interval | null;
}

/**
 * Is the ratio of two samples within a band that was declared as making no difference? Two one-sided tests at 5 %
 * (Schuirmann, "A comparison of the two one-sided tests procedure and the power approach for assessing the equivalence
 * of average bioavailability", J. Pharmacokinet. Biopharm. 15(6), 1987): yes when the 90 % interval of the {@link ratio}
 * lies inside the band and does not touch its ends.
 * @param band from below 1 to above 1
 * @throws RangeError for a band that does not hold 1, or a value that is zero or negative
 */
export function ratioEquivalence(a: SortedSamples, b: SortedSamples, band: Interval): RatioEquivalence {
  const [lowest, highest] = band;
  if (!(0 < lowest && lowest < 1 && 1 < highest)) {
    throw new RangeError(`a band of equivalence runs from below 1 to above 1, got ${lowest} to ${highest}`);
  }
  const { interval } = ratio(a, b, EQUIVALENCE_CONFIDENCE);
  return { equivalent: interval !== null && lowest < interval[0] && interval[1] < highest, interval };
}
