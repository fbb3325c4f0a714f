import { mean } from "simple-statistics";
import { CONFIDENCE, type Interval } from "../interval.ts";
import { tQuantile } from "../t-quantile.ts";
import type { Pair } from "./paired-differences.ts";

export interface RatioOfMeans {
  readonly ratio: number;
  /** `null` where the denominator is not significantly different from 0: then any ratio is possible. */
  readonly interval: Interval | null;
}

/** Two means that were estimated together, in one unit. */
interface JointMeans {
  readonly part: number;
  readonly whole: number;
  /** Of the means: variance of part, covariance, variance of whole. */
  readonly variances: readonly [part: number, both: number, whole: number];
  readonly df: number;
}

/**
 * Which share of the whole is the part: the ratio of their means, with Fieller's interval ("Some problems in interval
 * estimation", J. R. Stat. Soc. B 16(2), 1954), which is exact where both are normal, and does not pretend to know the
 * denominator. Means, because they add up as the parts of every trial do. `null` for fewer than two pairs, or a mean of the
 * whole of 0.
 * @param pairs part and whole of each trial (or their differences in each round), in one unit
 */
export function ratioOfMeans(pairs: readonly Pair[], confidence: number = CONFIDENCE): RatioOfMeans | null {
  return pairs.length < 2 ? null : fieller(jointMeans(pairs), confidence);
}

/**
 * Which share of the difference of two wholes is the difference of their parts, where nothing pairs the trials of a and b.
 * The degrees of freedom are Satterthwaite's, of the part less the ratio times the whole.
 */
export function ratioOfMeanDifferences(
  a: readonly Pair[],
  b: readonly Pair[],
  confidence: number = CONFIDENCE,
): RatioOfMeans | null {
  if (a.length < 2 || b.length < 2) return null;
  const [ofA, ofB] = [jointMeans(a), jointMeans(b)];
  const [part, whole] = [ofA.part - ofB.part, ofA.whole - ofB.whole];
  const ratio = part / whole;
  const variance = ({ variances: [parts, both, wholes] }: JointMeans): number => parts - 2 * ratio * both + ratio ** 2 * wholes;
  const [varianceA, varianceB] = [variance(ofA), variance(ofB)];
  const total = varianceA + varianceB;
  const df = total > 0 ? total ** 2 / (varianceA ** 2 / ofA.df + varianceB ** 2 / ofB.df) : ofA.df + ofB.df;
  const [x, y] = [ofA.variances, ofB.variances];
  return fieller({ part, whole, variances: [x[0] + y[0], x[1] + y[1], x[2] + y[2]], df }, confidence);
}

function jointMeans(pairs: readonly Pair[]): JointMeans {
  const n = pairs.length;
  const [part, whole] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))];
  let [parts, both, wholes] = [0, 0, 0];
  for (const [x, y] of pairs) {
    parts += (x - part) ** 2;
    both += (x - part) * (y - whole);
    wholes += (y - whole) ** 2;
  }
  const scale = n * (n - 1);
  return { part, whole, variances: [parts / scale, both / scale, wholes / scale], df: n - 1 };
}

/** The ratios ρ for which part − ρ · whole is within t standard errors of 0: between the roots of a quadratic. */
function fieller({ part, whole, variances: [parts, both, wholes], df }: JointMeans, confidence: number): RatioOfMeans | null {
  if (whole === 0) return null;
  const ratio = part / whole;
  const squared = tQuantile((1 + confidence) / 2, df) ** 2;
  const leading = whole ** 2 - squared * wholes;
  if (!(leading > 0)) return { ratio, interval: null };
  const middle = part * whole - squared * both;
  const root = Math.sqrt(Math.max(0, middle ** 2 - leading * (part ** 2 - squared * parts)));
  return { ratio, interval: [(middle - root) / leading, (middle + root) / leading] };
}
