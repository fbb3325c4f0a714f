/** A private engine for one validation alone, in a folder of its own beside that of the engine that `run` would start. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ownerToken, tokenState } from "../../benchmarks/edges/host/owner.ts";

const run = promisify(execFile);
const ENGINE_SCRIPT = fileURLToPath(new URL("../engine", import.meta.url));

/** It is stopped on disposal, and its files are removed; its images stay. */
export interface PrivateEngine extends AsyncDisposable {
  readonly root: string;
  /** A folder for the validation's own files. */
  readonly files: string;
  readonly socket: string;
  readonly pid: () => number;
  /** @param configuration a daemon.json @param system root folder of another Linux, whose Docker it is */
  readonly start: (configuration: string, system?: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** @throws Error when another validation is at work with it */
export async function claimEngine(name: string): Promise<PrivateEngine> {
  const root = join(process.env.TIERBENCH_ENGINE_ROOT ?? "/var/lib/tierbench", name);
  const files = join(root, "files");
  const ownerFile = join(files, "owner");
  if (existsSync(ownerFile) && tokenState(readFileSync(ownerFile, "utf8")) === "alive")
    throw new Error(`another validation uses the engine in ${root}: wait until it ends`);
  const control = async (command: string, more: NodeJS.ProcessEnv = {}): Promise<void> => {
    await run(ENGINE_SCRIPT, [command], { env: { ...process.env, ...more, TIERBENCH_ENGINE_ROOT: root } });
  };
  const end = async (): Promise<void> => {
    await control("stop");
    rmSync(files, { recursive: true, force: true });
  };
  // What a validation that was killed left behind has that one's configuration.
  await end();
  mkdirSync(files, { recursive: true });
  writeFileSync(ownerFile, ownerToken);
  return {
    root,
    files,
    socket: join(root, "run/docker.sock"),
    pid: () => Number(readFileSync(join(root, "run/docker.pid"), "utf8")),
    start: (configuration, system) =>
      control("start", {
        TIERBENCH_ENGINE_CONFIG: configuration,
        // Empty: this system's, also where the caller's environment names another.
        TIERBENCH_ENGINE_SYSTEM: system ?? "",
      }),
    stop: () => control("stop"),
    [Symbol.asyncDispose]: end,
  };
}
