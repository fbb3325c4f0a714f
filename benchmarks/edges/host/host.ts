/** What machine this is, as far as it affects a measurement. Unknown is `null`, never a guess. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statfsSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem } from "node:os";
import { version as nodeVersion } from "node:process";
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
