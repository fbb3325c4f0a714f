/**
 * An independent witness of starts: bpftrace, with a program and a parser of their own. Its `nsecs` is
 * bpf_ktime_get_ns(), which reads CLOCK_MONOTONIC (bpf-helpers(7)) as our clocks do: nothing is converted.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { provideProgram } from "./provide-program.ts";
import { inOrder, type Sight, type Witness } from "./sight.ts";

/** Parents come from the kernel's task structure, where our timeline rebuilds them from fork events. */
const PROGRAM = `
BEGIN { printf("ready\\n"); }
tracepoint:sched:sched_process_exec { printf("exec %llu %d %d\\n", nsecs, pid, curtask->real_parent->tgid); }
tracepoint:syscalls:sys_exit_execve /args->ret == 0/ { printf("execve %llu %d\\n", nsecs, pid); }
tracepoint:sched:sched_process_exit { printf("exit %llu %d\\n", nsecs, pid); }
tracepoint:cgroup:cgroup_mkdir { printf("mkdir %llu %d %s\\n", nsecs, pid, str(args->path)); }
tracepoint:cgroup:cgroup_attach_task { printf("attach %llu %d %d %s\\n", nsecs, pid, args->pid, str(args->dst_path)); }
tracepoint:syscalls:sys_enter_unshare {
  printf("unshare %llu %d %d %lld\\n", nsecs, pid, curtask->real_parent->tgid, args->unshare_flags);
}
tracepoint:syscalls:sys_exit_unshare { printf("unshared %llu %d\\n", nsecs, pid); }
tracepoint:syscalls:sys_enter_pivot_root {
  @init[pid] = 1;
  printf("pivot %llu %d %d\\n", nsecs, pid, curtask->real_parent->tgid);
}
tracepoint:syscalls:sys_enter_write /args->fd == 1 && @init[pid]/ { printf("write %llu %d\\n", nsecs, pid); }
END { clear(@init); }
`;

/** A cgroup's path has the 64 digits of the container's id and a prefix; the default is 64 bytes. */
const STRING_BYTES = "200";
/** Of 4 KB a CPU; with the default of 64 it loses events. */
const BUFFER_PAGES = "1024";
const READY_PATIENCE_MS = 30_000;
/** It reads its buffers a few times a second, and what it has not read when it ends is lost. */
const LAST_WORDS_MS = 1_000;

/** As root on Debian or Ubuntu bpftrace is installed where it is missing. @throws Error with what to do when it does not run */
export async function callBpftrace(say: (line: string) => void): Promise<Witness> {
  await provideProgram("bpftrace", say);
  const child = spawn("bpftrace", ["-B", "line", "-e", PROGRAM], {
    // The first name up to bpftrace 0.19, the second from 0.20 on.
    env: {
      ...process.env,
      BPFTRACE_STRLEN: STRING_BYTES,
      BPFTRACE_MAX_STRLEN: STRING_BYTES,
      BPFTRACE_PERF_RB_PAGES: BUFFER_PAGES,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()).once("error", () => resolve()));
  createInterface({ input: child.stderr }).on("line", (line) => errors.push(line));
  await new Promise<void>((resolve, reject) => {
    const fail = (): void =>
      reject(
        new Error(
          `bpftrace does not run here (${errors.at(-1) ?? "not installed"}): as root on Debian or Ubuntu, apt-get install bpftrace`,
        ),
      );
    const timer = setTimeout(() => child.kill("SIGKILL"), READY_PATIENCE_MS);
    child.once("error", fail).once("close", fail);
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line === "ready") {
        clearTimeout(timer);
        resolve();
      } else lines.push(line);
    });
  });
  const end = async (): Promise<void> => {
    child.kill("SIGINT");
    await ended;
  };
  return {
    name: "bpftrace",
    [Symbol.asyncDispose]: end,
    testimony: async () => {
      await sleep(LAST_WORDS_MS);
      await end();
      const lost = [...lines, ...errors].find((line) => /^Lost \d+ events/.test(line));
      if (lost !== undefined) throw new Error(`bpftrace ${lost.toLowerCase()}: run it again on a quieter machine`);
      // Each CPU's events arrive in order, but one CPU's after another's.
      return { sights: inOrder(lines.flatMap((line) => sightOf(line) ?? [])), clockError: 0 };
    },
  };
}

function sightOf(line: string): Sight | undefined {
  const [kind, time, process, third, fourth] = line.split(" ");
  if (!/^\d+$/.test(time ?? "")) return undefined;
  const seen = { at: BigInt(time as string), pid: Number(process) };
  switch (kind) {
    case "exec":
    case "pivot":
      return { ...seen, kind, parent: Number(third) };
    case "execve":
    case "exit":
    case "unshared":
    case "write":
      return { ...seen, kind };
    case "mkdir":
      return { ...seen, kind, path: third ?? "" };
    case "attach":
      return { ...seen, kind, joined: Number(third), path: fourth ?? "" };
    case "unshare":
      return { ...seen, kind, parent: Number(third), flags: Number(fourth) };
    default:
      return undefined;
  }
}
