/** What the sessions of a platform tell of its level: the replicate is the session, whatever the number of its trials. */
import * as z from "zod";
import { clusteredRatio } from "../statistics/effects/clustered-ratio.ts";
import { interval } from "../statistics/interval.ts";
import { mean } from "../statistics/one-sample/mean.ts";
import { median } from "../statistics/one-sample/median.ts";
import { sessionVariance } from "../statistics/one-sample/session-variance.ts";
import { factorInterval, factorOf } from "../statistics/sessions/log-estimate.ts";
import { sessionLevel } from "../statistics/sessions/session-level.ts";
import { type SortedSamples, sortedSamples } from "../statistics/sorted-samples.ts";
import { sum } from "../statistics/sum.ts";
import { grouped } from "./grouped.ts";
import { positiveInterval } from "./positive-interval.ts";

/** The least number of sessions that tell how much sessions differ, and from which a verdict is made. */
export const FEWEST_SESSIONS = 3;

export const sessionsSchema = z.object({
  sessions: z.int(),
  sd_within: z.number().nullable().describe("square root of the variance within sessions, in the unit of the values"),
  sd_between: z.number().nullable().describe("square root of the variance between sessions"),
  median: z
    .number()
    .nullable()
    .describe("geometric mean of the sessions' medians; null for a single session, or one not positive"),
  median_ci: interval.nullable().describe("of it: 95 %, Student's t on the logarithms, one degree of freedom less than sessions"),
  mean_ci: interval
    .nullable()
    .describe("of the mean: 95 %, Student's t, from what sessions differ by, one degree of freedom less than sessions"),
});
export type Sessions = Readonly<z.infer<typeof sessionsSchema>>;

/**
 * @param sessionOf the session of each value, in the same order; not empty
 * @param samples the values in ascending order, as they were sorted already
 */
export function describeSessions(values: readonly number[], sessionOf: readonly number[], samples: SortedSamples): Sessions {
  const places = [...grouped(values.keys(), (index) => sessionOf[index]).values()];
  const sessions =
    places.length === 1 ? [samples] : places.map((session) => sortedSamples(session.map((index) => values[index] as number)));
  const { within, between } = sessionVariance(sessions);
  const medians = sessions.map(median);
  const level = sessionLevel(medians);
  const [least, most] = [Math.min(...medians), Math.max(...medians)];
  return {
    sessions: sessions.length,
    sd_within: within === null ? null : Math.sqrt(within),
    // A negative estimate says that no variance between sessions is seen.
    sd_between: between === null ? null : Math.sqrt(Math.max(0, between)),
    // A logarithm and back may end a last bit beside: of medians that agree, the geometric mean is what they are.
    median: level && Math.min(most, Math.max(least, factorOf(level))),
    median_ci: level && (least === most ? [least, most] : factorInterval(level)),
    mean_ci: positiveInterval(
      clusteredRatio(sessions.map((session) => [sum(session), session.length])),
      mean(samples),
      samples[0] as number,
    ),
  };
}
