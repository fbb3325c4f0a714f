/** One start that stands for its condition, and what each of its phases took in the others. */
import type { Phase } from "../../research/phases.ts";
import { toMilliseconds } from "../../research/units.ts";
import { describeSamples } from "../samples/describe.ts";
import { grouped } from "../samples/grouped.ts";
import type { Interval } from "../statistics/interval.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { partName, phasesOf, type Start } from "../subjects/starts.ts";

/** In the representative start. */
export interface RepresentativePhase extends Phase {
  readonly median_ms: number;
  readonly median_ci: Interval | null;
  /** In all starts with the same phases. */
  readonly durations_ms: readonly number[];
}

export interface RepresentativeStart {
  /** Its place among the starts, from 0. */
  readonly index: number;
  /** Starts with the same phases, of which it is one. */
  readonly n: number;
  /** In the order in which they happened. */
  readonly phases: readonly RepresentativePhase[];
}

/**
 * The start nearest to the median in every phase: of the starts with the most usual phases, that with the least sum of
 * absolute differences, in ms, from the medians of the phases. It did happen, as a start made of medians did not.
 * @returns `null` when no start is split into phases
 */
export function representativeStart(starts: readonly Start[]): RepresentativeStart | null {
  const alike = [...grouped(starts.entries(), ([, { kinds }]) => kinds.map(partName).join(" ")).values()].sort(
    (a, b) => b.length - a.length,
  )[0];
  const [, first] = alike?.[0] ?? [];
  if (alike === undefined || first === undefined || first.kinds.length === 0) return null;
  const split = alike.map(([, start]) => phasesOf(start));
  const phases = first.kinds.map((_, place) => {
    const durations_ms = split.map((start) => toMilliseconds((start[place] as Phase).duration_ns));
    const { median, median_ci } = describeSamples(sortedSamples(durations_ms));
    return { durations_ms, median, median_ci };
  });
  const distances = alike.map((_, which) =>
    phases.reduce((sum, { durations_ms, median }) => sum + Math.abs((durations_ms[which] as number) - median), 0),
  );
  const nearest = distances.indexOf(Math.min(...distances));
  return {
    index: (alike[nearest] as [number, Start])[0],
    n: alike.length,
    phases: phases.map(({ durations_ms, median, median_ci }, place) => ({
      ...((split[nearest] as Phase[])[place] as Phase),
      ...{ median_ms: median, median_ci, durations_ms },
    })),
  };
}
