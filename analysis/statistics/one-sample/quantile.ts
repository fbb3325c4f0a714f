import { quantileSorted } from "simple-statistics";
import { asPlainArray, type SortedSamples } from "../sorted-samples.ts";

/**
 * The p-quantile by linear interpolation of the order statistics at (n − 1)p + 1: type 7 of Hyndman and Fan, "Sample
 * quantiles in statistical packages", The American Statistician 50(4), 1996; the default of R and NumPy.
 * @param p probability, 0 to 1
 * @throws RangeError when p is not a probability
 */
export function quantile(samples: SortedSamples, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`not a probability: ${p}`);
  return quantileSorted(asPlainArray(samples), p);
}
