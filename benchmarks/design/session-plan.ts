/** How a run is divided into sessions, and their order. Drawn from the seed before the first session begins. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { SESSIONS } from "../../research/protocol.ts";
import { shuffled } from "../../research/shuffled.ts";

/** Seeds have 31 bits: every generator accepts them, and people can type them. */
export const SEED_LIMIT = 2 ** 31;

/** The portion of a run that a session measures. */
export interface Portion {
  /** Iterations asked for of the whole run. */
  readonly iterations: number;
  /** How many sessions share them, and which of those it is, from 0. */
  readonly sessions: number;
  readonly index: number;
}

/** A run of one session. */
export const whole = (iterations: number): Portion => ({ iterations, sessions: 1, index: 0 });

/** A session's portion of `total`: portions differ by one at most and add up to the total. */
export const portionOf = (total: number, { sessions, index }: Portion): number =>
  Math.floor(((index + 1) * total) / sessions) - Math.floor((index * total) / sessions);

/** One session for every {@link SESSIONS.blocksAtLeast} iterations, up to {@link SESSIONS.usual}. */
export const usualSessions = (iterations: number): number =>
  Math.min(SESSIONS.usual, Math.max(1, Math.floor(iterations / SESSIONS.blocksAtLeast)));

/** The most sessions that --precision may run, with this many iterations as the cap. */
export const mostSessions = (cap: number): number => Math.max(1, Math.floor(cap / SESSIONS.precisionBlocks));

export interface PlannedTurn {
  /** Index of the platform. */
  readonly platform: number;
  /** Each platform has one session in each, from 0: its portion's index. */
  readonly round: number;
  /** Place in the order of the round, from 0. */
  readonly turn: number;
  /** Of the order of its trials. */
  readonly seed: number;
}

/**
 * A session of each platform a round, the platforms in an order drawn for each round. In a round all draw the order of their
 * trials from the same seed, so that it is no difference between them; in the first round, from the run's own.
 */
export function planSessions(platforms: number, rounds: number, seed: number): PlannedTurn[] {
  const random = xoroshiro128plus(seed);
  const below = (size: number): number => uniformInt(random, 0, size - 1);
  const all = Array.from({ length: platforms }, (_, platform) => platform);
  return Array.from({ length: rounds }, (_, round) => {
    const drawn = below(SEED_LIMIT);
    const order = shuffled(all, below);
    return order.map((platform, turn) => ({ platform, round, turn, seed: round === 0 ? seed : drawn }));
  }).flat();
}
