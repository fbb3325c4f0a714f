import tCdf from "@stdlib/stats-base-dists-t-cdf";

/**
 * What the interval mean ± factor · s/√n covers, 0 to 1, when n independent observations are normal: 2 F(factor; n − 1) − 1
 * with Student's distribution ("The probable error of a mean", Biometrika 6(1), 1908). 1.96 covers 94.4 % at n = 50.
 * @param factor what the standard error is multiplied by, above 0 @param n whole number from 2 on
 * @throws RangeError otherwise
 */
export function tCoverage(factor: number, n: number): number {
  if (!(factor > 0 && Number.isInteger(n) && n >= 2)) throw new RangeError(`no interval: factor ${factor}, n ${n}`);
  return 2 * tCdf(factor, n - 1) - 1;
}
