/** Starts in every state, in blocks: each block has one of each, in random order. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { KernelProbe } from "../../../benchmarks/design/ports.ts";
import { machineClock } from "../../../benchmarks/edges/host/clock.ts";
import { STARTUP } from "../../../research/protocol.ts";
import { shuffled } from "../../../research/shuffled.ts";
import { milliseconds } from "../../../research/units.ts";
import { type ExplainedStart, explainedStart } from "../why/explained-start.ts";
import type { State, States } from "./states.ts";

export type Block = ReadonlyMap<State, ExplainedStart>;

interface Plan {
  readonly of: readonly State[];
  readonly blocks: number;
  readonly seed: number;
}

/** Beside busy loops a start takes many times as long. */
const TIMEOUT = milliseconds(120_000);

/**
 * @param onBlock called after each block; the first is a warm-up and is not returned
 * @throws Error when a start goes wrong or cannot be explained
 */
export async function observeInTurns(
  states: States,
  probe: KernelProbe,
  { of, blocks, seed }: Plan,
  signal: AbortSignal,
  onBlock: (done: number) => void,
): Promise<Block[]> {
  const random = xoroshiro128plus(seed);
  const observed: Block[] = [];
  for (let block = 0; block <= blocks; block += 1) {
    const seen = new Map<State, ExplainedStart>();
    for (const state of shuffled(of, (size) => uniformInt(random, 0, size - 1))) {
      const { engine, image } = states.place(state);
      using _entered = await states.enter(state);
      const settings = state === "host" ? { network: "host" as const } : {};
      const request = { image, command: STARTUP.command, settings, timeout: TIMEOUT, untilFirstByte: false };
      seen.set(state, await explainedStart({ engine, probe, clock: machineClock }, request, signal));
    }
    if (block > 0) observed.push(seen);
    onBlock(block);
  }
  return observed;
}
