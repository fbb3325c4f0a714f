/** What looking costs: starts with and without the kernel probe, in pairs of random order. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { elapsedNs, toMilliseconds } from "../research/units.ts";
import { observeStart, type StartRequest } from "./experiments/startup.ts";
import type { Clock, Engine, KernelProbe } from "./ports.ts";

/** Each from create_sent to the first byte, by the client's own clock: the same measure with and without the probe; ms. */
export type StartPair = readonly [traced_ms: number, untraced_ms: number];

/** Ratio of the medians, traced over untraced, with its 95 % interval; `null` when there are too few pairs. */
export type RatioOfMedians = (
  pairs: readonly StartPair[],
) => { readonly estimate: number; readonly interval: readonly [lo: number, hi: number] } | null;

export interface PairPlan {
  readonly engine: Engine;
  readonly clock: Clock;
  /** Opened for each traced start anew: a probe that merely stands by has its tracepoints armed, and costs already. */
  readonly openProbe: () => Promise<KernelProbe>;
  readonly noProbe: KernelProbe;
  readonly request: StartRequest;
  readonly pairs: number;
  readonly seed: number;
}

const WARMUP_PAIRS = 2;

/** @throws Error when a start goes wrong; the signal's reason when it is aborted */
export async function startPairs(plan: PairPlan, signal: AbortSignal): Promise<StartPair[]> {
  const random = xoroshiro128plus(plan.seed);
  const observed: StartPair[] = [];
  for (let pair = -WARMUP_PAIRS; pair < plan.pairs; pair += 1) {
    const tracedFirst = uniformInt(random, 0, 1) === 0;
    const first = await startMs(plan, tracedFirst, signal);
    const second = await startMs(plan, !tracedFirst, signal);
    if (pair >= 0) observed.push(tracedFirst ? [first, second] : [second, first]);
  }
  return observed;
}

async function startMs({ engine, clock, openProbe, noProbe, request }: PairPlan, traced: boolean, signal: AbortSignal) {
  await using probe = traced ? await openProbe() : noProbe;
  const { client, outcome, problem } = await observeStart({ engine, probe, clock }, request, signal);
  if (outcome !== "ok" || client.first_byte === undefined)
    throw new Error(`a start went wrong while the probe's cost was measured: ${problem ?? "it wrote nothing"}`);
  return toMilliseconds(elapsedNs(client.create_sent, client.first_byte));
}
