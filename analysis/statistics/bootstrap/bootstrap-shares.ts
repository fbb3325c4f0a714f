import type { Interval } from "../interval.ts";
import { sum } from "../sum.ts";
import { bcaInterval } from "./bca-interval.ts";
import { type BootstrapOptions, bootstrapReplicates } from "./bootstrap-replicates.ts";
import { randomIndex } from "./random-index.ts";

/**
 * The interval of the share Σ parts / Σ totals, 0 to 1, of parts of the same rows in the same order.
 * @throws RangeError when a resample has no total
 */
export type ShareInterval = (parts: readonly number[]) => Interval;

/**
 * BCa bootstrap intervals of shares of a sum, such as of phases in the time of all trials: as `bootstrapRows`, rows drawn
 * whole, but each resample is drawn once for all parts, so that their shares still add up in every one, and what is left when
 * a row is taken out comes by subtraction. Time grows with n · replicates, memory likewise (two bytes each). `null` for fewer
 * than two rows.
 * @param totals of each row, at most 65 536 @throws RangeError for more rows, or an option out of range
 */
export function bootstrapShares(totals: readonly number[], options: BootstrapOptions): ShareInterval | null {
  const n = totals.length;
  if (n < 2) return null;
  if (n > 2 ** 16) throw new RangeError(`at most 65536 rows, got ${n}`);
  const index = randomIndex(options.seed);
  const resamples = bootstrapReplicates(options, () => {
    const rows = new Uint16Array(n);
    for (let place = 0; place < n; place += 1) rows[place] = index(n);
    return { rows, total: summed(totals, rows) };
  });
  const whole = sum(totals);
  return (parts) => {
    const part = sum(parts);
    const distribution = {
      estimate: part / whole,
      replicates: resamples.map(({ rows, total }) => summed(parts, rows) / total),
      jackknife: [totals.map((total, row) => (part - (parts[row] as number)) / (whole - total))],
    };
    return bcaInterval(distribution, options.confidence).interval;
  };
}

function summed(values: readonly number[], rows: Uint16Array): number {
  let total = 0;
  for (let place = 0; place < rows.length; place += 1) total += values[rows[place] as number] as number;
  return total;
}
