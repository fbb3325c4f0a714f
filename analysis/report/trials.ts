/** Every start as data for the browser: when it was made, how long it took, and its phases. */
import type { Phase } from "../../research/phases.ts";
import { isStartTotal } from "../figures/parts/measured.ts";
import { conditionKey } from "../subjects/key.ts";
import { phasesOf, type Start } from "../subjects/starts.ts";
import type { Subject } from "../subjects/subject.ts";

export interface Trial {
  /** Of the platform's file, from 1: the order of execution. */
  readonly row: number;
  readonly condition: string;
  readonly total_ms: number;
  /** In the order in which they happened, without a gap; empty where the start is not split. */
  readonly phases: readonly Pick<Phase, "phase" | "tier" | "begin_ns" | "end_ns">[];
}

/** A page has to stay light; of more, every so many is shown, evenly over the order of each condition. */
export const MOST_TRIALS = 1000;

const phasesAt = (start: Start | undefined): Trial["phases"] =>
  start === undefined ? [] : phasesOf(start).map(({ phase, tier, begin_ns, end_ns }) => ({ phase, tier, begin_ns, end_ns }));

/** In order of collection. */
export function trialsOf({ measurements, conditions }: Subject): Trial[] {
  const totals = measurements.filter(isStartTotal);
  const most = Math.ceil(MOST_TRIALS / Math.max(1, totals.length));
  return totals
    .flatMap((total) => {
      const { condition, values, rows } = total;
      const split = conditions.get(conditionKey(total))?.starts ?? [];
      const step = Math.max(1, values.length / most);
      const places = Array.from({ length: Math.min(values.length, most) }, (_, place) => Math.floor(place * step));
      return places.map((place) => ({
        row: rows[place] as number,
        condition,
        total_ms: values[place] as number,
        phases: phasesAt(split[place]),
      }));
    })
    .sort((a, b) => a.row - b.row);
}
