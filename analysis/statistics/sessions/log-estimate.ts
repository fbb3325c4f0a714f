import tCdf from "@stdlib/stats-base-dists-t-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { CONFIDENCE, type Interval } from "../interval.ts";

/** A factor that was estimated on its logarithm, with Student's t behind it: what intervals and tests are made from. */
export interface LogEstimate {
  /** Logarithm of the factor. */
  readonly log: number;
  /** Of the logarithm; above zero unless all sessions agree to the last bit. */
  readonly standardError: number;
  /** Above zero; need not be whole. */
  readonly df: number;
}

export const factorOf = ({ log }: LogEstimate): number => Math.exp(log);

/**
 * Interval of the factor, e^(log ± t(df) · standard error): asymmetric, and never below zero.
 * @throws RangeError for a confidence not strictly between 0 and 1
 */
export function factorInterval({ log, standardError, df }: LogEstimate, confidence: number = CONFIDENCE): Interval {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`not strictly between 0 and 1: confidence = ${confidence}`);
  const half = tQuantile((1 + confidence) / 2, df) * standardError;
  return [Math.exp(log - half), Math.exp(log + half)];
}

/** Two-sided p-value of "the factor is 1". Without spread: 0, or 1 where the estimate is 1 itself. */
export const pOfNoFactor = (estimate: LogEstimate): number => 2 * Math.min(pAtMost(estimate, 1), pAtLeast(estimate, 1));

/** One-sided p-value of "the factor is at most `bound`": small where it is clearly larger. */
export const pAtMost = (estimate: LogEstimate, bound: number): number => 1 - distance(estimate, bound);

/** One-sided p-value of "the factor is at least `bound`": small where it is clearly smaller. */
export const pAtLeast = (estimate: LogEstimate, bound: number): number => distance(estimate, bound);

/** F(t) of how far the estimate lies above the bound. */
function distance({ log, standardError, df }: LogEstimate, bound: number): number {
  const above = log - Math.log(bound);
  if (standardError === 0) return above === 0 ? 0.5 : above > 0 ? 1 : 0;
  return tCdf(above / standardError, df);
}
