/** A private engine with delays at will: its runtime is a wrapper, its socket lies behind a proxy. */
import { join } from "node:path";
import { type FoundEngine, findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { claimEngine } from "../private-engine.ts";
import { writeDelayingRuntime } from "./delaying-runtime.ts";
import { openHoldingProxy } from "./holding-proxy.ts";
import { type Arm, delayAt } from "./places.ts";

export interface DelayedEngine extends AsyncDisposable {
  readonly engine: FoundEngine["engine"];
  /** For the next start. @returns the command to start, which sleeps for its part */
  readonly arm: (arm: Arm) => readonly string[];
  /** How long the proxy held requests since then, in ns. */
  readonly held: () => bigint;
}

/** @throws Error when the engine cannot be started, or is at another validation's work */
export async function startDelayedEngine(say: (line: string) => void): Promise<DelayedEngine> {
  const own = await claimEngine("delayed");
  const endings: (() => unknown)[] = [() => own[Symbol.asyncDispose]()];
  const end = async (): Promise<void> => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    const runtime = writeDelayingRuntime(own.files);
    say("starting a private engine with a delaying runtime");
    await own.start(runtime.configuration);
    const proxy = await openHoldingProxy(own.socket, join(own.files, "proxy.sock"));
    endings.push(() => proxy[Symbol.asyncDispose]());
    const found = await findEngine(proxy.url, false, say);
    endings.push(() => found[Symbol.asyncDispose]());
    await found.engine.open();
    return {
      engine: found.engine,
      arm: (arm) => {
        runtime.arm(arm);
        proxy.hold({ create: delayAt(arm, "create"), start: delayAt(arm, "start") });
        return ["sh", "-c", `sleep ${delayAt(arm, "entrypoint") / 1e3}; echo hello`];
      },
      held: proxy.held,
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
