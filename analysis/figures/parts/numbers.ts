/** Numbers of a sample as it was measured: one of whole numbers shows no decimals that nobody measured. */
import { interval, ms } from "../../samples/numbers.ts";
import type { Interval } from "../../statistics/interval.ts";
import type { Level, Replicate } from "../../summaries/described.ts";

/** The median of two whole numbers may lie half-way between them; what else has a fraction is computed, and large is rounded. */
const whole = (value: number): string => {
  const halves = Number.isInteger(2 * value) || Math.abs(value) < FEW;
  return String(halves ? Math.round(2 * value) / 2 : Math.round(value));
};
const FEW = 10;

export const numberOf = (values: readonly number[]): ((value: number) => string) => (values.every(Number.isInteger) ? whole : ms);

/** `lo–hi`, with the ends as in {@link numberOf}. */
export const intervalOf = (values: readonly number[]): ((ends: Interval | null) => string) =>
  values.every(Number.isInteger)
    ? (ends) => (ends === null ? interval(null) : `${whole(ends[0])}${ends[0] < 0 ? " to " : "–"}${whole(ends[1])}`)
    : interval;

const MADE: Readonly<Record<Replicate, string>> = {
  trials: "order statistics",
  "dependent trials": "by the effective number of trials where they depend on each other",
  sessions: "of the sessions' medians, t on logarithms",
};

/** How the intervals of the medians were made, for a caption; no more of it than occurs. */
export function intervalsAre(measured: readonly { readonly described: { readonly level: Level } }[]): string {
  const made = new Set(measured.flatMap(({ described: { level } }) => (level.ends === null ? [] : [MADE[level.of]])));
  return made.size === 0 ? MADE.trials : [...made].join("; ");
}

/** Behind "median", for a caption. */
export const withInterval = (measured: readonly { readonly described: { readonly level: Level } }[]): string =>
  measured.every(({ described: { level } }) => level.ends === null)
    ? "; too few trials for its interval"
    : ` with its 95\u00a0% confidence interval (${intervalsAre(measured)})`;
