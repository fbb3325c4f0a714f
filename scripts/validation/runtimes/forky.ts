/** Docker of Debian's release forky with another runtime at a time, whatever this machine's own release has. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { PrivateEngine } from "../private-engine.ts";

const run = promisify(execFile);
const IMAGES_SCRIPT = fileURLToPath(new URL("../../images", import.meta.url));
const UNIFIED = "/sys/fs/cgroup/unified";

/** In the words of a daemon.json. */
const RUNTIMES = {
  runc: undefined,
  crun: { path: "crun" },
  // gVisor without what needs more than a container's rights of its own: it then runs on nearly every machine.
  runsc: { path: "runsc", runtimeArgs: ["--network=none", "--ignore-cgroups", "--platform=systrap"] },
} as const;
export type Runtime = keyof typeof RUNTIMES;
export const RUNTIME_NAMES = Object.keys(RUNTIMES) as readonly Runtime[];

/** The root folder of a Debian forky: TIERBENCH_ENGINE_SYSTEM, else built once, in a minute or two. @returns its path */
export async function provideForky({ root, files }: PrivateEngine, say: (line: string) => void, signal: AbortSignal) {
  const given = process.env.TIERBENCH_ENGINE_SYSTEM;
  if (given !== undefined) return given;
  const system = join(root, "system");
  if (existsSync(system)) return system;
  say("building Debian forky from packages, once");
  const [tar, unpacked] = [join(files, "forky.tar"), join(root, "system.partial")];
  await run(IMAGES_SCRIPT, ["build", "forky", tar], { maxBuffer: 64 << 20, signal });
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked);
  await run("tar", ["-x", "--numeric-owner", "-p", "-C", unpacked, "-f", tar], { signal });
  rmSync(tar);
  renameSync(unpacked, system);
  return system;
}

/** Package and version of the engine and of the runtimes. */
export async function versionsOf(system: string): Promise<string> {
  const format = ["--showformat", "$" + "{Package} $" + "{Version}\n"];
  const packages = ["docker.io", "containerd", ...RUNTIME_NAMES];
  const { stdout } = await run("dpkg-query", ["--admindir", join(system, "var/lib/dpkg"), "--show", ...format, ...packages]);
  return stdout.trim().replaceAll("\n", ", ");
}

/** Restarts the engine. @returns its URL */
export async function startWith(runtime: Runtime, engine: PrivateEngine, system: string): Promise<string> {
  const configuration = join(engine.files, "daemon.json");
  const runtimes = RUNTIMES[runtime] === undefined ? {} : { runtimes: { [runtime]: RUNTIMES[runtime] } };
  writeFileSync(configuration, JSON.stringify({ "default-runtime": runtime, ...runtimes }));
  await engine.stop();
  await engine.start(configuration, system);
  // crun takes no cgroups v1 beside a v2 that has controllers left. In the engine's mounts, and for nobody else, it is gone.
  if (runtime === "crun" && existsSync(UNIFIED))
    await run("nsenter", ["--mount", "--target", String(engine.pid()), "umount", "--lazy", UNIFIED]);
  return `unix://${engine.socket}`;
}
