/** What machine this is, as far as it affects a measurement. Unknown is `null`, never a guess. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync, statfsSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { version as nodeVersion } from "node:process";
import type { EngineDescription, Host } from "../../../research/manifest.ts";

/** A file of a host's /proc or /sys, trimmed; `null` when it is not there or cannot be read. */
export type ReadHostFile = (file: string) => string | null;

const line: ReadHostFile = (file) => {
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

export const cpuGovernor = (read = line): string | null => read(GOVERNOR);

/** Whether the CPU may raise its clock by itself; `null` when the kernel does not say. */
export function turbo(read = line): boolean | null {
  const intelOff = read(INTEL_NO_TURBO);
  if (intelOff !== null) return intelOff === "0";
  const boost = read(BOOST);
  return boost === null ? null : boost === "1";
}

export const swapsInUse = (read = line): string[] =>
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
    os: /^PRETTY_NAME="?([^"\n]*)/m.exec(line("/etc/os-release") ?? "")?.[1] ?? "unknown",
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
    return /^flags\s*:.*\bhypervisor\b/m.test(line("/proc/cpuinfo") ?? "") ? "some hypervisor (CPU flag)" : null;
  }
}

/** Which device, and what kind of it, a folder lies on. */
export function describeStorage(folder: string): EngineDescription["storage"] {
  const mount = mountOf(folder);
  return {
    data_root: folder,
    device: mount?.device ?? null,
    file_system: mount?.type ?? null,
    rotational: mount === undefined ? null : rotational(mount.id),
  };
}

/** The mount that holds a folder, from /proc/self/mountinfo (proc_pid_mountinfo(5)). */
function mountOf(folder: string): { id: string; type: string; device: string } | undefined {
  if (!existsSync(folder)) return undefined;
  const path = realpathSync(folder);
  const mounts = (line("/proc/self/mountinfo") ?? "").split("\n").flatMap((entry) => {
    const match = /^\d+ \d+ (\d+:\d+) \S+ (\S+) .* - (\S+) (\S+)/.exec(entry);
    if (match === null) return [];
    const [, id, point, type, device] = match as unknown as [string, string, string, string, string];
    return path === point || path.startsWith(point.endsWith("/") ? point : `${point}/`) ? [{ id, point, type, device }] : [];
  });
  return mounts.sort((a, b) => a.point.length - b.point.length).at(-1);
}

/** A partition's queue is its disk's, one folder up. */
function rotational(deviceId: string): boolean | null {
  const link = `/sys/dev/block/${deviceId}`;
  if (!existsSync(link)) return null;
  const device = join(dirname(link), readlinkSync(link));
  const flag = line(join(device, "queue/rotational")) ?? line(join(device, "../queue/rotational"));
  return flag === null ? null : flag === "1";
}
