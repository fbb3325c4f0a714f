/** A measurement's statistics and its level, the same wherever a command prints them and a figure draws them. */
import { doubtsOf } from "../detectors/findings-of.ts";
import { type Description, describeSamples } from "../samples/describe.ts";
import { positiveInterval } from "../samples/positive-interval.ts";
import { describeSessions, FEWEST_SESSIONS } from "../samples/sessions.ts";
import { dependentMeanInterval } from "../statistics/dependence/dependent-mean-interval.ts";
import { dependentMedianInterval } from "../statistics/dependence/dependent-median-interval.ts";
import type { Interval } from "../statistics/interval.ts";
import { mean } from "../statistics/one-sample/mean.ts";
import { type SortedSamples, sortedSamples } from "../statistics/sorted-samples.ts";
import { type Measurement, sessionOf } from "../subjects/measurement.ts";
import type { Subject } from "../subjects/subject.ts";
import type { MetricSummary } from "./summary.ts";

interface Told {
  /** Whether its blocks tell sessions apart. */
  readonly sessions: boolean;
  /** Whether its trials depend on those before them. */
  readonly dependent: boolean;
}

type Described = Description & Pick<MetricSummary, "intervals" | "sessions">;

/** @param samples the values in ascending order; not empty */
export function describeMeasurement(
  { values, blocks }: Measurement,
  { sessions, dependent }: Told,
  samples: SortedSamples,
): Described {
  return {
    ...describeSamples(samples),
    ...(dependent ? dependentIntervals(values, samples) : {}),
    intervals: dependent ? "dependent" : "independent",
    sessions: sessions ? describeSessions(values, blocks.map(sessionOf), samples) : null,
  };
}

/** `null` where there are too few trials for one that accounts for their dependence. */
function dependentIntervals(values: readonly number[], samples: SortedSamples) {
  return {
    mean_ci: positiveInterval(dependentMeanInterval(values), mean(samples), samples[0] as number),
    median_ci: dependentMedianInterval(values),
    median_ci_coverage: null,
  };
}

/** Whether its sessions are told apart. */
export const hasSessions = ({ source }: Subject): boolean => "manifest" in source;

/** The session of each of its trials; `null` where they are not told apart. */
export const sessionsIn = (subject: Subject, measurement: Measurement): number[] | null =>
  hasSessions(subject) ? measurement.blocks.map(sessionOf) : null;

/** Which values the interval of a level is of, and whether those depend on each other. */
export type Replicate = "sessions" | "trials" | "dependent trials";

export interface Level {
  /** `null` where nothing was measured. */
  readonly value: number | null;
  /** 95 %; `null` where there are too few values for one. */
  readonly ends: Interval | null;
  readonly of: Replicate;
}

/** The median over sessions where there are enough of them for an interval, otherwise that of the trials. */
export function levelOf({
  median,
  median_ci,
  sessions,
  intervals,
}: Pick<MetricSummary, "median" | "median_ci" | "sessions" | "intervals">): Level {
  if (sessions !== null && sessions.sessions >= FEWEST_SESSIONS && sessions.median_ci !== null)
    return { value: sessions.median, ends: sessions.median_ci, of: "sessions" };
  return { value: median, ends: median_ci, of: intervals === "dependent" ? "dependent trials" : "trials" };
}

/** The interval of the mean, over sessions where that of the median is. */
export const meanEnds = (summary: Pick<MetricSummary, "mean_ci" | "median" | "median_ci" | "sessions" | "intervals">) =>
  levelOf(summary).of === "sessions" ? (summary.sessions?.mean_ci ?? null) : summary.mean_ci;

/** What a figure draws of a measurement. */
export interface Drawn extends Pick<Description, "n" | "mean" | "mean_ci" | "min" | "max"> {
  readonly level: Level & { readonly value: number };
}

/** All figures ask for the same in turn. */
const drawn = new WeakMap<Measurement, Drawn>();

/** @param measurement one of the subject's, not empty */
export function describedIn(subject: Subject, measurement: Measurement): Drawn {
  const known = drawn.get(measurement);
  if (known !== undefined) return known;
  const told = { sessions: hasSessions(subject), dependent: doubtsOf(subject, measurement).dependent };
  const described = describeMeasurement(measurement, told, sortedSamples(measurement.values));
  const { n, mean, min, max, median } = described;
  const level = levelOf(described);
  const found = { n, mean, mean_ci: meanEnds(described), min, max, level: { ...level, value: level.value ?? median } };
  drawn.set(measurement, found);
  return found;
}
