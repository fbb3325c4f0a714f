import type { Interval } from "../../../analysis/statistics/interval.ts";
import type { NormalDraws } from "../../../analysis/testing/normal-draws.ts";
import type { Population, Truths } from "./populations.ts";

export interface Candidate<Data> {
  readonly name: string;
  /** Resampling takes a thousand times as long, and is repeated less often. */
  readonly resamples: boolean;
  readonly interval: (data: Data, seed: number) => Interval | null;
  readonly truth: (truths: Truths) => number;
}

export interface Design<Data> {
  readonly name: string;
  readonly draw: (population: Population, n: number, normal: NormalDraws) => Data;
  readonly candidates: readonly Candidate<Data>[];
}

/** Resamples of each bootstrap here; the commands draw more, which makes their ends steadier. */
export const REPLICATES = 1_000;
export const options = (seed: number) => ({ seed, replicates: REPLICATES });

export const toMean = ({ mean }: Truths): number => mean;
export const toQuantile =
  (p: number) =>
  ({ quantile }: Truths): number =>
    quantile(p);
export const toMedian = toQuantile(0.5);
export const toShift = ({ shift }: Truths): number => shift;

export function exact<Data>(
  name: string,
  interval: (data: Data) => Interval | null,
  truth: Candidate<Data>["truth"],
): Candidate<Data> {
  return { name, resamples: false, interval, truth };
}

export function resampling<Data>(
  name: string,
  interval: Candidate<Data>["interval"],
  truth: Candidate<Data>["truth"],
): Candidate<Data> {
  return { name, resamples: true, interval, truth };
}

export const drawn = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);
