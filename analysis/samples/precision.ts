/** How precisely a median is known, and how much more it would take. */
import { iterationsNeeded } from "../statistics/one-sample/iterations-needed.ts";
import { relativeHalfWidth } from "../statistics/one-sample/relative-half-width.ts";
import type { SortedSamples } from "../statistics/sorted-samples.ts";

export interface Precision {
  /** Half the interval of the median, in per cent of the median; `null` below six trials. */
  readonly half_width_pct: number | null;
  /** Trials, those made included, that would bring it to {@link TARGET}: a forecast. */
  readonly trials_for_2_pct: number | null;
}

const TARGET = 0.02;

export function precision(samples: SortedSamples): Precision {
  const width = relativeHalfWidth(samples);
  return { half_width_pct: width === null ? null : 100 * width, trials_for_2_pct: iterationsNeeded(samples, TARGET) };
}
