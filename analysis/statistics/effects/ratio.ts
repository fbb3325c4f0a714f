import { CONFIDENCE, type Interval } from "../interval.ts";
import { type SortedSamples, sortedSamples } from "../sorted-samples.ts";
import { hodgesLehmann } from "./hodges-lehmann.ts";

export interface Ratio {
  /** a over b: 1.4 says that a is 40 % larger. */
  readonly ratio: number;
  /** `null` when the samples are too small for the confidence. */
  readonly interval: Interval | null;
}

/**
 * By what factor one sample exceeds the other: the {@link hodgesLehmann} shift of their logarithms and its interval,
 * taken back to a ratio. It assumes that the distributions differ by a factor; no unit.
 * @throws RangeError for a value that is zero or negative, which has no logarithm
 */
export function ratio(a: SortedSamples, b: SortedSamples, confidence: number = CONFIDENCE): Ratio {
  const { shift, interval } = hodgesLehmann(logarithms(a), logarithms(b), confidence);
  return { ratio: Math.exp(shift), interval: interval && [Math.exp(interval[0]), Math.exp(interval[1])] };
}

function logarithms(samples: SortedSamples): SortedSamples {
  const smallest = samples[0] as number;
  if (smallest <= 0) throw new RangeError(`a ratio needs values above zero, got ${smallest}`);
  return sortedSamples(samples.map(Math.log));
}
