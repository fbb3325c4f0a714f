/**
 * How often chance alone calls equals different, and how much that may vary. Splits of the same sessions overlap, so their number says nothing of how
 * much they tell. What they are worth is found by drawing sessions that truly do not differ: the share of splits called
 * different varies from one such collection to the next as that of so many independent comparisons.
 */
import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { factorInterval } from "../../../analysis/statistics/sessions/log-estimate.ts";
import { pairedSessions, unpairedSessions } from "../../../analysis/statistics/sessions/session-level.ts";
import { normalDraws } from "../../../analysis/testing/normal-draws.ts";
import { type Groups, randomIndex } from "./groups.ts";

const LEVEL = 0.05;
const OFTEN = 0.99;

/** The most of n independent comparisons that chance calls different at 5 %, in 99 of 100 collections: several are looked at. */
export function mostByChance(n: number): number {
  for (let most = 0; most < n; most += 1) if (binomialCdf(most, n, LEVEL) >= OFTEN) return most;
  return n;
}

export interface ShareByChance {
  /** Mean over collections; 0.05 where the procedure keeps its level. */
  readonly mean: number;
  /** In 99 of 100 collections of equals it is at most this. */
  readonly most: number;
  /** 0.05 · 0.95 / variance of the share: as many independent comparisons vary as much. */
  readonly effective: number;
}

const COLLECTIONS = 500;

/**
 * @param draw the groups whose share it is, drawn again for each collection of n normal sessions
 * @param paired by rounds: both sides have the same numbers
 */
export function shareByChance(
  n: number,
  paired: boolean,
  draw: (sessions: readonly number[], index: (size: number) => number) => readonly Groups[],
): ShareByChance {
  const [normal, index] = [normalDraws(1), randomIndex(2)];
  const numbers = Array.from({ length: n }, (_, session) => session);
  const shares = Array.from({ length: COLLECTIONS }, () => {
    const side = (): number[] => numbers.map(() => Math.exp(0.05 * normal()));
    const ofA = side();
    const ofB = paired ? side() : ofA;
    const groups = draw(numbers, index);
    const called = groups.filter(({ a, b }) => {
      const [inA, inB] = [a.map((session) => ofA[session] as number), b.map((session) => ofB[session] as number)];
      const estimate = paired
        ? pairedSessions(inA.map((value, round) => [value, inB[round] as number]))
        : unpairedSessions(inA, inB);
      const [low, high] = factorInterval(estimate ?? { value: 0, standardError: 1, df: 1 });
      return low > 1 || high < 1;
    });
    return called.length / groups.length;
  }).sort((x, y) => x - y);
  const mean = shares.reduce((sum, share) => sum + share, 0) / COLLECTIONS;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (COLLECTIONS - 1);
  return { mean, most: shares[Math.ceil(OFTEN * COLLECTIONS) - 1] as number, effective: (LEVEL * (1 - LEVEL)) / variance };
}
