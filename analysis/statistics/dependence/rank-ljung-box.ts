import { chiSquareTail } from "../tests/chi-square-tail.ts";
import { type LjungBox, ljungBox } from "./ljung-box.ts";
import { QUANTILES } from "./rank-ljung-box-quantiles.ts";

/**
 * {@link ljungBox} of midranks, which one outlier cannot hide dependence from (Dufour and Roy, "Some robust exact results on
 * sample autocorrelations and tests of randomness", J. Econometrics 29(3), 1985: under independence every order of the ranks is
 * as likely). χ² is far too small a yardstick for short series and many tests: of 50 independent observations p ≤ 0.0001 comes
 * thirty times too often. Up to p = 0.1 the values that Q has in random orders of n ranks are known to 5 %, down to p = 0.0001
 * ({@link QUANTILES}); between them, and beyond, ln p is taken as linear in √Q, which it nearly is. Above 0.1 it is χ² stretched to
 * the mean that Q has in random orders, and met at 0.1: right to 0.02 from 15 observations on, to 0.07 below. From n = 1000 on χ² serves.
 * `null` when all observations are equal, or fewer than five.
 * @param ranks midranks, in order of collection
 * @throws RangeError for an empty sample, NaN or an infinity
 */
export function rankLjungBox(ranks: readonly number[]): LjungBox | null {
  const n = ranks.length;
  const found = ljungBox(ranks, lagsOf(n));
  return found === null || n >= LONG ? found : { ...found, p: pOf(n, found) };
}

/** Half as many as usual: what lasts for a few trials, or drifts, is in the first, and the others add noise. */
export const lagsOf = (n: number): number | undefined => (n < 5 ? undefined : Math.min(5, Math.floor(n / 5)));

/** What the quantiles of Q belong to. */
export const TAIL_P = [0.1, 0.05, 0.02, 0.01, 0.003, 0.001, 0.0003, 0.0001] as const;
/** The last stretch of a table has few orders in it: the two before it say how it goes on, too. */
const FAR = TAIL_P.indexOf(0.001);
const LONG = 1_000;

/** How many of the random orders of n ranks have such a Q. @param n from 5, less than 1000 */
export function pOf(n: number, { statistic, degreesOfFreedom }: LjungBox): number {
  const root = Math.sqrt(statistic);
  const quantiles = quantilesOf(n);
  const knots = quantiles.map(Math.sqrt);
  const next = knots.findIndex((knot) => knot >= root);
  if (next === 0) {
    const stretch = degreesOfFreedom / meanOf(n, degreesOfFreedom);
    const below = (q: number): number => 1 - chiSquareTail(q * stretch, degreesOfFreedom);
    return 1 - (below(statistic) / below(quantiles[0] as number)) * (1 - TAIL_P[0]);
  }
  const [from, to] = next < 0 ? [FAR, TAIL_P.length - 1] : [next - 1, next];
  const [begin, end] = [knots[from] as number, knots[to] as number];
  // Of few observations Q has few values: the largest is met by all that is rarer.
  if (begin === end) return TAIL_P[knots.indexOf(end)] as number;
  const [pBegin, pEnd] = [TAIL_P[from] as number, TAIL_P[to] as number];
  return pBegin * (pEnd / pBegin) ** ((root - begin) / (end - begin));
}

/** Between two numbers of observations linear in 1/n. */
function quantilesOf(n: number): readonly number[] {
  const after = QUANTILES.findIndex(([size]) => size >= n);
  const [size, quantiles] = QUANTILES[after] as (typeof QUANTILES)[number];
  if (size === n) return quantiles;
  const [sizeBefore, before] = QUANTILES[after - 1] as (typeof QUANTILES)[number];
  const part = (1 / sizeBefore - 1 / n) / (1 / sizeBefore - 1 / size);
  return quantiles.map((quantile, index) => (1 - part) * (before[index] as number) + part * quantile);
}

/** Q's mean in random orders of n ranks, exactly, by means and variances of its autocorrelations (Dufour and Roy). */
function meanOf(n: number, lags: number): number {
  let sum = 0;
  for (let lag = 1; lag <= lags; lag += 1) {
    const mean = -(n - lag) / (n * (n - 1));
    const variance =
      (5 * n ** 4 - (5 * lag + 9) * n ** 3 + 9 * (lag - 2) * n ** 2 + 2 * lag * (5 * lag + 8) * n + 16 * lag ** 2) /
      (5 * (n - 1) ** 2 * n ** 2 * (n + 1));
    sum += (variance + mean ** 2) / (n - lag);
  }
  return n * (n + 2) * sum;
}
