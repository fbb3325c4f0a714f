/** Rows of an experiment's table → samples of its metrics by condition, in order of collection. */
import type { Outcome } from "../research/protocol.ts";
import type { TrialRow, TrialTable } from "../research/tables/trial-table.ts";
import { blockKey, type Measurement } from "./measurement.ts";

export interface MeasuredTable {
  readonly file: string;
  readonly experiment: string;
  /**
   * One measurement for each condition and metric, the conditions in order of first appearance; warm-ups are left out.
   * @throws TableError for a file that is not as declared
   */
  readonly read: (pieces: Iterable<string>, file: string) => Measurement[];
}

export type Metric<R> = Pick<Measurement, "unit" | "better"> & {
  /** `null` where it was not measured. */
  readonly value: (row: R) => number | null;
};

interface Common {
  readonly session: number;
  readonly block: number;
  readonly warmup: boolean;
  readonly outcome: Outcome;
}

type Gathered = Measurement & Record<"values" | "blocks" | "rows", number[]> & { trials: number };

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
          const key = JSON.stringify([condition, metric]);
          const measurement: Gathered = found.get(key) ?? {
            ...{ experiment: table.name, factors: ofRow, condition, metric, unit, better },
            ...{ values: [], blocks: [], rows: [], trials: 0 },
          };
          found.set(key, measurement);
          measurement.trials += 1;
          const measured = outcome === "ok" ? value(row) : null;
          if (measured === null) continue;
          measurement.values.push(measured);
          measurement.blocks.push(blockKey(session, block));
          measurement.rows.push(place);
        }
      }
      return [...found.values()];
    },
  };
}
