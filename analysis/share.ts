/** Shares of summed time: they add up, as the phases of every start add up to its total. */
import { bootstrapRows } from "./statistics/bootstrap-rows.ts";
import type { Interval } from "./statistics/interval.ts";

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** In per cent; not a number when there is no time to share. */
export const sharePct = (part: number, whole: number): number => (100 * part) / whole;

/** Of more trials the interval is narrower than what is shown, and the time it takes grows with their square. */
export const MOST_TRIALS_FOR_INTERVAL = 2_000;
const REPLICATES = 2_000;
const SEED = 1;

/**
 * 95 % interval of a share, parts and totals resampled together, trial by trial: BCa bootstrap. `null` for fewer than two
 * trials, for more than {@link MOST_TRIALS_FOR_INTERVAL}, and without time.
 * @param parts one a trial, in ms @param totals of the same trials
 */
export function shareInterval(parts: readonly number[], totals: readonly number[]): Interval | null {
  if (totals.length > MOST_TRIALS_FOR_INTERVAL || sum(totals) <= 0) return null;
  const share = ({ rows }: { readonly rows: ArrayLike<number> }): number => {
    let [part, whole] = [0, 0];
    for (let place = 0; place < rows.length; place += 1) {
      part += parts[rows[place] as number] as number;
      whole += totals[rows[place] as number] as number;
    }
    return sharePct(part, whole);
  };
  return bootstrapRows(totals.length, share, { seed: SEED, replicates: REPLICATES })?.interval ?? null;
}
