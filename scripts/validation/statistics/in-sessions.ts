import { describeSessions } from "../../../analysis/samples/sessions.ts";
import type { Interval } from "../../../analysis/statistics/interval.ts";
import { meanInterval } from "../../../analysis/statistics/one-sample/mean-interval.ts";
import { quantileInterval } from "../../../analysis/statistics/one-sample/quantile-interval.ts";
import { sortedSamples } from "../../../analysis/statistics/sorted-samples.ts";
import { type Design, drawn, exact, toMean, toMedian } from "./design.ts";
import { recorded } from "./populations.ts";

interface Sessions {
  readonly values: readonly number[];
  readonly sessions: readonly number[];
}

/** Sessions for each number of observations: 3 of 2, 4 of 5, 5 of 10. */
const SESSIONS = new Map([
  [6, 3],
  [20, 4],
  [50, 5],
]);
const SHARE_BETWEEN = 0.2;

/** A fifth of the variance of the normal numbers is their session's. */
export const inSessions: Design<Sessions> = {
  name: "in sessions (3 of 2, 4 of 5, 5 of 10), a fifth of the variance between them",
  draw: (population, n, normal) => {
    const count = SESSIONS.get(n) ?? Math.ceil(Math.sqrt(n / 2));
    const levels = drawn(count, () => Math.sqrt(SHARE_BETWEEN) * normal());
    const sessions = Array.from({ length: n }, (_, row) => row % count);
    const within = Math.sqrt(1 - SHARE_BETWEEN);
    return { sessions, values: sessions.map((session) => recorded(population, (levels[session] as number) + within * normal())) };
  },
  candidates: [
    exact("mean, t", ({ values }) => meanInterval(sortedSamples(values)), toMean),
    exact("median, order statistics", ({ values }) => quantileInterval(sortedSamples(values), 0.5)?.interval ?? null, toMedian),
    exact("median, t on sessions' medians", levelOf, toMedian),
  ],
};

function levelOf({ values, sessions }: Sessions): Interval | null {
  return describeSessions(values, sessions, sortedSamples(values)).median_ci;
}
