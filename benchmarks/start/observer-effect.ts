/** The observer effect: unobserved starts and starts under each probe, in rounds of random order. */
import { elapsedNs, toMilliseconds } from "../../research/units.ts";
import type { Clock, Engine, KernelProbe } from "../design/ports.ts";
import { blocksOf } from "../design/schedule.ts";
import { observeStart, type StartRequest } from "./observe-start.ts";

/** The median of the first of each pair over that of the second, with its 95 % interval; `null` when there are too few pairs. */
export type RatioOfMedians = (
  pairs: readonly (readonly [number, number])[],
) => { readonly estimate: number; readonly interval: readonly [lo: number, hi: number] } | null;

/** Begins to watch, separately for each start: a probe that is merely open has its tracepoints armed, and that costs time. */
export type Watch = () => Promise<KernelProbe>;

export interface RoundPlan {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly watches: readonly Watch[];
  readonly request: StartRequest;
  readonly rounds: number;
  readonly seed: number;
}

const WARMUP_ROUNDS = 2;

/**
 * One start under each watch a round.
 * @returns for each round, by watch, ms from create_sent to the first byte by the client's own clock: the same measure
 * however the start is watched
 * @throws Error when a start fails; the signal's reason when it is aborted
 */
export async function startRounds(plan: RoundPlan, signal: AbortSignal): Promise<number[][]> {
  const observed: number[][] = [];
  const blocks = blocksOf([[...plan.watches.keys()]], plan.rounds, WARMUP_ROUNDS, plan.seed);
  for (const { conditions, warmup } of blocks.flatMap(({ trials }) => trials)) {
    const round: number[] = [];
    for (const watch of conditions) round[watch] = await startMs(plan, plan.watches[watch] as Watch, signal);
    if (!warmup) observed.push(round);
  }
  return observed;
}

async function startMs({ engine, clock, request }: RoundPlan, watch: Watch, signal: AbortSignal): Promise<number> {
  await using probe = await watch();
  const { client, outcome, problem } = await observeStart({ engine, probe, clock }, request, signal);
  if (outcome !== "ok" || client.first_byte === undefined)
    throw new Error(`a start failed while the probe's cost was measured: ${problem ?? "it wrote nothing"}`);
  return toMilliseconds(elapsedNs(client.create_sent, client.first_byte));
}
