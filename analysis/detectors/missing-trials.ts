/**
 * Trials that are not there: trials that failed are rarely like those that succeeded, so leaving them out shifts the result.
 *
 * Where every trial is a row (`trials` is known), those without a value are counted. Elsewhere what was left out shows
 * itself by gaps in the numbers of the passes, or by conditions of different sizes. A design may want different sizes: they
 * are taken for one where a factor tells them, in that all its levels have one size each and some level several conditions,
 * or where the smallest is less than four fifths of the largest, since nobody plans 47 of one and 50 of the other.
 */
import type { Measurement } from "../subjects/measurement.ts";
import { byMetric } from "./by-metric.ts";
import { conditionsOf, type Finding, listed } from "./finding.ts";

const NEARLY_EQUAL = 0.8;

interface Incomplete {
  readonly measurement: Measurement;
  readonly missing: number;
  readonly evidence: string;
}

export const missingTrials = (measurements: readonly Measurement[]): Finding[] =>
  byMetric(measurements).flatMap((family) => {
    const incomplete = family.flatMap((measurement) => withoutValue(measurement) ?? withGaps(measurement) ?? []);
    if (incomplete.length === 0) incomplete.push(...smallerThanOthers(family));
    if (incomplete.length === 0) return [];
    const [{ experiment, metric }] = family as [Measurement];
    const missing = incomplete.reduce((sum, each) => sum + each.missing, 0);
    const conditions = conditionsOf(incomplete.map(({ measurement }) => measurement));
    const isAnyLeft = incomplete.some(({ measurement }) => measurement.values.length > 0);
    return [
      {
        detector: "missing-trials",
        severity: "caution",
        ...{ experiment, metric, condition: conditions },
        summary: `${experiment} ${metric}: ${missing === 1 ? "a trial has no value" : `${missing} trials have no value`}${isAnyLeft ? "; the remaining trials may differ from the missing ones" : `, so nothing is known of ${conditions}`}`,
        evidence: listed(incomplete.map((each) => `${each.measurement.condition} ${each.evidence}`)),
        remedy: "report why they are missing; compare only blocks in which all conditions have a value; never fill them in",
        rows: [],
        numbers: { missing, n: family.reduce((sum, { values }) => sum + values.length, 0) },
      },
    ];
  });

function withoutValue(measurement: Measurement): Incomplete | null {
  const { values, trials } = measurement;
  if (trials === undefined) return values.length > 0 ? null : { measurement, missing: 1, evidence: "has no value at all" };
  const missing = trials - values.length;
  return missing === 0 ? null : { measurement, missing, evidence: `${missing} of ${trials}` };
}

function withGaps(measurement: Measurement): Incomplete | null {
  if (measurement.trials !== undefined) return null;
  const blocks = [...new Set(measurement.blocks)].sort((a, b) => a - b);
  const gaps = blocks.flatMap((block, index) => {
    const before = index === 0 ? FIRST_BLOCK - 1 : (blocks[index - 1] as number);
    return block > before + 1 ? [{ from: before + 1, to: block - 1 }] : [];
  });
  if (gaps.length === 0) return null;
  const missing = gaps.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const numbers = gaps.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  return { measurement, missing, evidence: `lacks pass ${listed(numbers)} of ${blocks.at(-1)}` };
}

const FIRST_BLOCK = 1;

function smallerThanOthers(family: readonly Measurement[]): Incomplete[] {
  if (family.some(({ trials }) => trials !== undefined)) return [];
  const most = family.reduce((largest, { values }) => Math.max(largest, values.length), 0);
  const fewest = family.reduce((least, { values }) => Math.min(least, values.length), most);
  if (fewest === most || fewest < NEARLY_EQUAL * most || toldByAFactor(family)) return [];
  return family
    .filter(({ values }) => values.length < most)
    .map((measurement) => ({
      measurement,
      missing: most - measurement.values.length,
      evidence: `${measurement.values.length} where others have ${most}`,
    }));
}

/** Some factor has one size for each of its levels, and a level with several conditions to show it. */
const toldByAFactor = (family: readonly Measurement[]): boolean =>
  Object.keys(family[0]?.factors ?? {}).some((factor) => {
    const sizes = new Map<string | undefined, Set<number>>();
    for (const { factors, values } of family) {
      const level = factors[factor];
      sizes.set(level, (sizes.get(level) ?? new Set()).add(values.length));
    }
    return sizes.size < family.length && [...sizes.values()].every(({ size }) => size === 1);
  });
