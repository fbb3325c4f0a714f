import { mean } from "../one-sample/mean.ts";
import { standardDeviation } from "../one-sample/standard-deviation.ts";
import { sortedSamples } from "../sorted-samples.ts";
import type { LogEstimate, SessionEstimate } from "./log-estimate.ts";

/**
 * The level of a platform from its sessions, each represented by one number (the median of its trials): mean and standard
 * error of the logarithms, k − 1 degrees of freedom (Student, "The probable error of a mean", Biometrika 6(1), 1908). The
 * replicate is the session: what differs between sessions is in the interval, however many trials each has.
 * `null` for fewer than two sessions, or a value that is not positive.
 * @param medians one a session, in the metric's unit
 */
export function sessionLevel(medians: readonly number[]): LogEstimate | null {
  return medians.length < 2 || medians.some((value) => !(value > 0)) ? null : ofNumbers(medians.map(Math.log));
}

/**
 * By what factor a differs from b where rounds pair their sessions: Student's t on the differences of the logarithms,
 * k − 1 degrees of freedom. What a round's two sessions have in common (the hour, the temperature, a neighbour) falls out.
 * `null` for fewer than two rounds, or a value that is not positive.
 * @param rounds a's and b's number in each round
 */
export function pairedSessions(rounds: readonly (readonly [a: number, b: number])[]): LogEstimate | null {
  if (rounds.length < 2 || rounds.some(([a, b]) => !(a > 0 && b > 0))) return null;
  return ofNumbers(rounds.map(([a, b]) => Math.log(a) - Math.log(b)));
}

/**
 * By what factor a differs from b where nothing pairs their sessions: Welch's t on the logarithms with Satterthwaite's
 * degrees of freedom (Welch, "The generalization of 'Student's' problem when several different population variances are
 * involved", Biometrika 34(1–2), 1947). `null` for fewer than two sessions a side, or a value that is not positive.
 * @param a one number a session @param b likewise
 */
export function unpairedSessions(a: readonly number[], b: readonly number[]): LogEstimate | null {
  const [ofA, ofB] = [sessionLevel(a), sessionLevel(b)];
  return ofA === null || ofB === null ? null : welch(ofA, ofB);
}

/**
 * By how much a differs from b where rounds pair their sessions and a value is not positive, so that there is no factor:
 * Student's t on the differences themselves. `null` for fewer than two rounds.
 */
export const pairedDifferences = (rounds: readonly (readonly [a: number, b: number])[]): SessionEstimate | null =>
  rounds.length < 2 ? null : ofNumbers(rounds.map(([a, b]) => a - b));

/** The same where nothing pairs them: Welch's t on the numbers themselves. `null` for fewer than two sessions a side. */
export const unpairedDifferences = (a: readonly number[], b: readonly number[]): SessionEstimate | null =>
  Math.min(a.length, b.length) < 2 ? null : welch(ofNumbers(a), ofNumbers(b));

function welch(a: SessionEstimate, b: SessionEstimate): SessionEstimate {
  const [varianceA, varianceB] = [a.standardError ** 2, b.standardError ** 2];
  const variance = varianceA + varianceB;
  const df = variance === 0 ? a.df + b.df : variance ** 2 / (varianceA ** 2 / a.df + varianceB ** 2 / b.df);
  return { value: a.value - b.value, standardError: Math.sqrt(variance), df };
}

function ofNumbers(numbers: readonly number[]): SessionEstimate {
  const samples = sortedSamples(numbers);
  const sd = standardDeviation(samples) as number; // there are two at least
  return { value: mean(samples), standardError: sd / Math.sqrt(samples.length), df: samples.length - 1 };
}
