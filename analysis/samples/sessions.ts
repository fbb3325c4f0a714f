/** What several sessions of one platform add: how much they differ, and an interval that knows of it. */
import { z } from "zod";
import { hierarchicalBootstrap } from "../statistics/bootstrap/hierarchical-bootstrap.ts";
import { resampledMedian } from "../statistics/bootstrap/resampled-median.ts";
import { interval } from "../statistics/interval.ts";
import { sessionVariance } from "../statistics/one-sample/session-variance.ts";
import { type SortedSamples, sortedSamples } from "../statistics/sorted-samples.ts";

export const sessionsSchema = z.object({
  sessions: z.int(),
  sd_within: z.number().nullable().describe("square root of the variance within sessions, in the unit of the values"),
  sd_between: z.number().nullable().describe("square root of the variance between sessions"),
  median_ci: interval.nullable().describe("95 %, sessions resampled before their trials; null for a single session"),
});
export type Sessions = Readonly<z.infer<typeof sessionsSchema>>;

/** Of more trials the bootstrap takes too long, and the sessions' variance says enough. */
const MOST_TRIALS = 20_000;
const SEED = 1;
const REPLICATES = 2_000;

/**
 * @param sessionOf the session of each value, in the same order; not empty
 * @param samples the values in ascending order, as they were sorted already
 */
export function describeSessions(values: readonly number[], sessionOf: readonly number[], samples: SortedSamples): Sessions {
  const ids = [...new Set(sessionOf)];
  const of = (id: number): SortedSamples => sortedSamples(values.filter((_, index) => sessionOf[index] === id));
  const { within, between } = sessionVariance(ids.length === 1 ? [samples] : ids.map(of));
  const boot =
    ids.length < 2 || values.length > MOST_TRIALS
      ? null
      : hierarchicalBootstrap(sessionOf, resampledMedian(values), { seed: SEED, replicates: REPLICATES });
  return {
    sessions: ids.length,
    sd_within: within === null ? null : Math.sqrt(within),
    // A negative estimate says that no variance between sessions is seen.
    sd_between: between === null ? null : Math.sqrt(Math.max(0, between)),
    median_ci: boot?.interval ?? null,
  };
}
