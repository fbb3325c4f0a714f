/** Runs the command as a user would, as a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished, TestRunner, vi } from "vitest";
import { runCommand } from "../run-command.ts";

export const command = fileURLToPath(new URL("../tierbench", import.meta.url));

/** Tests measure nothing: they may run beside another checkout's. */
const lockFolder = mkdtempSync(join(tmpdir(), "tierbench-test-locks-"));
const removeLocks = (): void => rmSync(lockFolder, { recursive: true, force: true });
process.once("exit", removeLocks);
// By these a worker of the tests is ended, and `process.exit` is not what it is elsewhere.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    removeLocks();
    process.kill(process.pid, signal);
  });
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param mounts shell commands that prepare a mount namespace of its own, as what this machine is not */
export function begin(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  cwd?: string,
  mounts?: string,
): { child: ChildProcess; ended: Promise<Ended>; errors: () => string } {
  const [program, ...rest] =
    mounts === undefined
      ? [command, ...args]
      : ["unshare", "-m", "sh", "-c", `set -e; ${mounts}; exec "$0" "$@"`, command, ...args];
  // A process group of its own, so that a test can interrupt it as a terminal does.
  const child = spawn(program as string, rest, {
    cwd,
    env: { ...process.env, TIERBENCH_LOCK_FOLDER: lockFolder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject).on("close", (code) => resolve({ code, stdout, stderr }));
  });
  endWithTest(child, ended);
  return { child, ended, errors: () => stderr };
}

/** What a test that failed leaves running would measure on, and keep its rows elsewhere when the test's folder is removed. */
function endWithTest(child: ChildProcess, ended: Promise<Ended>): void {
  if (TestRunner.getCurrentTest() === undefined) return;
  onTestFinished(async () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, "SIGTERM");
    await ended;
  });
}

export const tierbench = (args: readonly string[], env?: NodeJS.ProcessEnv, cwd?: string): Promise<Ended> =>
  begin(args, env, cwd).ended;

/**
 * The same without a process of its own, which takes most of the time: what it loads is loaded, what it computes is compiled.
 * Not for what ends the process, as --help does, nor for what is to be interrupted, or asks where it stands.
 */
export async function tierbenchHere(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  const asked = Object.entries({ TIERBENCH_LOCK_FOLDER: lockFolder, ...env });
  const before = asked.map(([name]) => [name, process.env[name]] as const);
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      stdout += chunk;
      return true;
    }),
    vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
      stderr += chunk;
      return true;
    }),
    vi.spyOn(console, "log").mockImplementation((...words) => {
      stdout += `${words.join(" ")}\n`;
    }),
    vi.spyOn(console, "error").mockImplementation((...words) => {
      stderr += `${words.join(" ")}\n`;
    }),
  ];
  try {
    process.exitCode = 0;
    for (const [name, value] of asked) setVariable(name, value);
    const running = runCommand(args);
    hangUpWithTest(running);
    await running;
    return { code: process.exitCode, stdout, stderr };
  } finally {
    process.exitCode = 0;
    for (const [name, value] of before) setVariable(name, value);
    for (const spy of spies) spy.mockRestore();
  }
}

/** A test that took too long is over while its command goes on, and the next would measure beside it. */
function hangUpWithTest(running: Promise<void>): void {
  let over = false;
  void running.finally(() => {
    over = true;
  });
  if (TestRunner.getCurrentTest() === undefined) return;
  onTestFinished(async () => {
    if (over) return;
    process.emit("SIGHUP", "SIGHUP");
    await running;
  });
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** What a user sees of an error: one line on standard error, prefixed with the command's name. */
export const errorLines = ({ stderr }: Ended): string[] => stderr.split("\n").filter((line) => line.startsWith("tierbench: "));
