/** Spawns programs from a small process, and times them there, by the same monotonic clock. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Milliseconds } from "../../../research/units.ts";
import type { Launch } from "../../design/ports.ts";

const SCRIPT = fileURLToPath(new URL("./spawner.js", import.meta.url));

/** Everything that is spawned has this environment. */
const ENVIRONMENT = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" };

export interface Spawner extends AsyncDisposable {
  /**
   * Runs a program to its end, one at a time. Not interruptible: what a killed runtime or client leaves half made is harder
   * to find than to wait for.
   * @throws Error when the small process is gone
   */
  readonly run: (program: string, args: readonly string[], timeout: Milliseconds) => Promise<Launch>;
}

export function openSpawner(): Spawner {
  // In a session of its own, a Ctrl-C at the terminal does not reach it. It ends when its channel to us does.
  const child = fork(SCRIPT, { execArgv: [], env: ENVIRONMENT, serialization: "advanced", stdio: "ignore", detached: true });
  const ended = once(child, "exit");
  return {
    run: async (program, args, timeout) => {
      const message = answerOf(child);
      child.send({ program, args, env: ENVIRONMENT, timeoutMs: timeout });
      const { errors, problem, ...launch } = await message;
      const what = launch.timedOut ? "it did not end in time" : problem;
      const said = errors.trim().replace(/\s+/g, " ");
      return { ...launch, problem: what && [what, said].filter(Boolean).join(": ") };
    },
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

const answerOf = (child: ChildProcess): Promise<Launch & { readonly errors: string }> =>
  new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error("the process that spawns programs exited unexpectedly"));
    child.once("exit", gone).once("message", (answer) => {
      child.off("exit", gone);
      resolve(answer as Launch & { readonly errors: string });
    });
  });
