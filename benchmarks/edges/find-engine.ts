/** Which Docker engine to ask: `--engine` or DOCKER_HOST, the current docker context, the default socket, or our own. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { env, getuid } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import type { DockerEngine } from "./docker.ts";
import { joinEngineUsers } from "./engine-users.ts";

const run = promisify(execFile);
const ENGINE_SCRIPT = fileURLToPath(new URL("../../scripts/engine", import.meta.url));
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
    ...(context === undefined ? [] : [[context, "the current docker context"] as const]),
    [DEFAULT_SOCKET, "the default socket"] as const,
  ];
  const failures: string[] = [];
  for (const [url, source] of guesses) {
    try {
      return await connect(url, source);
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  // A socket that exists but is closed to us is an engine that the user has: name the remedy, do not start another.
  const denied = failures.find((failure) => failure.includes("permission denied"));
  if (denied !== undefined) throw new Error(denied);
  const wasRunning = await privateEngineRuns();
  if (wasRunning || (mayStart && canStartPrivateEngine())) return startPrivateEngine(wasRunning, say);
  const tried = guesses.map(([url]) => url).join(", ");
  throw new Error(
    canStartPrivateEngine()
      ? `no Docker engine answers (${tried}); \`tierbench run\` will start one of its own, or name one with --engine URL`
      : `no Docker engine answers (${tried}): start Docker, or name an engine with --engine URL, or run as root on Debian or Ubuntu, where tierbench starts one of its own`,
  );
}

async function connect(url: string, source: string, isPrivate = false): Promise<FoundEngine> {
  // dockerode takes longer to load than all the rest, and most commands need no engine.
  const { DockerEngine } = await import("./docker.ts");
  const engine = new DockerEngine(url);
  await engine.ping();
  return { engine, url, source, private: isPrivate, [Symbol.asyncDispose]: async () => engine.close() };
}

const canStartPrivateEngine = (): boolean => getuid?.() === 0 && existsSync("/etc/debian_version");

const privateEngineRuns = (): Promise<boolean> =>
  run(ENGINE_SCRIPT, ["status"]).then(
    () => true,
    (error: { code?: unknown }) => {
      // 3 says that it does not run; anything else, as a Ctrl-C that met the script, says nothing.
      if (error.code === 3) return false;
      throw new Error("scripts/engine status did not tell whether the private engine runs", { cause: error });
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
  const found = await connect(url, "scripts/engine", true).catch(async (error) => {
    if (leave()) await run(ENGINE_SCRIPT, ["stop"]);
    throw error;
  });
  return { ...found, [Symbol.asyncDispose]: stop };
}

const configFile = z.object({ currentContext: z.string().optional() });
const contextMeta = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }) }) });

/**
 * The endpoint of the docker CLI's current context; `undefined` for the default one.
 * @throws Error when the context that the user chose can not be read, or is of a kind that tierbench does not speak
 */
function contextEndpoint(): string | undefined {
  const folder = env.DOCKER_CONFIG ?? join(homedir(), ".docker");
  const name = env.DOCKER_CONTEXT || readJson(join(folder, "config.json"), configFile)?.currentContext;
  if (name === undefined || name === "" || name === "default") return undefined;
  // The CLI names a context's folder by the SHA-256 of its name.
  const id = createHash("sha256").update(name).digest("hex");
  const url = readJson(join(folder, "contexts", "meta", id, "meta.json"), contextMeta)?.Endpoints.docker.Host;
  if (url === undefined)
    throw new Error(
      `the docker context ${JSON.stringify(name)} can not be found: docker context ls, or name an engine with --engine`,
    );
  if (!/^(unix|tcp|http):/.test(url))
    throw new Error(
      `the docker context ${JSON.stringify(name)} is at ${url}, which tierbench can not reach: use --engine unix:///path or tcp://host:port`,
    );
  return url;
}

function readJson<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}
