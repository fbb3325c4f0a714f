/**
 * A metric that is computed from another of the same trials: total / 3, measured − 50, or work / time. What is concluded from it was put
 * in by the formula, not measured.
 * See {@link linearRelation} for when that is said.
 */
import { grouped } from "../../samples/grouped.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { conditionsOf, type Finding, listed, rounded } from "../finding.ts";
import { LEVELS } from "../levels.ts";
import { constantProduct } from "./constant-product.ts";
import { decimalGrid } from "./decimal-grid.ts";
import { type LinearRelation, linearRelation } from "./linear-relation.ts";

interface Relation {
  readonly formula: string;
  readonly numbers: Readonly<Record<string, number>>;
}

interface Derived {
  readonly derived: Measurement;
  readonly from: Measurement;
  readonly relation: Relation;
}

export function derivedMetrics(measurements: readonly Measurement[]): Finding[] {
  const found = new Map<string, Derived[]>();
  const pairs = byCondition(measurements).flatMap((metrics) =>
    metrics.flatMap((a, index) => metrics.slice(index + 1).map((b) => [a, b] as const)),
  );
  for (const [a, b] of pairs) {
    const derived = relate(a, b, LEVELS.derivedMetric / pairs.length);
    if (derived === null) continue;
    const key = JSON.stringify([a.experiment, derived.derived.metric, derived.from.metric, derived.relation.formula]);
    found.set(key, [...(found.get(key) ?? []), derived]);
  }
  // A burst of one start has a throughput of 1 / its time; that is no formula of the metric, which has other conditions too.
  const inAll = ([{ derived, from, relation }, ...more]: readonly [Derived, ...Derived[]]): boolean =>
    !("work" in relation.numbers) ||
    more.length + 1 === pairs.filter(([a, b]) => sameMetric(a, from) && sameMetric(b, derived)).length;
  return [...found.values()].filter((all) => inAll(all as [Derived, ...Derived[]])).map(finding);
}

function finding(all: readonly Derived[]): Finding {
  const [{ derived, from, relation }] = all as [Derived];
  const { experiment, metric } = derived;
  return {
    detector: "derived-metric",
    severity: "caution",
    from: from.metric,
    ...{ experiment, metric, condition: conditionsOf(all.map((each) => each.derived)) },
    summary: `${experiment} ${metric} is ${relation.formula}: it was computed, and adds no information`,
    evidence: listed(
      all.map((each) => `${each.derived.condition}: all ${each.derived.values.length} trials agree to the last place written`),
    ),
    remedy: `measure ${metric} by itself, or draw conclusions from ${from.metric} alone`,
    rows: [],
    numbers: { ...relation.numbers, n: derived.values.length },
  };
}

const byCondition = (measurements: readonly Measurement[]): Measurement[][] => [
  ...grouped(measurements, ({ experiment, factors }) => JSON.stringify([experiment, factors])).values(),
];

/** The coarser of the two is the derived one; of equals the one that is declared later. */
function relate(first: Measurement, second: Measurement, mostByChance: number): Derived | null {
  const [x, y] = sharedTrials(first, second);
  const relation = linearRelation(x, y, mostByChance);
  if (relation === null) return inverse(first, second, constantProduct(x, y, mostByChance));
  if (stepOf(x) * Math.abs(relation.slope) <= 1.5 * stepOf(y)) {
    return { derived: second, from: first, relation: named(relation, first.metric) };
  }
  const back = linearRelation(y, x, mostByChance);
  return back && { derived: first, from: second, relation: named(back, second.metric) };
}

/** Work divided by the time it took: a speed, or the reverse. */
const inverse = (first: Measurement, second: Measurement, work: number | null): Derived | null =>
  work === null
    ? null
    : {
        derived: second,
        from: first,
        relation: { numbers: { work }, formula: `${rounded(work)} / ${first.metric}` },
      };

const sameMetric = (a: Measurement, b: Measurement): boolean => a.experiment === b.experiment && a.metric === b.metric;

const stepOf = (values: readonly number[]): number => decimalGrid(values)?.step ?? 0;

/** Values of the rows in which both were measured: as a rule, all of them. */
function sharedTrials(first: Measurement, second: Measurement): readonly [x: readonly number[], y: readonly number[]] {
  const areSame = first.rows.length === second.rows.length && first.rows.every((row, index) => row === second.rows[index]);
  if (areSame) return [first.values, second.values];
  const inSecond = new Map(second.rows.map((row, index) => [row, second.values[index] as number]));
  const places = first.rows.flatMap((row, index) => (inSecond.has(row) ? [index] : []));
  return [
    places.map((place) => first.values[place] as number),
    places.map((place) => inSecond.get(first.rows[place] as number) as number),
  ];
}

/** `total / 3`, `measured − 50`, `0.42 × total + 7`. */
function named({ slope, offset }: LinearRelation, metric: string): Relation {
  const divisor = Math.round(1 / slope);
  const term =
    slope === 1
      ? metric
      : Math.abs(1 / slope - divisor) < 0.005 * Math.abs(divisor) && Math.abs(divisor) > 1
        ? `${metric} / ${divisor}`
        : `${rounded(slope)} × ${metric}`;
  const sign = offset < 0 ? "−" : "+";
  return { numbers: { slope, offset }, formula: offset === 0 ? term : `${term} ${sign} ${rounded(Math.abs(offset))}` };
}
