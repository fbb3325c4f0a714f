/** What a cgroup accounts to a container, from its files: version 1 (a hierarchy a controller) or 2 (one for all). */
import { join } from "node:path";
import { type Nanoseconds, nanoseconds } from "../../../research/units.ts";
import type { CpuAccount, MemoryAccount } from "../../design/ports.ts";

/** A file's text. @throws Error when there is none */
export type ReadFile = (path: string) => string;

/** The folder of a process's cgroup for each controller; version 2 has one for all, under the empty name. */
export type CgroupFolders = ReadonlyMap<string, string>;

/**
 * From the mounts and the process's own list (cgroups(7), proc_pid_mountinfo(5)).
 * @param id of the container, which stands in the path of its cgroup
 * @throws Error when it has none: the numbers would be those of others, up to the whole machine's
 */
export function cgroupFolders(read: ReadFile, pid: number, id: string): CgroupFolders {
  const mounts = new Map<string, string>();
  for (const line of read("/proc/self/mountinfo").split("\n")) {
    const match = /^\d+ \d+ \S+ \/ (\S+) .* - (cgroup2?) \S+ (\S+)$/.exec(line);
    if (match === null) continue;
    const [, point, type, options] = match as unknown as [string, string, string, string];
    for (const controller of type === "cgroup2" ? [""] : options.split(",")) mounts.set(controller, point);
  }
  const folders = new Map<string, string>();
  for (const line of read(`/proc/${pid}/cgroup`).split("\n")) {
    const match = /^\d+:([^:]*):(.*)$/.exec(line);
    if (match === null) continue;
    const [, controllers, path] = match as unknown as [string, string, string];
    for (const controller of controllers.split(",")) {
      const point = mounts.get(controller);
      if (point !== undefined && path.includes(id)) folders.set(controller, join(point, path));
    }
  }
  if (folders.size === 0)
    throw new Error("the container has no cgroup of its own (an engine without the right to make one, such as a rootless one)");
  return folders;
}

/** CPU time used since the cgroup was made. */
export function cpuUsage(read: ReadFile, folders: CgroupFolders): Nanoseconds {
  const v1 = folders.get("cpuacct");
  if (v1 !== undefined) return nanoseconds(Number(read(join(v1, "cpuacct.usage"))));
  return nanoseconds(1_000 * required(statistics(read, join(unified(folders), "cpu.stat")), "usage_usec"));
}

/** How often and how long the limit held it back; `undefined` without a limit. */
export function throttling(read: ReadFile, folders: CgroupFolders): CpuAccount["limit"] {
  const v1 = folders.get("cpu");
  const place = v1 ?? unified(folders);
  const [file, none] = v1 === undefined ? (["cpu.max", "max"] as const) : (["cpu.cfs_quota_us", "-1"] as const);
  if (read(join(place, file)).startsWith(none)) return undefined;
  const said = statistics(read, join(place, "cpu.stat"));
  return {
    periods: required(said, "nr_periods"),
    throttledPeriods: required(said, "nr_throttled"),
    throttled: nanoseconds(v1 === undefined ? 1_000 * required(said, "throttled_usec") : required(said, "throttled_time")),
  };
}

/** What the cgroup is charged, and the processes in it. */
export function memoryCharges(
  read: ReadFile,
  folders: CgroupFolders,
): Pick<MemoryAccount, "cgroup_file_bytes" | "cgroup_anon_bytes"> & { readonly processes: readonly number[] } {
  const v1 = folders.get("memory");
  const place = v1 ?? unified(folders);
  const charged = statistics(read, join(place, "memory.stat"));
  return {
    cgroup_file_bytes: required(charged, v1 === undefined ? "file" : "total_cache"),
    cgroup_anon_bytes: required(charged, v1 === undefined ? "anon" : "total_rss"),
    processes: read(join(place, "cgroup.procs")).trim().split("\n").map(Number),
  };
}

/** Resident pages of a process in bytes, whole and by share (proc_pid_smaps(5)). */
export function residentPages(read: ReadFile, pid: number): Pick<MemoryAccount, "rss_bytes" | "pss_bytes"> {
  const text = read(`/proc/${pid}/smaps_rollup`);
  const bytes = (name: string): number => {
    const kilobytes = new RegExp(`^${name}: +(\\d+) kB$`, "m").exec(text)?.[1];
    if (kilobytes === undefined) throw new Error(`/proc/${pid}/smaps_rollup has no ${name}`);
    return 1024 * Number(kilobytes);
  };
  return { rss_bytes: bytes("Rss"), pss_bytes: bytes("Pss") };
}

function unified(folders: CgroupFolders): string {
  const found = folders.get("");
  if (found === undefined) throw new Error("the container's cgroup cannot be found below /sys/fs/cgroup");
  return found;
}

/** A file of lines `name number`. */
const statistics = (read: ReadFile, file: string): ReadonlyMap<string, number> =>
  new Map(
    read(file)
      .split("\n")
      .flatMap((line) => {
        const [name, value] = line.split(" ");
        return name === undefined || value === undefined ? [] : [[name, Number(value)] as const];
      }),
  );

function required(said: ReadonlyMap<string, number>, name: string): number {
  const value = said.get(name);
  if (value === undefined || !Number.isSafeInteger(value)) throw new Error(`the cgroup's accounting has no ${name}`);
  return value;
}
