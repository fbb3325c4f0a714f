import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { CONFIDENCE, type Interval } from "../interval.ts";
import { tQuantile } from "../t-quantile.ts";

/** A difference that was estimated with Student's t behind it: what intervals and tests are made from. */
export interface SessionEstimate {
  /** On the scale on which it was estimated: the metric's own, or its logarithm, where it is a factor's. */
  readonly value: number;
  /** On the same scale; above zero unless all sessions agree to the last bit. */
  readonly standardError: number;
  /** Above zero; need not be whole. */
  readonly df: number;
}
/** Of a factor, on its logarithm. */
export type LogEstimate = SessionEstimate;

export const factorOf = ({ value }: LogEstimate): number => Math.exp(value);

/**
 * value ± t(df) · standard error.
 * @throws RangeError for a confidence not strictly between 0 and 1
 */
export function estimateInterval({ value, standardError, df }: SessionEstimate, confidence: number = CONFIDENCE): Interval {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`not strictly between 0 and 1: confidence = ${confidence}`);
  const half = tQuantile((1 + confidence) / 2, df) * standardError;
  return [value - half, value + half];
}

/**
 * Interval of the factor, e^(log ± t(df) · standard error): asymmetric, and never below zero.
 * @throws RangeError for a confidence not strictly between 0 and 1
 */
export function factorInterval(estimate: LogEstimate, confidence: number = CONFIDENCE): Interval {
  const [low, high] = estimateInterval(estimate, confidence);
  return [Math.exp(low), Math.exp(high)];
}

/** Two-sided p-value of "there is no difference, the factor is 1". Without spread: 0, or 1 where there is none. */
export const pOfNone = (estimate: SessionEstimate): number => 2 * Math.min(1 - distance(estimate, 0), distance(estimate, 0));

/** One-sided p-value of "the factor is at most `bound`": small where it is clearly larger. */
export const pAtMost = (estimate: LogEstimate, bound: number): number => 1 - distance(estimate, Math.log(bound));

/** One-sided p-value of "the factor is at least `bound`": small where it is clearly smaller. */
export const pAtLeast = (estimate: LogEstimate, bound: number): number => distance(estimate, Math.log(bound));

/** F(t) of how far the estimate lies above the bound. */
function distance({ value, standardError, df }: SessionEstimate, bound: number): number {
  const above = value - bound;
  if (standardError === 0) return above === 0 ? 0.5 : above > 0 ? 1 : 0;
  return tCdf(above / standardError, df);
}
