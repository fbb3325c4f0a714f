/** One start that stands for its condition, and what each of its phases took in the others. */
import type { PhaseName, Tier } from "../../research/phases.ts";
import { describeSamples } from "../samples/describe.ts";
import { grouped } from "../samples/grouped.ts";
import type { Interval } from "../statistics/interval.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import type { StartPhases } from "../subjects/measurement.ts";

export interface RepresentativePhase {
  readonly phase: PhaseName;
  readonly tier: Tier | null;
  readonly encloses: readonly PhaseName[];
  /** In the representative start, from its beginning. */
  readonly begin_ms: number;
  readonly end_ms: number;
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
export function representativeStart(starts: readonly StartPhases[]): RepresentativeStart | null {
  const alike = [...grouped(starts.entries(), ([, start]) => namesOf(start)).values()].sort((a, b) => b.length - a.length)[0];
  const [, first] = alike?.[0] ?? [];
  if (alike === undefined || first === undefined || first.phases.length === 0) return null;
  const phases = first.phases.map((phase, place) => {
    const durations_ms = alike.map(([, start]) => start.phases[place]?.ms as number);
    const { median, median_ci } = describeSamples(sortedSamples(durations_ms));
    return { phase, durations_ms, median, median_ci };
  });
  const distances = alike.map((_, which) =>
    phases.reduce((sum, { durations_ms, median }) => sum + Math.abs((durations_ms[which] as number) - median), 0),
  );
  const nearest = distances.indexOf(Math.min(...distances));
  let begin_ms = 0;
  return {
    index: (alike[nearest] as [number, StartPhases])[0],
    n: alike.length,
    phases: phases.map(({ phase: { phase, tier, encloses }, durations_ms, median, median_ci }) => {
      const end_ms = begin_ms + (durations_ms[nearest] as number);
      const row = { phase, tier, encloses, begin_ms, end_ms, median_ms: median, median_ci, durations_ms };
      begin_ms = end_ms;
      return row;
    }),
  };
}

const namesOf = ({ phases }: StartPhases): string =>
  phases.map(({ phase, encloses }) => [phase, ...encloses].join("+")).join(" ");
