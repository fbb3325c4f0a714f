/** Which Docker engine to ask: `--engine` or DOCKER_HOST, the current docker context, the default socket, or our own. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { env, getuid } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { DockerEngine } from "./docker.ts";
import { contextEndpoint } from "./docker-context.ts";
import { reachEndpoint, type TlsFolder } from "./endpoint.ts";
import { joinEngineUsers } from "./engine-users.ts";

const run = promisify(execFile);
const ENGINE_SCRIPT = fileURLToPath(new URL("../../../scripts/engine", import.meta.url));
const DEFAULT_SOCKET = "unix:///var/run/docker.sock";

export interface FoundEngine extends AsyncDisposable {
  readonly engine: DockerEngine;
  readonly url: string;
  /** Where the URL came from, for people. */
  readonly source: string;
  /** Started by scripts/engine for tierbench. */
  readonly private: boolean;
}

/**
 * An engine that answers. What the user named must answer; what was only guessed may be passed over.
 * @param mayStart start a private engine when none answers (root on Debian or Ubuntu); it is stopped on disposal
 * @throws MisuseError for a URL that is none; Error with what to do when no engine answers
 */
export async function findEngine(
  engineOption: string | undefined,
  mayStart: boolean,
  say: (line: string) => void,
): Promise<FoundEngine> {
  if (engineOption !== undefined) return connect(engineOption, "--engine");
  if (env.DOCKER_HOST) return connect(env.DOCKER_HOST, "DOCKER_HOST");
  const context = contextEndpoint();
  const guesses = [
    ...(context === undefined ? [] : [{ ...context, source: "the current docker context" }]),
    { url: DEFAULT_SOCKET, source: "the default socket", tls: undefined },
  ];
  const failures: string[] = [];
  for (const { url, source, tls } of guesses) {
    try {
      return await connect(url, source, tls);
    } catch (error) {
      // Nobody chose the socket of this machine over an engine elsewhere that is down: another one would be measured.
      if (!url.startsWith("unix:")) throw error;
      failures.push((error as Error).message);
    }
  }
  // A socket that exists but is closed to us is an engine that the user has: name the remedy, do not start another.
  const denied = failures.find((failure) => failure.includes("permission denied"));
  if (denied !== undefined) throw new Error(denied);
  const wasRunning = await privateEngineRuns();
  if (wasRunning || (mayStart && canStartPrivateEngine())) return startPrivateEngine(wasRunning, say);
  const tried = guesses.map(({ url }) => url).join(", ");
  throw new Error(
    canStartPrivateEngine()
      ? `no Docker engine answers (${tried}); \`tierbench run\` will start a private one, or name one with --engine URL`
      : `no Docker engine answers (${tried}): start Docker, or name an engine with --engine URL, or run as root on Debian or Ubuntu, where tierbench starts a private one`,
  );
}

async function connect(url: string, source: string, tls?: TlsFolder): Promise<FoundEngine> {
  const endpoint = await reachEndpoint(url, tls);
  try {
    // dockerode takes longer to load than all the rest, and most commands need no engine.
    const { DockerEngine } = await import("./docker.ts");
    const engine = new DockerEngine(url, endpoint);
    await engine.ping();
    const close = async (): Promise<void> => {
      engine.close();
      await endpoint[Symbol.asyncDispose]();
    };
    return { engine, url, source, private: false, [Symbol.asyncDispose]: close };
  } catch (error) {
    await endpoint[Symbol.asyncDispose]();
    throw error;
  }
}

const canStartPrivateEngine = (): boolean => getuid?.() === 0 && existsSync("/etc/debian_version");

const privateEngineRuns = (): Promise<boolean> =>
  run(ENGINE_SCRIPT, ["status"]).then(
    () => true,
    (error: { code?: unknown }) => {
      // 3 says that it does not run; anything else, as a Ctrl-C that met the script, says nothing.
      if (error.code === 3) return false;
      throw new Error("scripts/engine status did not say whether the private engine runs", { cause: error });
    },
  );

async function startPrivateEngine(wasRunning: boolean, say: (line: string) => void): Promise<FoundEngine> {
  if (!wasRunning) say("no Docker engine answers; starting a private one (scripts/engine start)");
  const started = await run(ENGINE_SCRIPT, ["start"]).catch((error: { stderr?: string }) => {
    throw new Error(`the private engine could not be started: ${error.stderr?.trim().split("\n").at(-1) ?? error}`, {
      cause: error,
    });
  });
  const url = started.stdout.trim().split("\n").at(-1) ?? "";
  const leave = joinEngineUsers(dirname(new URL(url).pathname), wasRunning);
  const stop = async (): Promise<void> => {
    found.engine.close();
    if (leave()) await run(ENGINE_SCRIPT, ["stop"]);
  };
  const found = await connect(url, "scripts/engine").catch(async (error) => {
    if (leave()) await run(ENGINE_SCRIPT, ["stop"]);
    throw error;
  });
  return { ...found, private: true, [Symbol.asyncDispose]: stop };
}
