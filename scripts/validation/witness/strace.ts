/**
 * An independent witness where bpftrace does not run: strace, attached to the process that starts shims, following whatever
 * it forks. It stops every call of theirs twice, so that these starts are slow: for both who watch them.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { machineClock } from "../../../benchmarks/edges/host/clock.ts";
import { provideProgram } from "./provide-program.ts";
import { inOrder, type Witness } from "./sight.ts";
import { STRACED_CALLS, straceSights } from "./strace-sights.ts";

/** A cgroup's path has the 64 digits of the container's id and a prefix; the default is 32 letters. */
const STRING_LENGTH = "300";
const READY_PATIENCE_MS = 10_000;

/**
 * As root on Debian or Ubuntu strace is installed where it is missing.
 * @param pid of the process that starts shims @throws Error with what to do when it does not run
 */
export async function callStrace(pid: number, say: (line: string) => void): Promise<Witness> {
  await provideProgram("strace", say);
  const options = ["-f", "-ttt", "-T", "-y", "-s", STRING_LENGTH, "-e", "signal=none", "-e", `trace=${STRACED_CALLS}`];
  // In a pipe or file, every line begins with its thread's id.
  const child = spawn("strace", [...options, "-o", "|cat", "-p", String(pid)], { stdio: ["ignore", "pipe", "pipe"] });
  const before = machineClock.wallOffset();
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()).once("error", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const fail = (): void =>
      reject(
        new Error(
          `strace does not run here (${errors.at(-1) ?? "not installed"}): as root on Debian or Ubuntu, apt-get install strace`,
        ),
      );
    const timer = setTimeout(() => child.kill("SIGINT"), READY_PATIENCE_MS);
    child.once("error", fail).once("close", fail);
    createInterface({ input: child.stderr }).on("line", (line) => {
      errors.push(line);
      if (!/^strace: Process \d+ attached/.test(line)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  const end = async (): Promise<void> => {
    child.kill("SIGINT"); // it lets go of all processes, and they run on
    await ended;
  };
  return {
    name: "strace",
    [Symbol.asyncDispose]: end,
    testimony: async () => {
      await end();
      const after = machineClock.wallOffset();
      const offset = (before.offset + after.offset) / 2n;
      const drift = Math.abs(Number(after.offset - before.offset)) / 2;
      return {
        sights: inOrder(straceSights(lines, (wall) => wall - offset)),
        clockError: drift + Math.max(before.error, after.error),
      };
    },
  };
}
