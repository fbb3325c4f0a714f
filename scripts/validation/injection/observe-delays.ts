/** Starts with a delay in one place or in none, interleaved in blocks of random order. */

import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { KernelProbe } from "../../../benchmarks/design/ports.ts";
import { machineClock } from "../../../benchmarks/edges/host/clock.ts";
import { observeStart } from "../../../benchmarks/start/observe-start.ts";
import { timeline } from "../../../benchmarks/timeline/timeline.ts";
import { type PhaseName, partition, type Tiers } from "../../../research/phases.ts";
import { STARTUP } from "../../../research/protocol.ts";
import { shuffled } from "../../../research/shuffled.ts";
import type { DelayedEngine } from "./delayed-engine.ts";
import type { Arm } from "./places.ts";
import { sleptNs } from "./slept.ts";

/** One start; all times in ns. */
export interface DelayedStart {
  readonly phases: Readonly<Partial<Record<PhaseName, number>>>;
  readonly tiers: Tiers;
  readonly total_ns: number;
  /** How long proxy, wrapper, hook and entrypoint waited, measured apart from the milestones. */
  readonly waited_ns: number;
}

/** A block holds one start of every arm, in the order of the arms whatever the order of the starts. */
export type DelayedBlock = readonly DelayedStart[];

interface Plan {
  readonly arms: readonly Arm[];
  readonly blocks: number;
  readonly seed: number;
  readonly image: string;
}

/**
 * A start of the first arm warms up: it runs all that the others run, with its delays or without.
 *
 * @param onBlock called after each block
 * @throws Error when a start goes wrong or is not seen whole
 */
export async function observeDelays(
  delayed: DelayedEngine,
  probe: KernelProbe,
  { arms, blocks, seed, image }: Plan,
  signal: AbortSignal,
  onBlock: (done: number) => void = () => undefined,
): Promise<DelayedBlock[]> {
  const [first] = arms;
  if (first !== undefined) await observe(delayed, probe, first, image, signal);
  const random = xoroshiro128plus(seed);
  const observed: DelayedBlock[] = [];
  for (let block = 1; block <= blocks; block += 1) {
    const starts = new Map<Arm, DelayedStart>();
    for (const arm of shuffled(arms, (size) => uniformInt(random, 0, size - 1)))
      starts.set(arm, await observe(delayed, probe, arm, image, signal));
    observed.push(arms.map((arm) => starts.get(arm) as DelayedStart));
    onBlock(block);
  }
  return observed;
}

async function observe(
  delayed: DelayedEngine,
  probe: KernelProbe,
  arm: Arm,
  image: string,
  signal: AbortSignal,
): Promise<DelayedStart> {
  const request = { image, command: delayed.arm(arm), body: delayed.body, timeout: STARTUP.timeout, untilFirstByte: false };
  const start = await observeStart({ engine: delayed.engine, probe, clock: machineClock }, request, signal);
  const { phases, tiers, total_ns, incomplete } = partition(timeline({ ...start, wall: undefined }, probe.resolution).milestones);
  if (start.outcome !== "ok" || start.containerId === undefined || total_ns === null)
    throw new Error(`a start failed: ${start.problem ?? incomplete}`);
  return {
    phases: Object.fromEntries(phases.map(({ phase, duration_ns }) => [phase, duration_ns])),
    tiers,
    total_ns,
    waited_ns: Number(delayed.held() + sleptNs(start.trace, start.containerId)),
  };
}
