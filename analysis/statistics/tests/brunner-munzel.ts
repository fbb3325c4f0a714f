import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { mean } from "../one-sample/mean.ts";
import { standardDeviation } from "../one-sample/standard-deviation.ts";
import { type SortedSamples, sortedSamples } from "../sorted-samples.ts";
import { placements } from "./placements.ts";

export interface BrunnerMunzel {
  /** Positive when a tends to be larger; `null` where its standard error is zero. */
  readonly statistic: number | null;
  /** Degrees of freedom of t (Satterthwaite's, 1946), seldom whole; `null` with the statistic. */
  readonly df: number | null;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Does P(a > b) + ½P(a = b) differ from ½, whatever the spreads? (Brunner and Munzel, "The nonparametric Behrens-Fisher
 * problem: asymptotic theory and a small-sample approximation", Biometrical Journal 42(1), 2000.) By t, good from about
 * ten observations a side. The statistic has SciPy's `brunnermunzel(b, a)` sign.
 *
 * Its standard error is zero in two cases, and there p is the one that permuting all observations gives (Neubert and
 * Brunner, "A studentized permutation test for the nonparametric Behrens-Fisher problem", CSDA 51(10), 2007): 1 when
 * all values are equal, 2/C(n + m, n) when the samples do not overlap. `null` for a single observation a side, which
 * has no spread.
 */
export function brunnerMunzel(a: SortedSamples, b: SortedSamples): BrunnerMunzel | null {
  const [n, m] = [a.length, b.length];
  const [inB, inA] = [sortedSamples(placements(a, b)), sortedSamples(placements(b, a))];
  const [sdA, sdB] = [standardDeviation(inB), standardDeviation(inA)];
  if (sdA === null || sdB === null) return null;
  const effect = (mean(inB) - m / 2) / m;
  if (sdA === 0 && sdB === 0) {
    return { statistic: null, df: null, p: effect === 0 ? 1 : 2 / arrangementsOf(n, m) };
  }
  const [varianceA, varianceB] = [(sdA / m) ** 2 / n, (sdB / n) ** 2 / m];
  const variance = varianceA + varianceB;
  const statistic = effect / Math.sqrt(variance);
  const df = variance ** 2 / (varianceA ** 2 / (n - 1) + varianceB ** 2 / (m - 1));
  return { statistic, df, p: 2 * tCdf(-Math.abs(statistic), df) };
}

/** C(n + m, n); Infinity, and so p = 0, beyond 10³⁰⁸. */
function arrangementsOf(n: number, m: number): number {
  let count = 1;
  for (let i = 1; i <= n; i += 1) count *= (m + i) / i;
  return count;
}
