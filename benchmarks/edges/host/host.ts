/** What machine this is, as far as it affects a measurement. Unknown is `null`, never a guess. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statfsSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem } from "node:os";
import { version as nodeVersion } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../../../research/manifest.ts";

/** A file of a host's /proc or /sys, trimmed; `null` when it is not there or cannot be read. */
export type ReadHostFile = (file: string) => string | null;

export const readHostFile: ReadHostFile = (file) => {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
};

export const loadAverage = (): [number, number, number] => loadavg() as [number, number, number];

const GOVERNOR = "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";
const INTEL_NO_TURBO = "/sys/devices/system/cpu/intel_pstate/no_turbo";
const BOOST = "/sys/devices/system/cpu/cpufreq/boost";
const SWAPS = "/proc/swaps";
/** What the functions below read. */
export const HOST_FILES = [GOVERNOR, INTEL_NO_TURBO, BOOST, SWAPS] as const;

export const cpuGovernor = (read = readHostFile): string | null => read(GOVERNOR);

/** Whether the CPU may raise its clock by itself; `null` when the kernel does not say. */
export function turbo(read = readHostFile): boolean | null {
  const intelOff = read(INTEL_NO_TURBO);
  if (intelOff !== null) return intelOff === "0";
  const boost = read(BOOST);
  return boost === null ? null : boost === "1";
}

export const swapsInUse = (read = readHostFile): string[] =>
  (read(SWAPS) ?? "")
    .split("\n")
    .slice(1)
    .flatMap((entry) => entry.split(/\s+/)[0] || []);

export const freeBytes = (folder: string): number | null => {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
};

export function describeHost(): Host {
  const processors = cpus();
  return {
    os: /^PRETTY_NAME="?([^"\n]*)/m.exec(readHostFile("/etc/os-release") ?? "")?.[1] ?? "unknown",
    kernel: release(),
    architecture: arch(),
    cpu: processors[0]?.model ?? "unknown",
    cpu_count: processors.length,
    memory_bytes: totalmem(),
    cgroup_version: existsSync("/sys/fs/cgroup/cgroup.controllers") ? "2" : "1",
    governor: cpuGovernor(),
    virtualisation: virtualisation(),
    node: nodeVersion,
  };
}

function virtualisation(): string | null {
  try {
    // Exit code 1 with "none" means bare metal.
    return execFileSync("systemd-detect-virt", ["--vm"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch (error) {
    const said = (error as { stdout?: string }).stdout?.trim();
    if (said !== undefined && said !== "") return said;
    return /^flags\s*:.*\bhypervisor\b/m.test(readHostFile("/proc/cpuinfo") ?? "") ? "some hypervisor (CPU flag)" : null;
  }
}

/**
 * How many CPUs are in use by others is seen while tierbench itself waits. A load average would not do: it remembers for
 * minutes, so that each session would find the machine busy with the one before it.
 */
export const CPU_TIMES = "/proc/stat";
const WINDOW_MS = 1000;
/** Its columns (proc_stat(5)): user, nice, system, idle, iowait, irq, softirq, steal. */
const NOT_IN_USE = new Set([3, 4, 7]);

/** @returns `null` where the kernel does not say */
export async function cpusInUse(readTimes: () => Promise<string | null>): Promise<number | null> {
  const before = cpuTimes(await readTimes());
  if (before === null) return null;
  await sleep(WINDOW_MS);
  const after = cpuTimes(await readTimes());
  return after === null ? null : inUseBetween(before, after);
}

interface CpuTimes {
  readonly cpus: number;
  /** Of all CPUs, in the kernel's ticks. */
  readonly all: number;
  readonly inUse: number;
}

export function cpuTimes(stat: string | null): CpuTimes | null {
  const [, line] = /^cpu {2}(.*)$/m.exec(stat ?? "") ?? [];
  if (line === undefined) return null;
  const ticks = line.split(" ").slice(0, 8).map(Number);
  const sum = (some: readonly number[]): number => some.reduce((all, one) => all + one, 0);
  return {
    cpus: stat?.match(/^cpu\d/gm)?.length ?? 0,
    all: sum(ticks),
    inUse: sum(ticks.filter((_, column) => !NOT_IN_USE.has(column))),
  };
}

export const inUseBetween = (before: CpuTimes, after: CpuTimes): number | null =>
  after.all > before.all ? (after.cpus * (after.inUse - before.inUse)) / (after.all - before.all) : null;
