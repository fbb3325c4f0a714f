/** Limits, use, throttling and pressure of a cgroup, from its files: version 1 or 2 (cgroups(7), cgroup-v2.rst). */
import { join } from "node:path";

export interface CgroupState {
  readonly version: 1 | 2;
  readonly cpu: {
    readonly used_ns: number | null;
    /** In CPUs; `null` without a limit. */
    readonly limit: number | null;
    /** Of the scheduler's periods; `null` where none are counted. */
    readonly periods: number | null;
    readonly throttled_periods: number | null;
    readonly throttled_ns: number | null;
  };
  readonly memory: {
    readonly used_bytes: number | null;
    readonly peak_bytes: number | null;
    readonly limit_bytes: number | null;
    readonly oom_kills: number | null;
  };
  readonly processes: { readonly current: number | null; readonly limit: number | null };
  /** Share of the last 10 s in which some task waited, in percent; `null` where it is not counted (version 1). */
  readonly pressure: { readonly cpu: number | null; readonly memory: number | null; readonly io: number | null };
}

/** A file's text; `undefined` where there is none. */
export type Look = (path: string) => string | undefined;

/** What version 1 writes for no limit: the largest number of whole pages (page_counter.h). */
const NO_LIMIT = 2 ** 62;

/** @param folders of its controllers; version 2 has one for all, under the empty name */
export const cgroupState = (look: Look, folders: ReadonlyMap<string, string>): CgroupState => {
  const unified = folders.get("");
  // A hybrid set-up mounts both, and has the controllers in version 1.
  const isFirst = folders.has("memory") || folders.has("cpu") || unified === undefined;
  return isFirst ? firstVersion(look, folders) : secondVersion(look, unified);
};

function firstVersion(look: Look, folders: ReadonlyMap<string, string>): CgroupState {
  const file = (controller: string, name: string): string | undefined => {
    const folder = folders.get(controller);
    return folder === undefined ? undefined : look(join(folder, name));
  };
  const [quota, period] = [number(file("cpu", "cpu.cfs_quota_us")), number(file("cpu", "cpu.cfs_period_us"))];
  const cpu = file("cpu", "cpu.stat");
  const limit = number(file("memory", "memory.limit_in_bytes"));
  return {
    version: 1,
    cpu: {
      used_ns: number(file("cpuacct", "cpuacct.usage")),
      limit: quota === null || period === null || quota <= 0 ? null : quota / period,
      ...{
        periods: entry(cpu, "nr_periods"),
        throttled_periods: entry(cpu, "nr_throttled"),
        throttled_ns: entry(cpu, "throttled_time"),
      },
    },
    memory: {
      used_bytes: number(file("memory", "memory.usage_in_bytes")),
      peak_bytes: number(file("memory", "memory.max_usage_in_bytes")),
      limit_bytes: limit === null || limit >= NO_LIMIT ? null : limit,
      oom_kills: entry(file("memory", "memory.oom_control"), "oom_kill"),
    },
    processes: { current: number(file("pids", "pids.current")), limit: number(file("pids", "pids.max")) },
    pressure: { cpu: null, memory: null, io: null },
  };
}

function secondVersion(look: Look, folder: string): CgroupState {
  const file = (name: string): string | undefined => look(join(folder, name));
  const cpu = file("cpu.stat");
  const micro = (name: string): number | null => {
    const value = entry(cpu, name);
    return value === null ? null : value * 1_000;
  };
  const [quota, period] = (file("cpu.max") ?? "max").trim().split(" ");
  return {
    version: 2,
    cpu: {
      ...{ used_ns: micro("usage_usec"), limit: quota === "max" || period === undefined ? null : Number(quota) / Number(period) },
      ...{
        periods: entry(cpu, "nr_periods"),
        throttled_periods: entry(cpu, "nr_throttled"),
        throttled_ns: micro("throttled_usec"),
      },
    },
    memory: {
      ...{ used_bytes: number(file("memory.current")), peak_bytes: number(file("memory.peak")) },
      ...{ limit_bytes: number(file("memory.max")), oom_kills: entry(file("memory.events"), "oom_kill") },
    },
    processes: { current: number(file("pids.current")), limit: number(file("pids.max")) },
    pressure: { cpu: waited(file("cpu.pressure")), memory: waited(file("memory.pressure")), io: waited(file("io.pressure")) },
  };
}

/** `max` is no limit. */
function number(text: string | undefined): number | null {
  const value = Number(text?.trim() || "x");
  return Number.isFinite(value) ? value : null;
}

/** A line `name number`. */
const entry = (text: string | undefined, name: string): number | null =>
  number(new RegExp(`^${name} (\\d+)$`, "m").exec(text ?? "")?.[1]);

/** `some avg10=0.12 …` (psi.rst) */
const waited = (text: string | undefined): number | null => number(/^some avg10=([\d.]+)/m.exec(text ?? "")?.[1]);
