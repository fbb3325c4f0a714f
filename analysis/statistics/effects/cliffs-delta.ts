import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { CONFIDENCE, type Interval } from "../interval.ts";
import { type SortedSamples, sortedSamples } from "../sorted-samples.ts";
import { sum } from "../sum.ts";
import { tQuantile } from "../t-quantile.ts";
import { placements } from "../tests/placements.ts";
import { tiedPairs } from "../tests/ranks.ts";

export interface CliffsDelta {
  /** P(a > b) − P(a < b) = 2U/(nm) − 1: from −1, every a below every b, to 1. */
  readonly delta: number;
  /** 95 %, within [−1, 1]; `null` for a single observation a side. */
  readonly interval: Interval | null;
}

/**
 * How often a value of one sample is larger than one of the other, less how often it is smaller (Cliff, "Dominance
 * statistics: ordinal analyses to answer ordinal questions", Psychological Bulletin 114(3), 1993). No unit.
 *
 * Interval: Cliff's consistent variance ("Ordinal Methods for Behavioral Data Analysis", 1996, chapter 5), asymmetric
 * after Feng and Cliff ("Monte Carlo evaluation of ordinal d with improved confidence interval", J. Mod. Appl. Stat. Methods
 * 3(2), 2004), with Satterthwaite's degrees of freedom from the variances of both sides' dominances, as in Brunner and
 * Munzel's test, where they take n + m − 2: that is too many when one side is small and varies more. That variance is zero when the samples do not overlap and when
 * all values are equal; there the interval is {@link wilsonInterval}, which is never without width.
 */
export function cliffsDelta(a: SortedSamples, b: SortedSamples): CliffsDelta {
  const [n, m] = [a.length, b.length];
  const inB = placements(a, b);
  const u = sum(inB);
  const delta = (2 * u - n * m) / (n * m);
  if (n < 2 || m < 2) return { delta, interval: null };
  const tied = tiedPairs(sortedSamples([...a, ...b])) - tiedPairs(a) - tiedPairs(b);
  // The three mean squares of the dominance matrix sign(aᵢ − bⱼ): of its rows, of its columns, of its entries.
  const rows = squares(dominances(inB, m), delta) / (n - 1);
  const columns = squares(dominances(placements(b, a), n), -delta) / (m - 1);
  const entries = (n * m * (1 - delta ** 2) - tied) / ((n - 1) * (m - 1));
  const variance = ((m - 1) * rows + (n - 1) * columns + entries) / (n * m);
  const interval =
    variance > 0
      ? fengCliffInterval(delta, variance, satterthwaite(rows / n, n - 1, columns / m, m - 1))
      : wilsonInterval(delta, Math.min(n, m));
  return { delta, interval };
}

/** Each observation's share of the others below it less its share of those above. */
const dominances = (placed: readonly number[], others: number): number[] =>
  placed.map((placement) => (2 * placement - others) / others);

const squares = (values: readonly number[], center: number): number =>
  values.reduce((sum, value) => sum + (value - center) ** 2, 0);

/** Degrees of freedom of the sum of two independent variances of means; all of them where neither varies. */
function satterthwaite(first: number, firstDf: number, second: number, secondDf: number): number {
  const total = first + second;
  return total === 0 ? firstDf + secondDf : total ** 2 / (first ** 2 / firstDf + second ** 2 / secondDf);
}

function fengCliffInterval(delta: number, variance: number, df: number): Interval {
  const t = tQuantile((1 + CONFIDENCE) / 2, df);
  const [rest, margin] = [1 - delta ** 2, t * Math.sqrt(variance)];
  const half = margin * Math.hypot(rest, margin);
  return [(delta * rest - half) / (rest + margin ** 2), (delta * rest + half) / (rest + margin ** 2)];
}

/**
 * Wilson's score interval of P(a > b) + ½P(a = b) with the smaller sample as the number of trials ("Probable inference,
 * the law of succession, and statistical inference", JASA 22, 1927): that is the largest variance it can have (Birnbaum
 * and Klose, "Bounds for the variance of the Mann-Whitney statistic", Ann. Math. Statist. 28(4), 1957). At δ = ±1 its
 * inner end is ±(n − z²)/(n + z²), as Feng and Cliff have it.
 */
function wilsonInterval(delta: number, trials: number): Interval {
  const z = normalQuantile((1 + CONFIDENCE) / 2, 0, 1);
  const half = z * Math.sqrt(trials * (1 - delta ** 2) + z ** 2);
  return [(trials * delta - half) / (trials + z ** 2), (trials * delta + half) / (trials + z ** 2)];
}
