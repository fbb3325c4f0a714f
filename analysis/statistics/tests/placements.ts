import type { SortedSamples } from "../sorted-samples.ts";

/**
 * For every observation, how many of the others lie below it plus half of those that equal it: its placement (Orban and
 * Wolfe, "A class of distribution-free two-sample tests based on placements", JASA 77, 1982), in ascending order.
 * Their sum is Mann and Whitney's U. O(n + m).
 */
export function placements(samples: SortedSamples, others: SortedSamples): number[] {
  let [below, notAbove] = [0, 0];
  return samples.map((value) => {
    while (below < others.length && (others[below] as number) < value) below += 1;
    while (notAbove < others.length && (others[notAbove] as number) <= value) notAbove += 1;
    return (below + notAbove) / 2;
  });
}
