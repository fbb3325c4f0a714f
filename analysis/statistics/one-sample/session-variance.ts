import type { SortedSamples } from "../sorted-samples.ts";
import { sum } from "../sum.ts";
import { mean } from "./mean.ts";

export interface SessionVariance {
  /** Variance of trials about their session's mean, in the unit squared; `null` when no session has two trials. */
  readonly within: number | null;
  /**
   * Variance of the sessions' true means, in the unit squared. Not clamped: below 0 when the sessions' means lie closer
   * together than their trials' spread alone would put them; read it as none seen. `null` for a single session.
   */
  readonly between: number | null;
}

/**
 * Splits the variance of trials into that between and that within sessions: one-way random effects by the method of
 * moments, within = MSW, between = (MSB − MSW) / n₀ with n₀ = (N − Σnᵢ² / N) / (k − 1) for sessions of unequal size
 * (Searle, Casella and McCulloch, "Variance Components", 1992, section 3.6). With few sessions `between` is rough: for
 * two it rests on one degree of freedom. Where no session has two trials it cannot be separated from `within`, and is `null` too.
 * @throws RangeError when there is no session
 */
export function sessionVariance(sessions: readonly SortedSamples[]): SessionVariance {
  if (sessions.length === 0) throw new RangeError("no sessions, so no variance");
  const means = sessions.map(mean);
  const sizes = sessions.map((session) => session.length);
  const trials = sum(sizes);
  const grandMean = sum(sessions.map((_, i) => at(sizes, i) * at(means, i))) / trials;
  const squaresWithin = sum(sessions.map((session, i) => sum(session.map((trial) => (trial - at(means, i)) ** 2))));
  const squaresBetween = sum(sessions.map((_, i) => at(sizes, i) * (at(means, i) - grandMean) ** 2));
  const k = sessions.length;
  const within = trials > k ? squaresWithin / (trials - k) : null;
  const typicalSize = (trials - sum(sizes.map((size) => size ** 2)) / trials) / (k - 1);
  return { within, between: k > 1 && within !== null ? (squaresBetween / (k - 1) - within) / typicalSize : null };
}

const at = (numbers: readonly number[], index: number): number => numbers[index] as number;
