/** A private engine with delays at will: its runtime is a wrapper, its socket lies behind a proxy, and it has a volume plugin. */
import { join } from "node:path";
import type { JsonObject } from "../../../benchmarks/design/flags/flag.ts";
import { type FoundEngine, findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { provideVolumes } from "../../../benchmarks/edges/engine/flags/provide-volumes.ts";
import { claimEngine } from "../private-engine.ts";
import { writeDelayingRuntime } from "./delaying-runtime.ts";
import { openDelayingVolumes } from "./delaying-volumes.ts";
import { openHoldingProxy } from "./holding-proxy.ts";
import { type Arm, delayAt } from "./places.ts";

export interface DelayedEngine extends AsyncDisposable {
  readonly engine: FoundEngine["engine"];
  /** For the next start. @returns the command to start, which sleeps for its part */
  readonly arm: (arm: Arm) => readonly string[];
  /** Of every start: it mounts a volume of the plugin's. */
  readonly body: JsonObject;
  /** How long the proxy and the plugin held requests since then, in ns. */
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
    const volumes = await openDelayingVolumes(own.files, join(own.root, "lib/etc-docker"));
    endings.push(() => volumes[Symbol.asyncDispose]());
    const found = await findEngine(proxy.url, false, say);
    endings.push(() => found[Symbol.asyncDispose]());
    await found.engine.open();
    const body = { HostConfig: { Binds: ["tierbench-delayed:/volume"], VolumeDriver: volumes.driver } };
    const provided = await provideVolumes(found.engine.docker, body);
    endings.push(() => provided[Symbol.asyncDispose]());
    return {
      engine: found.engine,
      arm: (arm) => {
        runtime.arm(arm);
        volumes.hold(delayAt(arm, "volume"));
        proxy.hold({ create: delayAt(arm, "create"), start: delayAt(arm, "start") });
        return ["sh", "-c", `sleep ${delayAt(arm, "entrypoint") / 1e3}; echo hello`];
      },
      body,
      held: () => proxy.held() + volumes.held(),
      [Symbol.asyncDispose]: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
