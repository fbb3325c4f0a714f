/** How precisely a median is known, and how many more sessions it would take. */
import * as z from "zod";
import { relativeHalfWidth } from "../statistics/one-sample/relative-half-width.ts";
import { unsortedMedian } from "../statistics/one-sample/unsorted-median.ts";
import { sessionHalfWidth } from "../statistics/sessions/session-half-width.ts";
import { sessionsNeeded } from "../statistics/sessions/sessions-needed.ts";
import type { SortedSamples } from "../statistics/sorted-samples.ts";
import { grouped } from "./grouped.ts";

export const precisionSchema = z.object({
  half_width_pct: z
    .number()
    .nullable()
    .describe("half the interval of the trials' median, in per cent of it; null below six trials, and where they are dependent"),
  sessions_half_width_pct: z
    .number()
    .nullable()
    .describe("half the interval of the median over sessions, in per cent of it; null for a single session"),
  sessions_for_2_pct: z
    .int()
    .nullable()
    .describe("sessions of trials_a_session each, those made included, that would bring it to 2 %: a forecast"),
  trials_a_session: z.number().nullable().describe("on average; null where the source does not distinguish sessions"),
});
export type Precision = Readonly<z.infer<typeof precisionSchema>>;

const TARGET = 0.02;

/**
 * @param samples the values in ascending order
 * @param sessionOf the session of each value, in the same order; `null` where the source does not tell
 */
export function precision(samples: SortedSamples, values: readonly number[], sessionOf: readonly number[] | null): Precision {
  const width = relativeHalfWidth(samples);
  const half_width_pct = width === null ? null : 100 * width;
  if (sessionOf === null)
    return { half_width_pct, sessions_half_width_pct: null, sessions_for_2_pct: null, trials_a_session: null };
  const sessions = [...grouped(values.keys(), (index) => sessionOf[index]).values()];
  const medians = sessions.map((places) => unsortedMedian(places.map((index) => values[index] as number)));
  const overSessions = sessionHalfWidth(medians);
  return {
    half_width_pct,
    sessions_half_width_pct: overSessions === null ? null : 100 * overSessions,
    sessions_for_2_pct: sessionsNeeded(medians, TARGET),
    trials_a_session: values.length / sessions.length,
  };
}
