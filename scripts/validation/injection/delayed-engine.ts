/** A private engine with delays at will: its runtime is a wrapper, its socket lies behind a proxy. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type FoundEngine, findEngine } from "../../../benchmarks/edges/find-engine.ts";
import { isAlive, ownerToken } from "../../../benchmarks/edges/owner.ts";
import { writeDelayingRuntime } from "./delaying-runtime.ts";
import { openHoldingProxy } from "./holding-proxy.ts";
import { type Arm, delayAt } from "./places.ts";

const run = promisify(execFile);
const ENGINE_SCRIPT = fileURLToPath(new URL("../../engine", import.meta.url));
/** Beside the private engine that `run` would start, not instead of it. */
const ROOT = join(process.env.TIERBENCH_ENGINE_ROOT ?? "/var/lib/tierbench", "delayed");

export interface DelayedEngine extends AsyncDisposable {
  readonly engine: FoundEngine["engine"];
  /** For the next start. @returns the command to start, which sleeps for its part */
  readonly arm: (arm: Arm) => readonly string[];
  /** How long the proxy held requests since then, in ns. */
  readonly held: () => bigint;
}

/** @throws Error when the engine can not be started, or is at another validation's work */
export async function startDelayedEngine(say: (line: string) => void): Promise<DelayedEngine> {
  const files = join(ROOT, "injection");
  const ownerFile = join(files, "owner");
  const control = (command: string, more: NodeJS.ProcessEnv = {}) =>
    run(ENGINE_SCRIPT, [command], { env: { ...process.env, ...more, TIERBENCH_ENGINE_ROOT: ROOT } });
  if (existsSync(ownerFile) && isAlive(readFileSync(ownerFile, "utf8")) === true)
    throw new Error(`another validation is at work with the engine in ${ROOT}: let it end first`);
  // What a validation that was killed left behind has that one's delays.
  await control("stop");
  const clear = () => rmSync(files, { recursive: true, force: true });
  clear();

  const endings: (() => unknown)[] = [clear];
  const end = async (): Promise<void> => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    const runtime = writeDelayingRuntime(files);
    writeFileSync(ownerFile, ownerToken);
    say("starting a private engine with a delaying runtime");
    endings.push(() => control("stop"));
    await control("start", { TIERBENCH_ENGINE_CONFIG: runtime.configuration });
    const proxy = await openHoldingProxy(join(ROOT, "run/docker.sock"), join(files, "proxy.sock"));
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
