/** What the platforms measured in one experiment, and which of them cannot be shown. */

import { IMAGE_SIZES, MODES } from "../../../research/protocol.ts";
import { RUNGS } from "../../../research/tables/ladder.ts";
import { NAMESPACES } from "../../../research/tables/namespaces.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { type Subject, variantsOf } from "../../subjects/subject.ts";
import { type Drawn, describedIn } from "../../summaries/described.ts";
import type { LeftOut } from "../page/left-out.ts";

export interface Measured {
  readonly platform: string;
  readonly measurement: Measurement;
  readonly described: Drawn;
}

export interface MeasuredBy {
  /** With values; platform by platform. */
  readonly measured: readonly Measured[];
  /** Which platform or condition has none. */
  readonly leftOut: readonly LeftOut[];
}

export function measuredBy(
  subjects: readonly Subject[],
  experiment: string,
  shows: (measurement: Measurement) => boolean = () => true,
): MeasuredBy {
  const leftOut: LeftOut[] = [];
  const measured = subjects.flatMap((subject) => {
    const { label, measurements } = subject;
    const ofExperiment = byFactors(
      measurements.filter((other) => other.experiment === experiment && shows(other)),
      variantsOf(subject),
    );
    if (ofExperiment.length === 0) leftOut.push({ platform: label, lacks: `measurement of ${experiment}` });
    const empty = ofExperiment.filter(({ values }) => values.length === 0).map(({ condition }) => condition);
    if (empty.length > 0) leftOut.push(`${label} ${[...new Set(empty)].join(", ")}: no successful trials`);
    return ofExperiment.flatMap((measurement) =>
      measurement.values.length === 0 ? [] : [{ platform: label, measurement, described: describedIn(subject, measurement) }],
    );
  });
  return { measured, leftOut };
}

/** Values that have an order of their own, as in the protocol. */
const ORDERED: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["mode", MODES],
  ["image", IMAGE_SIZES],
  ["rung", RUNGS],
  // What the others are held against comes first.
  ["network", ["host", "none", "bridge"]],
  ["storage", ["volume", "bind", "tmpfs", "overlay"]],
  ["limit", ["none"]],
  ["namespace", NAMESPACES],
]);

/** Where it stands before numbers, too. */
const BASELINE: Readonly<Record<string, string>> = { limit: "none" };

/**
 * Ordered by the first factor, then by the second: small before large, other images by their names, warm before cold, numbers
 * by their size, all else as it first appears. Conditions come in the random order of the first block, which is no order for a reader.
 * @param variants in the order in which they were named: the others are compared with the first
 */
export function byFactors(measurements: readonly Measurement[], variants: readonly string[] = []): Measurement[] {
  const values = new Map([...ORDERED, ["variant", variants] as const].map(([factor, ordered]) => [factor, new Set(ordered)]));
  for (const { factors } of measurements) {
    for (const [factor, value] of Object.entries(factors))
      values.set(factor, (values.get(factor) ?? new Set<string>()).add(value));
  }
  const ordered = new Map(
    [...values].map(([factor, ofFactor]) => [
      factor,
      baselineFirst(numbersFirst(factor === "image" ? imagesByName([...ofFactor]) : [...ofFactor]), BASELINE[factor]),
    ]),
  );
  const place = ({ factors }: Measurement, factor: string): number => ordered.get(factor)?.indexOf(factors[factor] ?? "") ?? 0;
  const order = (a: Measurement, b: Measurement): number =>
    Object.keys(a.factors).reduce((found, factor) => found || place(a, factor) - place(b, factor), 0);
  return [...measurements].sort(order);
}

/** Those without a size by their names, as on every other screen: what stands for a platform there is drawn first here. */
function imagesByName(images: readonly string[]): string[] {
  const sizes: readonly string[] = IMAGE_SIZES;
  return [...sizes, ...images.filter((image) => !sizes.includes(image)).toSorted()];
}

/** `3`, `3 images`, `10` and `100 MB` by their numbers, before what has none. */
function numbersFirst(values: readonly string[]): string[] {
  const numbered = values.filter((value) => /^\d+(\.\d+)?( |$)/.test(value));
  const bySize = (a: string, b: string): number => Number.parseFloat(a) - Number.parseFloat(b) || a.length - b.length;
  return [...numbered.toSorted(bySize), ...values.filter((value) => !numbered.includes(value))];
}

const baselineFirst = (values: readonly string[], baseline: string | undefined): string[] =>
  values.toSorted((a, b) => Number(b === baseline) - Number(a === baseline));

/** Of the time from the request until the container acts, or what the study has in its place. */
export const isStartTotal = ({ experiment, metric }: Measurement): boolean =>
  experiment === "startup" && (metric === "total_ms" || metric === "startup_ms");

/** The factors' values, less those that the figure does not need to name; a number alone, or none, says nothing without its factor's name. */
export const conditionName = ({ factors }: Measurement, unnamed: readonly string[] = []): string =>
  Object.entries(factors)
    .filter(([factor]) => !unnamed.includes(factor))
    .map(([factor, value]) => {
      if (BASELINE[factor] === value) return `no ${factor}`;
      return /^[\d.]+$/.test(value) ? `${factor} ${value}` : value;
    })
    .join(" ");
