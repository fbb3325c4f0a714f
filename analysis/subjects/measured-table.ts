/** Rows of an experiment's table → samples of its metrics by condition, in order of collection. */

import type { ActRule } from "../../research/act-rule.ts";
import type { OnCaution } from "../../research/csv/records.ts";
import type { ExperimentName, Outcome } from "../../research/protocol.ts";
import { conditionName, type TrialRow, type TrialTable } from "../../research/tables/columns/trial-table.ts";
import { blockKey, type Measurement, type Way } from "./measurement.ts";

export interface MeasuredTable {
  readonly file: string;
  readonly experiment: ExperimentName;
  /**
   * One measurement for each condition and metric, the conditions by their names; warm-ups are left out.
   * @throws TableError for a file that is not as declared
   */
  readonly read: (pieces: Iterable<string>, file: string, onCaution?: OnCaution) => Measurement[];
}

export type Metric<R> = Pick<Measurement, "unit" | "better"> & {
  /** The rule by which the act of the entrypoint was told, for a time that ends with it. */
  readonly actRule?: (row: R) => ActRule;
  /** `null` where it was not measured, `undefined` where there is nothing to measure. */
  readonly value: (row: R) => number | null | undefined;
};

/** Of a trial of several rows as a whole; none of them failed. */
export type TrialMetric<R> = Pick<Measurement, "unit" | "better"> & {
  /** As in {@link Metric}; of the trial's first row. */
  readonly actRule?: (row: R) => ActRule;
  readonly value: (rows: readonly R[]) => number | null;
};

interface Declaration<R> {
  /** What a row's condition consists of, in words for people. */
  readonly factors: (row: R) => Readonly<Record<string, string>>;
  /** Values of factors in the order in which they are read, where neither numbers nor the alphabet have it. */
  readonly order?: readonly string[];
  /** What of the way in which it was measured a row knows better than platform.json. */
  readonly way?: (row: R) => Way;
  readonly metrics: Readonly<Record<string, Metric<R>>>;
  readonly trialMetrics?: Readonly<Record<string, TrialMetric<R>>>;
}

interface Common {
  readonly trial: number;
  readonly session: number;
  readonly block: number;
  readonly warmup: boolean;
  readonly outcome: Outcome;
}

type Gathered = Measurement &
  Record<"values" | "blocks" | "rows", number[]> & { trials: number; readonly ways?: Way[]; readonly actRules?: Set<ActRule> };

export function measuredTable<C, M>(table: TrialTable<C, M>, declared: Declaration<TrialRow<C, M>>): MeasuredTable {
  const { factors, order = [], way, metrics, trialMetrics = {} } = declared;
  return {
    file: `${table.name}.csv`,
    experiment: table.name,
    read(pieces, file, onCaution) {
      const found = new Map<string, Gathered>();
      const add = (
        row: TrialRow<C, M>,
        place: number,
        metric: string,
        kind: Metric<never> | TrialMetric<never>,
        value: number | null,
      ) => {
        const ofRow = factors(row);
        const condition = Object.values(ofRow).join(" ");
        const key = JSON.stringify([condition, metric]);
        const measurement: Gathered = found.get(key) ?? {
          ...{ experiment: table.name, factors: ofRow, condition, metric, unit: kind.unit, better: kind.better },
          ...{ planned: conditionName(table, row), values: [], blocks: [], rows: [], trials: 0 },
          ...(way === undefined ? {} : { ways: [] }),
          ...("actRule" in kind ? { actRules: new Set<ActRule>() } : {}),
        };
        found.set(key, measurement);
        measurement.trials += 1;
        if (value === null) return;
        const { session, block } = row as Common;
        measurement.values.push(value);
        measurement.blocks.push(blockKey(session, block));
        measurement.rows.push(place);
        if (way !== undefined) measurement.ways?.push(way(row));
        if ("actRule" in kind && kind.actRule !== undefined) measurement.actRules?.add(kind.actRule(row as never));
      };
      for (const { rows, last } of trialsOf(table.read(pieces, file, onCaution))) {
        const all = rows as unknown as Common[];
        if (all[0]?.warmup) continue;
        for (const [index, row] of rows.entries()) {
          const failed = all[index]?.outcome !== "ok";
          for (const [metric, kind] of Object.entries(metrics)) {
            const value = kind.value(row);
            if (value !== undefined) add(row, last - rows.length + index + 1, metric, kind, failed ? null : value);
          }
        }
        const failed = all.some(({ outcome }) => outcome !== "ok");
        for (const [metric, kind] of Object.entries(trialMetrics)) {
          add(rows[0] as TrialRow<C, M>, last, metric, kind, failed ? null : kind.value(rows));
        }
      }
      return [...found.values()].sort((a, b) => byFactors(a.factors, b.factors, order)); // stable: metrics stay in order
    },
  };
}

/** Rows that follow each other with one trial's number; `last`: the place of the last of them, from 1. */
function* trialsOf<R>(rows: Iterable<R>): Generator<{ readonly rows: readonly R[]; readonly last: number }> {
  let [trial, last]: [R[], number] = [[], 0];
  const numberOf = (row: R | undefined) => (row as Common | undefined)?.trial;
  for (const row of rows) {
    if (trial.length > 0 && numberOf(row) !== numberOf(trial[0])) {
      yield { rows: trial, last };
      trial = [];
    }
    trial.push(row);
    last += 1;
  }
  if (trial.length > 0) yield { rows: trial, last };
}

/**
 * They were measured in random order. Numbers count as numbers and come before words (1, 3, 3 images, 10, none), and no two
 * different values are equal: the order never depends on which was read first.
 */
function byFactors(a: Measurement["factors"], b: Measurement["factors"], order: readonly string[]): number {
  for (const [name, ofA] of Object.entries(a)) {
    const ofB = b[name] ?? "";
    if (ofA === ofB) continue;
    const places = order.indexOf(ofA) - order.indexOf(ofB);
    return places || byNumber(ofA, ofB) || ofA.localeCompare(ofB, "en") || (ofA < ofB ? -1 : 1);
  }
  return 0;
}

function byNumber(a: string, b: string): number {
  const [ofA, ofB] = [Number.parseFloat(a), Number.parseFloat(b)];
  if (Number.isNaN(ofA) || Number.isNaN(ofB)) return Number(Number.isNaN(ofA)) - Number(Number.isNaN(ofB));
  return ofA - ofB;
}
