/**
 * Platforms side by side: every metric of every condition that both of a pair have. What can not be compared is listed
 * with the reason, and the rest goes on.
 */
import { compareSamples, type SampleComparison } from "./compare-samples.ts";
import type { Context, Measurement, Subject } from "./measurement.ts";
import { type ExplainedDifference, explainDifference } from "./phase-differences.ts";
import type { Unread } from "./platform.ts";
import { holm } from "./statistics/holm.ts";
import { kruskalWallis } from "./statistics/kruskal-wallis.ts";
import { sortedSamples } from "./statistics/sorted-samples.ts";

export interface Comparison extends SampleComparison {
  readonly experiment: string;
  readonly condition: string;
  readonly metric: string;
  readonly unit: string;
  readonly better: Measurement["better"];
  readonly a: string;
  readonly b: string;
  /** Adjusted within the family: all pairs and conditions of one experiment and metric. */
  readonly p_holm: number | null;
  readonly family: string;
  /** Where the difference comes from; only for totals that are split into phases on both sides. */
  readonly explained: ExplainedDifference | null;
}

/** More than two platforms at once, before any pair of them. */
export interface Omnibus {
  readonly experiment: string;
  readonly condition: string;
  readonly metric: string;
  readonly platforms: readonly string[];
  readonly kruskal_wallis_h: number;
  readonly df: number;
  readonly p: number;
}

export interface NotCompared {
  readonly a: string;
  readonly b: string;
  readonly what: string;
  readonly reason: string;
}

export interface ComparisonReport {
  readonly reference: string | null;
  readonly comparisons: readonly Comparison[];
  readonly omnibus: readonly Omnibus[];
  readonly not_compared: readonly NotCompared[];
  readonly caveats: readonly string[];
  /** What else differs between the platforms, and so may explain what is found. */
  readonly differing: readonly DifferingFact[];
  readonly unread: readonly Unread[];
}

export interface DifferingFact {
  readonly fact: string;
  /** By platform, of those that say it. */
  readonly values: Readonly<Record<string, string>>;
}

export interface CompareOptions {
  /** Compare every other platform with this one; all pairs without it. */
  readonly reference: string | null;
  /** Of the bootstrap. */
  readonly seed: number;
  readonly unread?: readonly Unread[];
}

type Unadjusted = Omit<Comparison, "p_holm">;

/** @throws Error when no pair of platforms shares a condition that can be compared */
export function compare(subjects: readonly Subject[], { reference, seed, unread = [] }: CompareOptions): ComparisonReport {
  const pairs = pairsOf(subjects, reference);
  const results = pairs.map(([a, b]) => comparePair(a, b, seed));
  const not_compared = results.flatMap((result) => result.notCompared);
  const comparisons = adjust(results.flatMap((result) => result.compared));
  if (comparisons.length === 0) {
    const reasons = not_compared.map(({ a, b, what, reason }) => `${a} and ${b}, ${what}: ${reason}`);
    throw new Error(`nothing can be compared: ${reasons.length === 0 ? "the platforms share no condition" : reasons.join("; ")}`);
  }
  const caveats = subjects.flatMap(({ label, caveats }) => caveats.map((caveat) => `${label}: ${caveat}`));
  return { reference, comparisons, omnibus: omnibus(subjects), not_compared, caveats, differing: differing(subjects), unread };
}

/** With a reference, a is the other platform and b the reference: the ratio says what changed against it. */
function pairsOf(subjects: readonly Subject[], reference: string | null): [Subject, Subject][] {
  if (reference === null) return subjects.flatMap((a, index) => subjects.slice(index + 1).map((b): [Subject, Subject] => [a, b]));
  const fixed = subjects.find(({ label }) => label === reference);
  if (fixed === undefined) throw new Error(`the reference ${reference} is not among the platforms`);
  return subjects.filter((subject) => subject !== fixed).map((other) => [other, fixed]);
}

const keyOf = ({ experiment, condition, metric }: Pick<Measurement, "experiment" | "condition" | "metric">): string =>
  JSON.stringify([experiment, condition, metric]);
export const conditionKey = (experiment: string, condition: string): string => JSON.stringify([experiment, condition]);

function comparePair(a: Subject, b: Subject, seed: number): { compared: Unadjusted[]; notCompared: NotCompared[] } {
  const compared: Unadjusted[] = [];
  const notCompared = new Map<string, NotCompared>();
  const refuse = (what: string, reason: string): unknown =>
    notCompared.set(`${what} ${reason}`, { a: a.label, b: b.label, what, reason });
  const others = new Map(b.measurements.map((measurement) => [keyOf(measurement), measurement]));
  for (const ofA of a.measurements) {
    const ofB = others.get(keyOf(ofA));
    others.delete(keyOf(ofA));
    const { experiment, condition, metric, unit, better } = ofA;
    const what = `${experiment} ${condition}`;
    if (ofB === undefined) {
      refuse(b.measurements.some((other) => sameCondition(other, ofA)) ? `${what} ${metric}` : what, `${b.label} has none`);
      continue;
    }
    const forbidden = incomparable(
      a.contexts.get(conditionKey(experiment, condition)),
      b.contexts.get(conditionKey(experiment, condition)),
    );
    const empty = [ofA, ofB].some(({ values }) => values.length === 0);
    if (forbidden !== undefined || empty) {
      const without = [a, b].filter((_, index) => [ofA, ofB][index]?.values.length === 0).map(({ label }) => label);
      refuse(empty ? `${what} ${metric}` : what, forbidden ?? `${without.join(" and ")} has no trial that went well`);
      continue;
    }
    const explained =
      metric === "total_ms" ? explainDifference(a.starts.get(condition) ?? [], b.starts.get(condition) ?? [], seed) : null;
    const samples = compareSamples(ofA.values, ofB.values);
    compared.push({
      experiment,
      condition,
      metric,
      unit,
      better,
      a: a.label,
      b: b.label,
      ...samples,
      family: `${experiment} ${metric}`,
      explained,
    });
  }
  for (const { experiment, condition, metric } of others.values())
    refuse(`${experiment} ${condition} ${metric}`, `${a.label} has none`);
  return { compared, notCompared: [...notCompared.values()] };
}

function differing(subjects: readonly Subject[]): DifferingFact[] {
  const names = [...new Set(subjects.flatMap(({ facts }) => Object.keys(facts)))];
  return names.flatMap((fact) => {
    const known = subjects.flatMap(({ label, facts }) => (facts[fact] === undefined ? [] : [[label, facts[fact]] as const]));
    return new Set(known.map(([, value]) => value)).size < 2 ? [] : [{ fact, values: Object.fromEntries(known) }];
  });
}

const sameCondition = (x: Measurement, y: Measurement): boolean => x.experiment === y.experiment && x.condition === y.condition;

/** Conditions of the same name that are not the same; what a source does not say is not held against it. */
function incomparable(a: Context | undefined, b: Context | undefined): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  const names = {
    image_digest: "another image",
    command: "another command",
    probe: "another probe, which ends a start at another event",
  } as const;
  const different = (Object.keys(names) as (keyof Context)[]).find((key) => a[key] !== b[key]);
  return different && `${names[different]} (${a[different]} and ${b[different]})`;
}

function adjust(compared: readonly Unadjusted[]): Comparison[] {
  const families = new Map<string, Unadjusted[]>();
  for (const comparison of compared) families.set(comparison.family, [...(families.get(comparison.family) ?? []), comparison]);
  const adjusted = new Map<Unadjusted, number | null>();
  for (const members of families.values()) {
    const ps = holm(members.map(({ p }) => p));
    for (const [index, member] of members.entries()) adjusted.set(member, ps[index] ?? null);
  }
  return compared.map((comparison) => ({ ...comparison, p_holm: adjusted.get(comparison) ?? null }));
}

function omnibus(subjects: readonly Subject[]): Omnibus[] {
  const groups = new Map<string, { measurement: Measurement; label: string }[]>();
  for (const { label, measurements } of subjects) {
    for (const measurement of measurements) {
      if (measurement.values.length === 0) continue;
      const group = groups.get(keyOf(measurement)) ?? [];
      groups.set(keyOf(measurement), group);
      group.push({ measurement, label });
    }
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < 3) return [];
    const { experiment, condition, metric } = first.measurement;
    const { h, df, p } = kruskalWallis(group.map(({ measurement }) => sortedSamples(measurement.values)));
    return [{ experiment, condition, metric, platforms: group.map(({ label }) => label), kruskal_wallis_h: h, df, p }];
  });
}
