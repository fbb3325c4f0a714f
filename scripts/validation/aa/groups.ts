/** Sessions → pairs of groups of k: disjoint in time order, disjoint at random, and many that overlap. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { shuffled } from "../../../research/shuffled.ts";

/** Numbers of sessions: k of them a side. */
export interface Groups {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

export type RandomIndex = (size: number) => number;

export function randomIndex(seed: number): RandomIndex {
  const random = xoroshiro128plus(seed);
  return (size) => uniformInt(random, 0, size - 1);
}

/** In order: the first k against the next k, and so on. Independent of each other where sessions are. */
export const inOrder = (sessions: readonly number[], k: number): Groups[] =>
  Array.from({ length: Math.floor(sessions.length / (2 * k)) }, (_, pair) => ({
    a: sessions.slice(2 * pair * k, (2 * pair + 1) * k),
    b: sessions.slice((2 * pair + 1) * k, (2 * pair + 2) * k),
  }));

/** Drawn without replacement within a split; splits overlap each other. None where there are fewer than 2k sessions. */
export const atRandom = (sessions: readonly number[], k: number, splits: number, index: RandomIndex): Groups[] =>
  sessions.length < 2 * k ? [] : Array.from({ length: splits }, () => inOrder(shuffled(sessions, index), k)[0] as Groups);

/** Rounds, k of them at a time: both sides have the same. */
export const roundsAtRandom = (rounds: readonly number[], k: number, splits: number, index: RandomIndex): Groups[] =>
  rounds.length < k
    ? []
    : Array.from({ length: splits }, () => {
        const drawn = shuffled(rounds, index).slice(0, k);
        return { a: drawn, b: drawn };
      });

/** The first k rounds, the next k, and so on. */
export const roundsInOrder = (rounds: readonly number[], k: number): Groups[] =>
  Array.from({ length: Math.floor(rounds.length / k) }, (_, group) => {
    const drawn = rounds.slice(group * k, (group + 1) * k);
    return { a: drawn, b: drawn };
  });
