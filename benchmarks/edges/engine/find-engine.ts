/** Which Docker engine to ask: `--engine`, DOCKER_HOST, the chosen docker context, the default socket, or our own. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { env, getuid } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Attendant } from "../attendant.ts";
import { endsByItself } from "../ends-by-itself.ts";
import type { DockerEngine } from "./docker.ts";
import { type ContextEndpoint, contextEndpoint } from "./docker-context.ts";
import { reachEndpoint } from "./endpoint.ts";
import { isAbandoned, joinEngineUsers } from "./engine-users.ts";
import { type TlsMaterial, tlsOfEnvironment } from "./tls-material.ts";

const run = promisify(execFile);
const ENGINE_SCRIPT = fileURLToPath(new URL("../../../scripts/engine", import.meta.url));
const DEFAULT_SOCKET = "unix:///var/run/docker.sock";

/** Disposal closes it. */
export interface Connection extends AsyncDisposable {
  readonly engine: DockerEngine;
}

export interface FoundEngine extends Connection {
  readonly url: string;
  /** Where the URL came from, for people. */
  readonly source: string;
  /** Started by scripts/engine for tierbench. */
  readonly private: boolean;
  /** An independent connection to the same engine. */
  readonly connectAnew: () => Promise<Connection>;
  /**
   * Restarts the engine at the same URL; its images stay. Only where this process has started it.
   * @returns whether it was done: not while another process uses it
   */
  readonly restart: (() => Promise<boolean>) | undefined;
  /** Whether it was started when it was looked for. */
  readonly startedNow: boolean;
}

/** No engine answers, and none was chosen. */
export class NoEngine extends Error {
  override readonly name = "NoEngine";
  /** Whether `run` would start one of its own. */
  readonly startable: boolean;

  constructor(message: string, startable: boolean) {
    super(message);
    this.startable = startable;
  }
}

/**
 * An engine that answers. An engine that the user chose must answer; only the default socket may be skipped.
 * @param mayStart start a private engine when none answers (root on Debian or Ubuntu); it is stopped on disposal
 * @param interruption ends the questions that it is asked
 * @throws MisuseError for a URL that is none; NoEngine when none was chosen and none answers; Error with what to do
 */
export async function findEngine(
  engineOption: string | undefined,
  mayStart: boolean,
  say: (line: string) => void,
  interruption?: AbortSignal,
): Promise<FoundEngine> {
  const attendant = { interruption, say };
  if (engineOption !== undefined)
    return connect({ url: engineOption, source: "--engine", tls: tlsOfOption(engineOption) }, attendant);
  if (env.DOCKER_HOST) return connect({ url: env.DOCKER_HOST, source: "DOCKER_HOST", tls: tlsOfEnvironment }, attendant);
  const context = contextEndpoint(DEFAULT_SOCKET);
  if (context !== undefined) return connectContext(context, attendant);
  const failure = await connect({ url: DEFAULT_SOCKET, source: "the default socket", tls: none }, attendant).catch(
    (error: Error) => error,
  );
  if (!(failure instanceof Error)) return failure;
  interruption?.throwIfAborted();
  // A socket that exists but is closed to us is an engine that the user has: name the remedy, do not start another.
  if (failure.message.includes("permission denied")) throw failure;
  const startable = canStartPrivateEngine();
  const wasRunning = await privateEngineRuns();
  if (wasRunning || (mayStart && startable)) return startPrivateEngine(wasRunning, say, interruption);
  throw new NoEngine(
    startable
      ? `no Docker engine answers (${DEFAULT_SOCKET}); \`tierbench run\` will start a private one, or name one with --engine URL`
      : `no Docker engine answers (${DEFAULT_SOCKET}): start Docker, or name an engine with --engine URL, or run as root on Debian or Ubuntu, where tierbench starts a private one`,
    startable,
  );
}

interface Place {
  readonly url: string;
  readonly source: string;
  readonly tls: (secure: boolean) => TlsMaterial | undefined;
}

const none = (): undefined => undefined;

/** The TLS variables belong to the engine of DOCKER_HOST; where that names none or the same, they can only be meant for this. */
const tlsOfOption =
  (url: string): Place["tls"] =>
  (secure) =>
    secure || !env.DOCKER_HOST || env.DOCKER_HOST === url ? tlsOfEnvironment(secure) : undefined;

/** @throws Error that names the context: another engine would be measured under its name */
async function connectContext({ url, tls, source }: ContextEndpoint, attendant: Attendant): Promise<FoundEngine> {
  try {
    return await connect({ url, source, tls: (secure) => tls ?? (secure ? tlsOfEnvironment(true) : undefined) }, attendant);
  } catch (error) {
    if (attendant.interruption?.aborted === true) throw error;
    throw new Error(
      `${source} is chosen, and ${(error as Error).message}; another is chosen by docker context use NAME or by --engine`,
      {
        cause: error,
      },
    );
  }
}

async function connect({ url, source, tls }: Place, attendant: Attendant): Promise<FoundEngine> {
  const endpoint = await reachEndpoint(url, source, tls, attendant);
  try {
    // dockerode takes longer to load than all the rest, and most commands need no engine.
    const { DockerEngine } = await import("./docker.ts");
    const engine = new DockerEngine(url, endpoint, attendant);
    await engine.ping();
    const close = async (): Promise<void> => {
      engine.close();
      await endpoint[Symbol.asyncDispose]();
    };
    return {
      ...{ engine, url, source, private: false, startedNow: false, restart: undefined },
      connectAnew: () => connect({ url, source, tls }, attendant),
      [Symbol.asyncDispose]: close,
    };
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

async function startPrivateEngine(
  wasRunning: boolean,
  say: (line: string) => void,
  interruption: AbortSignal | undefined,
): Promise<FoundEngine> {
  if (!wasRunning) say("No Docker engine answers; starting a private one (scripts/engine start).");
  const url = await startEngine();
  const folder = dirname(new URL(url).pathname);
  // One that a killed run left is this run's to end, as its own would be.
  const restartable = !wasRunning || isAbandoned(folder);
  let leave = joinEngineUsers(folder, wasRunning);
  const stop = async (): Promise<void> => {
    if (leave()) await stopEngine();
  };
  const restart = async (): Promise<boolean> => {
    if (!leave()) {
      leave = joinEngineUsers(folder, true);
      return false;
    }
    // A start that fails half-way leaves processes to stop.
    leave = () => true;
    await stopEngine();
    await startEngine();
    leave = joinEngineUsers(folder, false);
    return true;
  };
  const found = await connect({ url, source: "scripts/engine", tls: none }, { interruption, say }).catch(async (error) => {
    await stop();
    throw error;
  });
  const end = async (): Promise<void> => {
    await found[Symbol.asyncDispose]();
    await stop();
  };
  return {
    ...found,
    private: true,
    startedNow: !wasRunning,
    restart: restartable ? restart : undefined,
    [Symbol.asyncDispose]: end,
  };
}

const stopEngine = async (): Promise<void> => {
  await endsByItself("the private engine is still stopping", run(ENGINE_SCRIPT, ["stop"]));
};

/** @returns its URL */
async function startEngine(): Promise<string> {
  const { stdout } = await run(ENGINE_SCRIPT, ["start"]).catch((error: { stderr?: string }) => {
    throw new Error(`the private engine could not be started: ${error.stderr?.trim().split("\n").at(-1) ?? error}`, {
      cause: error,
    });
  });
  return stdout.trim().split("\n").at(-1) ?? "";
}
