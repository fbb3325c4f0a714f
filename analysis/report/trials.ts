/** Every start as data for the browser: when it was made, how long it took, and its phases. */
import type { PhaseName, Tier } from "../../research/phases.ts";
import { isStartTotal } from "../figures/parts/measured.ts";
import { conditionKey } from "../subjects/key.ts";
import type { Subject } from "../subjects/measurement.ts";

export interface Trial {
  /** Of the platform's file, from 1: the order of execution. */
  readonly row: number;
  readonly condition: string;
  readonly total_ms: number;
  /** In the order in which they happened, without a gap; empty where the start is not split. */
  readonly phases: readonly { readonly phase: PhaseName; readonly tier: Tier | null; readonly ms: number }[];
}

/** A page has to stay light; of more, every so many is shown, evenly over the order of each condition. */
export const MOST_TRIALS = 1000;

/** In order of collection. */
export function trialsOf({ measurements, starts }: Subject): Trial[] {
  const totals = measurements.filter(isStartTotal);
  const most = Math.ceil(MOST_TRIALS / Math.max(1, totals.length));
  return totals
    .flatMap((total) => {
      const { condition, values, rows } = total;
      const split = starts.get(conditionKey(total)) ?? [];
      const step = Math.max(1, values.length / most);
      const places = Array.from({ length: Math.min(values.length, most) }, (_, place) => Math.floor(place * step));
      return places.map((place) => ({
        row: rows[place] as number,
        condition,
        total_ms: values[place] as number,
        phases: (split[place]?.phases ?? []).map(({ phase, tier, ms }) => ({ phase, tier, ms })),
      }));
    })
    .sort((a, b) => a.row - b.row);
}
