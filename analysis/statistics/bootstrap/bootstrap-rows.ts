import { type BootstrapInterval, bcaInterval } from "./bca-interval.ts";
import { type BootstrapOptions, bootstrapReplicates } from "./bootstrap-replicates.ts";
import { randomIndex } from "./random-index.ts";
import { everyRow, type RowStatistic, resampledStatistic, rowsWithout } from "./resample.ts";

/**
 * BCa bootstrap interval of any statistic of independent rows, each of which may hold several quantities that are
 * resampled together, such as the phases of a trial (Efron, "Better bootstrap confidence intervals", Journal of the American
 * Statistical Association 82(397), 1987), in the statistic's unit. The statistic is called once for every resample and
 * every row, so the time grows with n · (replicates + n). `null` for fewer than two rows, of which all resamples are equal.
 * @throws RangeError when the statistic of a resample is not finite, or an option is out of range
 */
export function bootstrapRows(rowCount: number, statistic: RowStatistic, options: BootstrapOptions): BootstrapInterval | null {
  if (rowCount < 2) return null;
  const of = resampledStatistic(statistic, rowCount);
  const index = randomIndex(options.seed);
  const anyRow = (): number => index(rowCount);
  const distribution = {
    estimate: of(rowCount, everyRow),
    replicates: bootstrapReplicates(options, () => of(rowCount, anyRow)),
    jackknife: [Array.from({ length: rowCount }, (_, row) => of(rowCount - 1, rowsWithout(row)))],
  };
  return bcaInterval(distribution, options.confidence);
}
