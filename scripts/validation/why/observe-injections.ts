/** Starts with something put in, each in the same block as one of the same programs with nothing put in, in random order. */

import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { KernelProbe } from "../../../benchmarks/design/ports.ts";
import { machineClock } from "../../../benchmarks/edges/host/clock.ts";
import { observeStart } from "../../../benchmarks/start/observe-start.ts";
import { shuffled } from "../../../research/shuffled.ts";
import { milliseconds } from "../../../research/units.ts";
import type { ArmedEngine, HookReport } from "./armed-engine.ts";
import { type CpuTimes, cpuAccounts } from "./cpu-accounts.ts";
import { type ExplainedStart, explainedStart } from "./explained-start.ts";
import { type Amounts, COMMANDS, type Command, type Injection, NOTHING } from "./injections.ts";

export interface InjectedStart extends ExplainedStart {
  readonly hook: HookReport;
  /** What the kernel accounts to programs from the start's begin to its end. */
  readonly cpu: CpuTimes;
}

/** A start with nothing put in for each command, and one for each injection. */
export interface InjectedBlock {
  readonly nothing: Readonly<Partial<Record<Command, InjectedStart>>>;
  readonly injected: ReadonlyMap<Injection, InjectedStart>;
}

interface Plan {
  readonly injections: readonly Injection[];
  readonly blocks: number;
  readonly seed: number;
  readonly imageOf: (command: Command) => string;
}

/** Beside busy loops a start takes many times as long. */
const TIMEOUT = milliseconds(120_000);

/**
 * A start of each command with nothing put in warms up.
 *
 * @param onBlock called after each block
 * @throws Error when a start goes wrong or cannot be explained
 */
export async function observeInjections(
  armed: ArmedEngine,
  probe: KernelProbe,
  { injections, blocks, seed, imageOf }: Plan,
  signal: AbortSignal,
  onBlock: (done: number) => void = () => undefined,
): Promise<InjectedBlock[]> {
  const random = xoroshiro128plus(seed);
  const accounts = cpuAccounts(armed.dockerd);
  const commands = [...new Set(injections.map(({ command }) => command))];
  const arms = [
    ...commands.map((command) => ({ command, injection: undefined })),
    ...injections.map((injection) => ({ command: injection.command, injection })),
  ];
  const instruments = { engine: armed.engine, probe, clock: machineClock };
  const start = async (command: Command, amounts: Amounts): Promise<InjectedStart> => {
    using arm = armed.arm(command, amounts);
    const request = { ...arm.request, image: imageOf(command), timeout: TIMEOUT, untilFirstByte: false };
    let cpu: CpuTimes = {};
    const explained = await explainedStart(instruments, request, signal, async (...start) => {
      const before = await accounts();
      const observed = await observeStart(...start);
      cpu = Object.fromEntries(Object.entries(await accounts()).map(([program, ns]) => [program, ns - (before[program] ?? 0)]));
      return observed;
    });
    return { ...explained, hook: armed.report(), cpu };
  };
  for (const command of commands) await start(command, NOTHING);
  const observed: InjectedBlock[] = [];
  for (let block = 1; block <= blocks; block += 1) {
    const nothing: Partial<Record<Command, InjectedStart>> = {};
    const injected = new Map<Injection, InjectedStart>();
    for (const { command, injection } of shuffled(arms, (size) => uniformInt(random, 0, size - 1))) {
      const seen = await start(command, { ...NOTHING, ...injection?.amounts });
      if (injection === undefined) nothing[command] = seen;
      else injected.set(injection, seen);
    }
    observed.push({ nothing, injected });
    onBlock(block);
  }
  return observed;
}

export const imagesOf = (injections: readonly Injection[]): string[] => [
  ...new Set(injections.map(({ command }) => COMMANDS[command])),
];
