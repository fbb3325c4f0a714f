/** What the platforms measured in one experiment, and which of them can not be shown. */
import { MODES } from "../../research/protocol.ts";
import type { Measurement, Subject } from "../measurement.ts";

export interface Measured {
  readonly platform: string;
  readonly measurement: Measurement;
}

export interface MeasuredBy {
  /** With values; platform by platform. */
  readonly measured: readonly Measured[];
  /** One line each: which platform or condition has none. */
  readonly leftOut: readonly string[];
}

export function measuredBy(
  subjects: readonly Subject[],
  experiment: string,
  shows: (measurement: Measurement) => boolean = () => true,
): MeasuredBy {
  const leftOut: string[] = [];
  const measured = subjects.flatMap(({ label, measurements }) => {
    const ofExperiment = byFactors(measurements.filter((other) => other.experiment === experiment && shows(other)));
    if (ofExperiment.length === 0) leftOut.push(`${label} has no measurement of ${experiment}`);
    const empty = ofExperiment.filter(({ values }) => values.length === 0).map(({ condition }) => condition);
    if (empty.length > 0) leftOut.push(`${label} ${[...new Set(empty)].join(", ")}: no trial went well`);
    return ofExperiment.flatMap((measurement) => (measurement.values.length === 0 ? [] : [{ platform: label, measurement }]));
  });
  return { measured, leftOut };
}

/**
 * Ordered by the first factor, then by the second: values as they first appear, warm before cold. Conditions come in the
 * random order of the first block, which is no order for a reader.
 */
export function byFactors(measurements: readonly Measurement[]): Measurement[] {
  const seen = new Map<string, Map<string, number>>([["mode", new Map(MODES.map((mode, place) => [mode, place]))]]);
  for (const { factors } of measurements) {
    for (const [factor, value] of Object.entries(factors)) {
      const places = seen.get(factor) ?? new Map<string, number>();
      seen.set(factor, places);
      if (!places.has(value)) places.set(value, places.size);
    }
  }
  const place = ({ factors }: Measurement, factor: string): number => seen.get(factor)?.get(factors[factor] ?? "") ?? 0;
  const order = (a: Measurement, b: Measurement): number =>
    Object.keys(a.factors).reduce((found, factor) => found || place(a, factor) - place(b, factor), 0);
  return [...measurements].sort(order);
}

/** Of the time from the request until the container acts, or what the study has in its place. */
export const isStartTotal = ({ experiment, metric }: Measurement): boolean =>
  experiment === "startup" && (metric === "total_ms" || metric === "startup_ms");

/** The factors' values, less those that the figure does not need to name. */
export const conditionName = ({ factors }: Measurement, unnamed: readonly string[] = []): string =>
  Object.entries(factors)
    .filter(([factor]) => !unnamed.includes(factor))
    .map(([, value]) => value)
    .join(" ");
