/**
 * How many CPUs of a host are in use by others, seen while tierbench itself waits. A load average would not do: it remembers
 * for minutes, so that each session would find the machine busy with the one before it.
 */
import { setTimeout as sleep } from "node:timers/promises";

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
