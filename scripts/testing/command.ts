/** Runs the command as a user would, as a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../tierbench", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function begin(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { child: ChildProcess; ended: Promise<Ended>; errors: () => string } {
  // A process group of its own, so that a test can interrupt it as a terminal does.
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true });
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
  return { child, ended, errors: () => stderr };
}

export const tierbench = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> => begin(args, env).ended;

/** What a user sees of an error: one line on standard error, prefixed with the command's name. */
export const errorLines = ({ stderr }: Ended): string[] => stderr.split("\n").filter((line) => line.startsWith("tierbench: "));
