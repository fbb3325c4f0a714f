/** The kernel probe: a private tracefs instance, emptied before each trial and read after it. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { getuid } from "node:process";
import type { KernelProbe, TraceRecord } from "../../design/ports.ts";
import {
  type Choice,
  INSTANCE_PREFIX,
  instanceSettings,
  lostEvents,
  recordedLines,
  unwatchSettings,
  watchSettings,
} from "../../timeline/trace-instance.ts";
import { TRACE_EVENTS, TRACE_RESOLUTION_NS } from "../../timeline/trace-line.ts";
import { atExit } from "../at-exit.ts";
import type { Leftover } from "../files/leftover.ts";
import { ownerToken, tokenState } from "../host/owner.ts";
import { isInUse, mounted, mountedByUs, place, removeInstance } from "./tracefs-place.ts";

/** Why the kernel cannot be traced here, with what to do; `undefined` when it can. */
export function tracefsProblem(): string | undefined {
  if (getuid?.() !== 0) return "tracing the kernel needs root: run as root on the engine's host";
  try {
    using _mounted = mounted();
    const root = place();
    if (root === undefined) return "this kernel has no tracefs";
    const missing = TRACE_EVENTS.find(({ event, optional }) => !optional && !existsSync(join(root, "events", event)));
    if (missing !== undefined) return `this kernel has no trace event ${missing.event} (CONFIG_FTRACE_SYSCALLS?)`;
    if (!/(^|[\s[])mono([\s\]]|$)/.test(readFileSync(join(root, "trace_clock"), "utf8")))
      return "this kernel's trace has no mono clock";
    tryInstance(root);
    return undefined;
  } catch (error) {
    return `tracefs cannot be used: ${reasonOf(error as NodeJS.ErrnoException)}`;
  }
}

/** Makes, sets up, reads and removes an instance: only trying shows that it works. */
function tryInstance(root: string): void {
  const instance = join(root, "instances", `${INSTANCE_PREFIX}try-${ownerToken}`);
  mkdirSync(instance);
  try {
    for (const choice of instanceSettings(cpus().length))
      applyFirst(choice, (file, value) => writeFileSync(join(instance, file), value));
    read(instance);
  } finally {
    removeInstance(instance);
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "EROFS":
      return "it is mounted read-only here (a container's /sys?): mount it read-write, or run on the host itself";
    case "EPERM":
    case "EACCES":
      return `the kernel does not permit it (${code}): lockdown, or a container without CAP_SYS_ADMIN`;
    case "ENOMEM":
    case "ENOSPC":
    case "EBUSY":
      return `the kernel refuses another trace instance (${code}): tierbench sweep removes those that a killed run left`;
    default:
      return message;
  }
}

/** @throws Error with what to do when the kernel cannot be traced */
export function openTracefs(): KernelProbe {
  const problem = tracefsProblem();
  if (problem !== undefined) throw new Error(problem);
  const mount = mounted();
  const root = place() as string;
  const instance = join(root, "instances", `${INSTANCE_PREFIX}${ownerToken}`);
  mkdirSync(instance, { recursive: true });
  const set = (file: string, value: string): void => writeFileSync(join(instance, file), value);
  const apply = (choices: readonly Choice[]): void => {
    for (const choice of choices) applyFirst(choice, set);
  };
  try {
    apply(instanceSettings(cpus().length));
  } catch (error) {
    removeInstance(instance);
    throw error;
  }
  const close = (): void => {
    removeInstance(instance);
    mount[Symbol.dispose]();
  };
  const callOff = atExit(close);
  return {
    name: "tracefs",
    resolution: TRACE_RESOLUTION_NS,
    begin: async () => {
      set("trace", "");
      set("tracing_on", "1");
    },
    end: async () => {
      set("tracing_on", "0");
      return read(instance);
    },
    watch: async (what) => {
      const missing = what.events.find(({ event, optional }) => !optional && !existsSync(join(root, "events", event)));
      if (missing !== undefined) throw new Error(`this kernel has no trace event ${missing.event}`);
      apply(watchSettings(what));
      return {
        [Symbol.asyncDispose]: async () => {
          for (const { file, value } of unwatchSettings(what)) if (existsSync(join(instance, file))) set(file, value);
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      callOff();
      close();
    },
  };
}

/** The instances that a killed tierbench left behind, by name; each is removed when it is asked for. */
export function* sweepInstances(): Generator<Leftover> {
  const root = place();
  for (const name of root === undefined ? [] : readdirSync(join(root, "instances"))) {
    // A helper's instance is named after its process, too: behind one more word.
    if (!name.startsWith(INSTANCE_PREFIX) || tokenState(name.slice(name.lastIndexOf("-") + 1)) !== "gone") continue;
    yield { what: `trace instance ${name}`, remove: async () => removeInstance(join(root as string, "instances", name)) };
  }
}

/** tracefs that a tierbench process mounted which is gone, and that no other uses. */
export function* sweepMount(): Generator<Leftover> {
  const root = mountedByUs();
  if (root === undefined || isInUse(root)) return;
  yield {
    what: `mount ${root}`,
    remove: async () => {
      execFileSync("umount", [root], { stdio: "pipe" });
    },
  };
}

/** The first settings that the kernel takes, all of them. @throws Error of the last when it takes none */
function applyFirst(choice: Choice, set: (file: string, value: string) => void): void {
  for (const [index, settings] of choice.entries()) {
    try {
      for (const { file, value } of settings) set(file, value);
      return;
    } catch (error) {
      if (index === choice.length - 1) throw error;
    }
  }
}

function read(instance: string): TraceRecord {
  // Command names are bytes of any kind: latin1 keeps one character a byte, and with it the columns of the format.
  const text = readFileSync(join(instance, "trace"), "latin1");
  const stats = readdirSync(join(instance, "per_cpu")).map((cpu) =>
    readFileSync(join(instance, "per_cpu", cpu, "stats"), "utf8"),
  );
  return { lines: recordedLines(text.split("\n")), lost: lostEvents(stats.join("\n")), clock: undefined };
}
