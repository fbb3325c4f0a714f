/** What the kernel accounts to a container, read from its cgroup's files, of version 1 or 2. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hrtime } from "node:process";
import { clockNs, nanoseconds } from "../../research/units.ts";
import type { Accounts, CpuAccount } from "../ports.ts";
import type { DockerEngine } from "./docker.ts";

/** @throws by each reading, when the engine's kernel is not this machine's or has not the files */
export const openAccounts = (engine: DockerEngine): Accounts => ({
  cpu: async (id) => {
    const folders = cgroupsOf(await processOf(engine, id));
    const before = hrtime.bigint();
    const usage = cpuUsage(folders);
    const after = hrtime.bigint();
    return {
      at: clockNs((before + after) / 2n),
      error: Number((after - before + 1n) / 2n),
      usage: nanoseconds(usage),
      limit: throttling(folders),
    };
  },
});

async function processOf(engine: DockerEngine, id: string): Promise<number> {
  if (!engine.local) throw new Error("the engine's kernel is not this machine's: run tierbench on the engine's host");
  const { Pid } = (await engine.docker.getContainer(id).inspect()).State;
  if (Pid === 0) throw new Error("the container does not run any more");
  return Pid;
}

/** The folder of a process's cgroup for each controller; version 2 has one for all, under the empty name. */
type Folders = ReadonlyMap<string, string>;

/** From /proc/PID/cgroup and the mounts (cgroups(7), proc_pid_mountinfo(5)). */
function cgroupsOf(pid: number): Folders {
  const mounts = new Map<string, string>();
  for (const line of readFileSync("/proc/self/mountinfo", "utf8").split("\n")) {
    const match = /^\d+ \d+ \S+ \/ (\S+) .* - (cgroup2?) \S+ (\S+)$/.exec(line);
    if (match === null) continue;
    const [, point, type, options] = match as unknown as [string, string, string, string];
    for (const controller of type === "cgroup2" ? [""] : options.split(",")) mounts.set(controller, point);
  }
  const folders = new Map<string, string>();
  for (const line of readFileSync(`/proc/${pid}/cgroup`, "utf8").split("\n")) {
    const match = /^\d+:([^:]*):(.*)$/.exec(line);
    if (match === null) continue;
    const [, controllers, path] = match as unknown as [string, string, string];
    for (const controller of controllers.split(",")) {
      const point = mounts.get(controller);
      if (point !== undefined) folders.set(controller, join(point, path));
    }
  }
  return folders;
}

function cpuUsage(folders: Folders): number {
  const v1 = folders.get("cpuacct");
  if (v1 !== undefined) return Number(readFileSync(join(v1, "cpuacct.usage"), "utf8"));
  return 1_000 * required(statistics(folder(folders, ""), "cpu.stat"), "usage_usec");
}

function throttling(folders: Folders): CpuAccount["limit"] {
  const v1 = folders.get("cpu");
  const place = v1 ?? folder(folders, "");
  const [file, none] = v1 === undefined ? (["cpu.max", "max"] as const) : (["cpu.cfs_quota_us", "-1"] as const);
  if (readFileSync(join(place, file), "utf8").startsWith(none)) return undefined;
  const said = statistics(place, "cpu.stat");
  return {
    periods: required(said, "nr_periods"),
    throttledPeriods: required(said, "nr_throttled"),
    throttled: nanoseconds(v1 === undefined ? 1_000 * required(said, "throttled_usec") : required(said, "throttled_time")),
  };
}

function folder(folders: Folders, controller: string): string {
  const found = folders.get(controller);
  if (found === undefined) throw new Error("the container's cgroup can not be found below /sys/fs/cgroup");
  return found;
}

/** A file of lines `name number`. */
const statistics = (place: string, file: string): ReadonlyMap<string, number> =>
  new Map(
    readFileSync(join(place, file), "utf8")
      .split("\n")
      .flatMap((line) => {
        const [name, value] = line.split(" ");
        return name === undefined || value === undefined ? [] : [[name, Number(value)] as const];
      }),
  );

function required(said: ReadonlyMap<string, number>, name: string): number {
  const value = said.get(name);
  if (value === undefined || !Number.isSafeInteger(value)) throw new Error(`the cgroup's accounting does not tell ${name}`);
  return value;
}
