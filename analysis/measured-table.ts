/** Rows of an experiment's table → samples of its metrics by condition, in order of collection. */
import type { Outcome } from "../research/protocol.ts";
import type { TrialRow, TrialTable } from "../research/tables/trial-table.ts";
import { blockKey, type Measurement } from "./measurement.ts";

export interface MeasuredTable {
  readonly file: string;
  readonly experiment: string;
  /**
   * One measurement for each condition and metric, the conditions by their names; warm-ups are left out.
   * @throws TableError for a file that is not as declared
   */
  readonly read: (pieces: Iterable<string>, file: string) => Measurement[];
}

export type Metric<R> = Pick<Measurement, "unit" | "better"> & {
  /** `null` where it was not measured, `undefined` where there is nothing to measure. */
  readonly value: (row: R) => number | null | undefined;
};

interface Common {
  readonly session: number;
  readonly block: number;
  readonly warmup: boolean;
  readonly outcome: Outcome;
}

type Gathered = Measurement & Record<"values" | "blocks" | "rows", number[]> & { trials: number };

/** They were measured in random order. Numbers count as numbers: 0.25, 0.5; 1 MB, 10 MB, 100 MB. */
function byFactors(a: Measurement["factors"], b: Measurement["factors"]): number {
  for (const [name, ofA] of Object.entries(a)) {
    const ofB = b[name] ?? "";
    const difference = Number.parseFloat(ofA) - Number.parseFloat(ofB);
    const order = Number.isNaN(difference) ? ofA.localeCompare(ofB, "en") : difference;
    if (order !== 0) return order;
  }
  return 0;
}

/** @param factors what a row's condition consists of, in words for people */
export function measuredTable<C, M>(
  table: TrialTable<C, M>,
  factors: (row: TrialRow<C, M>) => Readonly<Record<string, string>>,
  metrics: Readonly<Record<string, Metric<TrialRow<C, M>>>>,
): MeasuredTable {
  return {
    file: `${table.name}.csv`,
    experiment: table.name,
    read(pieces, file) {
      const found = new Map<string, Gathered>();
      let place = 0;
      for (const row of table.read(pieces, file)) {
        place += 1;
        const { warmup, outcome, session, block } = row as Common;
        if (warmup) continue;
        const ofRow = factors(row);
        const condition = Object.values(ofRow).join(" ");
        for (const [metric, { unit, better, value }] of Object.entries(metrics)) {
          const measured = value(row);
          if (measured === undefined) continue;
          const key = JSON.stringify([condition, metric]);
          const measurement: Gathered = found.get(key) ?? {
            ...{ experiment: table.name, factors: ofRow, condition, metric, unit, better },
            ...{ values: [], blocks: [], rows: [], trials: 0 },
          };
          found.set(key, measurement);
          measurement.trials += 1;
          if (measured === null || outcome !== "ok") continue;
          measurement.values.push(measured);
          measurement.blocks.push(blockKey(session, block));
          measurement.rows.push(place);
        }
      }
      return [...found.values()].sort((a, b) => byFactors(a.factors, b.factors)); // stable: metrics stay in order
    },
  };
}
