/**
 * A level that changes with time: warm-up, drift, a disturbance. Reported with evidence, never used to drop data.
 *
 * Looked for in every condition, and in the conditions of an experiment together where they took turns ({@link inTurns}): what
 * happens to the machine happens to all of them. A change of all is reported once, and only what the conditions show beyond it is
 * told of them: they are ranked again within the stretches between such changes, and within sessions. It is one of all when
 * it is still there without the condition that shows it most.
 */
import { ranksWithin } from "../../samples/ranks-within.ts";
import type { TimeOrder } from "../../samples/time-order.ts";
import { type Changepoint, changepoints } from "../../statistics/dependence/changepoints.ts";
import { unsortedMedian } from "../../statistics/one-sample/unsorted-median.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { mannWhitneyU } from "../../statistics/tests/mann-whitney-u.ts";
import { type Measurement, sessionOf } from "../../subjects/measurement.ts";
import { conditionsOf, type Finding, listed, rounded } from "../finding.ts";
import { LEVELS } from "../levels.ts";
import { familiesOf, type InTurns, inTurns, ranksOf, withoutThe } from "./in-turns.ts";
import type { Ordered } from "./ordered.ts";

const CHANGES_LISTED = 3;
/** Of the change in those that show it less, at the place that is known by then. */
const STILL_THERE = 0.05;
const REMEDY =
  "check the trials around it (warm-up, a job that started, throttling); nothing was dropped; measure again on an idle machine";

/** One for each condition and metric, and one for all conditions of a metric, however often the level changes. */
export function levelShifts(ordered: Ordered): Finding[] {
  const families = familiesOf(ordered);
  const tests = families.reduce((sum, { conditions, together }) => sum + conditions.length + (together === null ? 0 : 1), 0);
  const level = LEVELS.levelShift / tests;
  return families.flatMap(({ conditions, together }) => {
    const family = conditions.map(({ measurement }) => measurement);
    const shared = together === null ? [] : sharedChanges(family, together, level);
    const ofAll = together === null || shared.length === 0 ? [] : [findingOfAll(family, together, shared)];
    const begins = shared.map(({ position }) => together?.blocks[position] as number);
    return [
      ...ofAll,
      ...conditions.flatMap(({ measurement, order }) => findingOfOne(measurement, ownChanges(measurement, order, begins, level))),
    ];
  });
}

function sharedChanges(family: readonly Measurement[], together: InTurns, level: number): Changepoint[] {
  const found = changepoints(together.means, level);
  return found.filter(({ position }, index) => {
    const [from, to] = [found[index - 1]?.position ?? 0, found[index + 1]?.position ?? together.means.length];
    const [first, begin, end] = [from, position, to].map((place) => together.blocks[place] ?? Infinity) as [
      number,
      number,
      number,
    ];
    const rise = (measurement: Measurement): number => {
      const { before, after } = parts(ranksOf(measurement), measurement.blocks, [first, begin, end]);
      return average(after) - average(before);
    };
    const up = Math.sign(average(together.means.slice(position, to)) - average(together.means.slice(from, position)));
    const others = withoutThe(family, (measurement) => up * rise(measurement));
    const rest = inTurns(others) ?? { blocks: others.flatMap(({ blocks }) => blocks), means: others.flatMap(ranksOf) };
    const { before, after } = parts(rest.means, rest.blocks, [first, begin, end]);
    if (before.length === 0 || after.length === 0 || up * (average(after) - average(before)) <= 0) return false;
    return mannWhitneyU(sortedSamples(before), sortedSamples(after)).p <= STILL_THERE;
  });
}

type Bounds = readonly [first: number, begin: number, end: number];

/** Values of the blocks before and after one with which something begins. */
const parts = (values: readonly number[], blocks: readonly number[], [first, begin, end]: Bounds) => ({
  before: values.filter((_, index) => first <= (blocks[index] as number) && (blocks[index] as number) < begin),
  after: values.filter((_, index) => begin <= (blocks[index] as number) && (blocks[index] as number) < end),
});

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a condition shows beyond changes of all, which begin with these blocks, and beyond its sessions. */
function ownChanges(measurement: Measurement, order: TimeOrder, begins: readonly number[], level: number): Changepoint[] {
  const { values, blocks } = measurement;
  const stretches = blocks.map((block) => `${sessionOf(block)} ${begins.filter((begin) => begin <= block).length}`);
  if (new Set(stretches).size < 2) return order.changepoints.filter(({ p }) => p <= level);
  const found = changepoints(ranksWithin(values, stretches), level);
  const edges = [0, ...found.map(({ position }) => position), values.length];
  const medians = edges.slice(1).map((end, index) => unsortedMedian(values.slice(edges[index], end)));
  return found.map((change, index) => ({
    ...change,
    medianBefore: medians[index] as number,
    medianAfter: medians[index + 1] as number,
  }));
}

function findingOfOne(measurement: Measurement, changes: readonly Changepoint[]): Finding[] {
  const { experiment, condition, metric, unit, values, rows } = measurement;
  const [first] = changes;
  if (first === undefined) return [];
  const shown = changes.slice(0, CHANGES_LISTED);
  return [
    {
      detector: "level-shift",
      severity: "caution",
      ...{ experiment, condition, metric },
      summary: `${experiment} ${condition} ${metric}: the level changes at trial ${places(changes.map(({ position }) => position + 1))} of ${values.length}`,
      evidence: shown
        .map(
          ({ medianBefore, medianAfter, p }) =>
            `median ${rounded(medianBefore)} ${unit} before, ${rounded(medianAfter)} ${unit} after, p = ${p.toPrecision(2)}`,
        )
        .join("; "),
      remedy: REMEDY,
      rows: shown.map(({ position }) => rows[position] as number),
      numbers: { changes: changes.length, median_before: first.medianBefore, median_after: first.medianAfter, p: first.p },
    },
  ];
}

function findingOfAll(family: readonly Measurement[], together: InTurns, changes: readonly Changepoint[]): Finding {
  const [{ experiment, metric, unit }, first] = [family[0] as Measurement, changes[0] as Changepoint];
  const blockAt = (position: number): number => together.blocks[position] ?? Infinity;
  const bounds: Bounds = [blockAt(0), blockAt(first.position), blockAt(changes[1]?.position ?? together.blocks.length)];
  const each = family.map((measurement) => {
    const { before, after } = parts(measurement.values, measurement.blocks, bounds);
    const median = (values: readonly number[]): string => (values.length === 0 ? "–" : rounded(unsortedMedian(values)));
    return `${measurement.condition} median ${median(before)} ${unit} before, ${median(after)} after`;
  });
  const rowOf = ({ position }: Changepoint): number =>
    Math.min(...family.flatMap(({ blocks, rows }) => rows.filter((_, index) => blocks[index] === together.blocks[position])));
  return {
    detector: "level-shift",
    severity: "caution",
    ...{ experiment, condition: conditionsOf(family), metric },
    summary: `${experiment} ${metric}: the level of the conditions together changes at block ${places(changes.map(({ position }) => position + 1))} of ${together.blocks.length}`,
    evidence: `${listed(each)}; of the blocks' mean ranks p = ${first.p.toPrecision(2)}`,
    remedy: REMEDY,
    rows: changes.slice(0, CHANGES_LISTED).map(rowOf),
    numbers: { changes: changes.length, conditions: family.length, block: first.position + 1, p: first.p },
  };
}

/** `13, 20, 31, and 2 more`. */
function places(numbers: readonly number[]): string {
  const more = numbers.length > CHANGES_LISTED ? `, and ${numbers.length - CHANGES_LISTED} more` : "";
  return `${numbers.slice(0, CHANGES_LISTED).join(", ")}${more}`;
}
