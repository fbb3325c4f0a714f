/** Counts and times the system calls of processes for a while, by the kernel's own events (raw_syscalls). */
import { closeSync, constants, mkdirSync, openSync, readdirSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { arch } from "node:process";
import { setTimeout } from "node:timers/promises";
import { CallCounter, type CountedCall } from "../../inspect/calls/count-calls.ts";
import { INSTANCE_PREFIX, lostEvents } from "../../timeline/trace-instance.ts";
import { ownerToken } from "../host/owner.ts";
import { mounted, place, removeInstance } from "../probe/tracefs-place.ts";

/** Each CPU's: some hundred thousand events, between two reads of it. */
const BUFFER_KB = "16384";
const READ_BYTES = 1 << 20;
const PAUSE_MS = 20;
/** At once: a busy container writes as fast as we read, and the time is to end. */
const MOST_READS = 32;

export interface WatchedCalls {
  readonly seconds: number;
  readonly lost: number;
  readonly calls: readonly CountedCall[];
}

/**
 * What these processes call, and what they start meanwhile.
 * @throws Error when the kernel cannot be traced; the signal's reason
 */
export async function watchCalls(pids: readonly number[], seconds: number, signal: AbortSignal): Promise<WatchedCalls> {
  using _mount = mounted();
  const root = place();
  if (root === undefined) throw new Error("this kernel has no tracefs");
  const instance = join(root, "instances", `${INSTANCE_PREFIX}calls-${ownerToken}`);
  mkdirSync(instance);
  try {
    return await watch(instance, pids, seconds, signal);
  } finally {
    removeInstance(instance);
  }
}

async function watch(instance: string, pids: readonly number[], seconds: number, signal: AbortSignal): Promise<WatchedCalls> {
  const set = (file: string, value: string): void => writeFileSync(join(instance, file), value);
  set("tracing_on", "0");
  set("trace_clock", "mono");
  set("buffer_size_kb", BUFFER_KB);
  set("set_event_pid", threadsOf(pids).join(" "));
  set("trace_options", "event-fork");
  set("events/raw_syscalls/sys_enter/enable", "1");
  set("events/raw_syscalls/sys_exit/enable", "1");
  const counter = new CallCounter(arch);
  const pipe = openSync(join(instance, "trace_pipe"), constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const lines = linesOf(pipe, (line) => counter.take(line));
    const begun = performance.now();
    set("tracing_on", "1");
    while (performance.now() - begun < seconds * 1_000) {
      lines();
      await setTimeout(PAUSE_MS, undefined, { signal });
    }
    set("tracing_on", "0");
    const watched = (performance.now() - begun) / 1_000;
    lines();
    return { seconds: Number(watched.toFixed(1)), lost: lost(instance), calls: counter.counted() };
  } finally {
    closeSync(pipe);
  }
}

const threadsOf = (pids: readonly number[]): string[] =>
  pids.flatMap((pid) => {
    try {
      return readdirSync(`/proc/${pid}/task`);
    } catch {
      return [];
    }
  });

/** @returns reads all that there is by now */
function linesOf(pipe: number, take: (line: string) => void): () => void {
  const buffer = Buffer.alloc(READ_BYTES);
  let rest = "";
  return () => {
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const bytes = readNow(pipe, buffer);
      if (bytes === 0) return;
      // Commands' names are bytes of any kind: latin1 keeps one character a byte.
      const lines = (rest + buffer.toString("latin1", 0, bytes)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(line);
    }
  };
}

function readNow(pipe: number, buffer: Buffer): number {
  try {
    return readSync(pipe, buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return 0;
    throw error;
  }
}

const lost = (instance: string): number =>
  lostEvents(
    readdirSync(join(instance, "per_cpu"))
      .map((cpu) => readFileSync(join(instance, "per_cpu", cpu, "stats"), "utf8"))
      .join("\n"),
  );
