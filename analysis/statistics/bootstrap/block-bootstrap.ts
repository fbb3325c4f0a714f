import { type BootstrapInterval, bcaInterval } from "./bca-interval.ts";
import { type BootstrapOptions, bootstrapReplicates } from "./bootstrap-replicates.ts";
import { randomIndex } from "./random-index.ts";
import { everyRow, type RowStatistic, resampledStatistic, rowsWithout } from "./resample.ts";

export interface BlockBootstrapOptions extends BootstrapOptions {
  /** Rows a block, 1 to half of the rows; ⌈∛n⌉ where it is not given. 1 is the bootstrap of independent rows. */
  readonly blockLength?: number;
}

/**
 * BCa bootstrap interval of any statistic of rows that depend on their neighbours in order of collection: resamples are put
 * together from blocks of rows that follow each other (Künsch, "The jackknife and the bootstrap for general stationary
 * observations", The Annals of Statistics 17(3), 1989), the last block cut to fit, in the statistic's unit. The first row follows
 * the last, so that every row is drawn equally often and the mean is not biased by the ends (Politis and Romano, "A circular
 * block-resampling procedure for stationary data", 1992; R's `tsboot(sim = "fixed")`). The block length grows with ∛n (Hall,
 * Horowitz and Jing, Biometrika 82(3), 1995). The acceleration comes from leaving out whole blocks that do not overlap. It
 * assumes a stationary series: no warm-up, no drift. For 50 observations with r₁ = 0.3 the mean is covered in 87 % in place
 * of 95 %, with r₁ = 0.6 in 82 %; as if independent, 82 and 65 % (simulated). `null` for fewer than four rows.
 * @throws RangeError when the statistic of a resample is not finite, or an option is out of range
 */
export function blockBootstrap(
  rowCount: number,
  statistic: RowStatistic,
  options: BlockBootstrapOptions,
): BootstrapInterval | null {
  if (rowCount < 4) return null;
  const { blockLength = Math.ceil(Math.cbrt(rowCount)) } = options;
  if (!(Number.isInteger(blockLength) && blockLength >= 1 && blockLength <= rowCount / 2)) {
    throw new RangeError(`not a block length, 1 to half of ${rowCount} rows: ${blockLength}`);
  }
  const of = resampledStatistic(statistic, rowCount);
  const index = randomIndex(options.seed);
  let first = 0;
  const nextOfBlock = (place: number): number => {
    const within = place % blockLength;
    if (within === 0) first = index(rowCount);
    return (first + within) % rowCount;
  };
  const blocks = Array.from({ length: Math.floor(rowCount / blockLength) }, (_, block) => block * blockLength);
  const distribution = {
    estimate: of(rowCount, everyRow),
    replicates: bootstrapReplicates(options, () => of(rowCount, nextOfBlock)),
    jackknife: [blocks.map((begin) => of(rowCount - blockLength, rowsWithout(begin, blockLength)))],
  };
  return bcaInterval(distribution, options.confidence);
}
