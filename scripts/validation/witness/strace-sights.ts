/**
 * Lines of `strace -f -ttt -T -y -o` (strace(1)) → sights. A line is the thread's id, the wall clock when it entered the
 * call, the call, what it returned and how long it took; a call that others interrupt comes in two lines.
 */
import { resolve } from "node:path";
import type { Sight } from "./sight.ts";

/** Fork and clone tell who is whose child, and which are threads of one process. */
export const STRACED_CALLS = "clone,clone3,fork,vfork,execve,execveat,mkdir,mkdirat,unshare,pivot_root,write" satisfies string;

/** Where the container runtimes find the cgroups. */
const CGROUPS = "/sys/fs/cgroup/";

/** CLONE_NEW… (linux/sched.h). */
const NAMESPACE_FLAGS: Readonly<Record<string, number>> = {
  CLONE_NEWTIME: 0x80,
  CLONE_NEWNS: 0x20000,
  CLONE_NEWCGROUP: 0x2000000,
  CLONE_NEWUTS: 0x4000000,
  CLONE_NEWIPC: 0x8000000,
  CLONE_NEWUSER: 0x10000000,
  CLONE_NEWPID: 0x20000000,
  CLONE_NEWNET: 0x40000000,
};

interface Call {
  readonly at: bigint;
  readonly tid: number;
  readonly text: string;
}

/**
 * @param toMonotonic ns of the wall clock → ns of the monotonic clock
 * @returns the sights of all processes, in the order of the calls' beginnings
 */
export function straceSights(lines: Iterable<string>, toMonotonic: (wall: bigint) => bigint): Sight[] {
  const processes = new Processes();
  const pivoted = new Set<number>();
  return inOrderOfEntry(straceCalls(lines)).flatMap(({ at: wall, tid, text }): Sight[] => {
    const at = toMonotonic(wall);
    if (/^\+\+\+ (exited|killed)/.test(text)) return [{ kind: "exit", at, pid: processes.of(tid) }];
    const match = /^(\w+)\((.*)\) += (\d+)(?: .*)?<(\d+)\.(\d{6})>$/.exec(text);
    if (match === null) return []; // it failed, or never returned
    const [, name, args, result, seconds, micros] = match as unknown as [string, string, string, string, string, string];
    // Counted from when strace let the call go, a little after the stamp.
    const returned = at + BigInt(seconds) * 1_000_000_000n + BigInt(micros) * 1_000n;
    const flags = args.match(/CLONE_\w+/g) ?? [];
    const [pid, parent] = [processes.of(tid), processes.parentOf(tid)];
    switch (name) {
      case "clone":
      case "clone3":
      case "fork":
      case "vfork":
        processes.add(Number(result), tid, flags);
        return [];
      case "execve":
      case "execveat":
        return [{ kind: "exec", at, pid, parent }];
      case "mkdir":
      case "mkdirat": {
        const path = pathOf(args);
        return path.startsWith(CGROUPS) ? [{ kind: "mkdir", at, pid, path }] : [];
      }
      case "unshare":
        return [
          {
            kind: "unshare",
            at,
            pid,
            parent,
            flags: flags.reduce((all, flag) => all | (NAMESPACE_FLAGS[flag] ?? 0), 0),
          },
          { kind: "unshared", at: returned, pid },
        ];
      case "pivot_root":
        pivoted.add(pid);
        return [{ kind: "pivot", at, pid, parent }];
      case "write": {
        const [, file, joined] = /^\d+<([^>]*\/cgroup\.procs)>, "(\d+)/.exec(args) ?? [];
        if (file?.startsWith(CGROUPS)) return [{ kind: "attach", at, pid, joined: Number(joined), path: file }];
        return /^1\b/.test(args) && pivoted.has(pid) ? [{ kind: "write", at, pid }] : [];
      }
      default:
        return [];
    }
  });
}

const LINE = /^(\d+) +(\d+)\.(\d{6}) (.*)$/;

/** Calls with both their halves, under the time and the thread of the first. */
export function* straceCalls(lines: Iterable<string>): Generator<Call> {
  const begun = new Map<number, Call>();
  for (const line of lines) {
    const match = LINE.exec(line);
    if (match === null) continue;
    const [, id, seconds, micros, text] = match as unknown as [string, string, string, string, string];
    const call = { tid: Number(id), at: BigInt(seconds) * 1_000_000_000n + BigInt(micros) * 1_000n, text };
    const [, former] = /^\+\+\+ superseded by execve in pid (\d+)/.exec(text) ?? [];
    const [, rest] = /^<\.\.\. \w+ resumed>(.*)$/.exec(text) ?? [];
    if (former !== undefined) {
      // A thread that executes a program takes over the id of its process.
      const taken = begun.get(Number(former));
      begun.delete(Number(former));
      if (taken !== undefined) begun.set(call.tid, taken);
    } else if (text.endsWith(" <unfinished ...>")) {
      begun.set(call.tid, { ...call, text: text.slice(0, -" <unfinished ...>".length) });
    } else if (rest === undefined) yield call;
    else {
      const first = begun.get(call.tid);
      begun.delete(call.tid);
      if (first !== undefined) yield { ...first, text: first.text + rest };
    }
  }
}

const inOrderOfEntry = (calls: Iterable<Call>): Call[] => [...calls].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

/** The first path among the arguments, from the folder that stands before it. */
function pathOf(args: string): string {
  const [, folder = "/", path = ""] = /^(?:\w+<([^>]*)>, )?"([^"]*)"/.exec(args) ?? [];
  return resolve(folder, path);
}

/**
 * Who is whose thread and child. Threads of a process in a pid namespace of its own have the ids that they have there when
 * they are made, and others when they act; so they stand for processes of their own, which no milestone asks for.
 */
class Processes {
  readonly #of = new Map<number, number>();
  readonly #parents = new Map<number, number>();

  of(tid: number): number {
    return this.#of.get(tid) ?? tid;
  }

  /** Of the thread's process; 0 when it was there before. */
  parentOf(tid: number): number {
    return this.#parents.get(this.of(tid)) ?? 0;
  }

  add(child: number, by: number, flags: readonly string[]): void {
    if (flags.includes("CLONE_THREAD")) {
      this.#of.set(child, this.of(by));
      return;
    }
    this.#of.set(child, child);
    this.#parents.set(child, flags.includes("CLONE_PARENT") ? this.parentOf(by) : this.of(by));
  }
}
