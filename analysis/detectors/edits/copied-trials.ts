/**
 * Trials that follow one another and have the values of others that do so, of whichever condition: rows that were copied and
 * numbered anew. A single one may have the value of another by chance, wherever times are written with few digits; so many
 * in a row, by the steps and the spread of the values, hardly ever.
 */
import { quantile } from "../../statistics/one-sample/quantile.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { byMetric } from "../by-metric.ts";
import { type Finding, fewRows } from "../finding.ts";
import { isFine, isTime, stepOf } from "./fine-step.ts";

const FEWEST = 3;
/** In a metric, by chance. */
const MOST_BY_CHANCE = 1e-4;

interface Trial {
  readonly condition: string;
  readonly value: number;
  readonly block: number;
  readonly row: number;
}

/** One for each experiment. A row that was copied has all its metrics from another: that of each condition which comes first is looked at. */
export function copiedTrials(measurements: readonly Measurement[]): Finding[] {
  const looked = new Set<string>();
  const told = new Set<string>();
  return byMetric(measurements).flatMap((family): Finding[] => {
    const [one] = family as [Measurement];
    const { experiment, metric } = one;
    const known = (condition: string): string => `${experiment} ${condition}`;
    const own = family.filter(({ condition, values }) => values.length > 0 && !looked.has(known(condition)));
    if (!isTime(one) || own.length === 0 || told.has(experiment)) return [];
    // Of most metrics no value is there twice.
    const isRepeated = repeats(own) >= FEWEST;
    const step = isRepeated ? stepOf(own) : 0;
    const fine = own.filter(({ values }) => values.some((value) => isFine(value, step)));
    for (const { condition } of fine) looked.add(known(condition));
    const copy = isRepeated ? copyIn(fine, step) : undefined;
    if (copy === undefined) return [];
    told.add(experiment);
    const [those, these] = copy;
    const [first, original] = [these[0] as Trial, those[0] as Trial];
    return [
      {
        detector: "copied-trials",
        severity: "caution",
        ...{ experiment, metric, condition: [...new Set(these.map(({ condition }) => condition))].join(", ") },
        summary: `${experiment} ${metric}: ${these.length} trials in a row have the values of ${these.length} others, one by one, as if their rows were copied`,
        evidence: `from row ${first.row} on they are those from row ${original.row} on: ${these.map(({ value }) => value).join(", ")}`,
        remedy: "use the file as it was measured: a trial counts once",
        rows: fewRows(these.map(({ row }) => row)),
        numbers: { trials: these.length, row: first.row, of_row: original.row },
      },
    ];
  });
}

/** How many values are there once more. */
function repeats(family: readonly Measurement[]): number {
  const all = new Set<number>();
  let values = 0;
  for (const each of family) {
    values += each.values.length;
    for (const value of each.values) all.add(value);
  }
  return values - all.size;
}

/** @returns the trials and their copies */
function copyIn(
  family: readonly Measurement[],
  step: number,
): readonly [those: readonly Trial[], these: readonly Trial[]] | undefined {
  const trials = family.flatMap(({ condition, values, blocks, rows }) =>
    values.map((value, index): Trial => ({ condition, value, block: blocks[index] as number, row: rows[index] as number })),
  );
  const fine = trials.filter(({ value }) => isFine(value, step));
  const length = lengthBeyondChance(family, step, fine.length);
  const inFile = fine.toSorted((a, b) => a.row - b.row);
  // In the study's files a pass is a row here and there.
  const inPasses = inFile.toSorted((a, b) => a.block - b.block);
  return repeated(inFile, length) ?? repeated(inPasses, length);
}

/** How many in a row two places of the file have in common by chance as seldom as {@link MOST_BY_CHANCE}. */
function lengthBeyondChance(family: readonly Measurement[], step: number, trials: number): number {
  const chances = family.flatMap(({ values }) => {
    if (values.length === 0) return [];
    const sorted = sortedSamples(values);
    const ofSteps = step / Math.max(step, quantile(sorted, 0.75) - quantile(sorted, 0.25));
    return [Math.max(ofSteps, ofLevels(values))];
  });
  const chance = Math.max(...chances, 1e-6);
  if (chance > 0.5) return Number.POSITIVE_INFINITY;
  return Math.max(FEWEST, Math.ceil(Math.log((2 * MOST_BY_CHANCE) / trials ** 2) / Math.log(chance)));
}

/** Of values that come more than twice, as a copy does not: the clock's levels, or a timer's. */
function ofLevels(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let chance = 0;
  for (const count of counts.values()) if (count > 2) chance += (count / values.length) ** 2;
  return chance;
}

function repeated(trials: readonly Trial[], length: number): readonly [readonly Trial[], readonly Trial[]] | undefined {
  const places = new Map<string, number>();
  for (let begin = 0; begin + length <= trials.length; begin += 1) {
    const these = trials.slice(begin, begin + length);
    // The same value over and over is another matter.
    if (new Set(these.map(({ value }) => value)).size < FEWEST) continue;
    const key = these.map(({ value }) => value).join(" ");
    const before = places.get(key);
    if (before === undefined) places.set(key, begin);
    else if (before + length <= begin) {
      let all = length;
      while (before + all < begin && isSame(trials[before + all], trials[begin + all])) all += 1;
      return [trials.slice(before, before + all), trials.slice(begin, begin + all)];
    }
  }
  return undefined;
}

const isSame = (one: Trial | undefined, other: Trial | undefined): boolean => one !== undefined && one.value === other?.value;
