/** The docker CLI's current context: which engine the user has chosen there. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { z } from "zod";
import type { TlsFolder } from "./endpoint.ts";

const configFile = z.object({ currentContext: z.string().optional() });
const contextMeta = z.object({
  Endpoints: z.object({ docker: z.object({ Host: z.string(), SkipTLSVerify: z.boolean().default(false) }) }),
});

export interface ContextEndpoint {
  readonly url: string;
  readonly tls: TlsFolder | undefined;
}

/**
 * The endpoint of the current context; `undefined` for the default one.
 * @throws Error when the context that the user chose cannot be read, or is of a kind that tierbench does not speak
 */
export function contextEndpoint(): ContextEndpoint | undefined {
  const folder = env.DOCKER_CONFIG ?? join(homedir(), ".docker");
  const name = env.DOCKER_CONTEXT || readJson(join(folder, "config.json"), configFile)?.currentContext;
  if (name === undefined || name === "" || name === "default") return undefined;
  // The CLI names a context's folder by the SHA-256 of its name.
  const id = createHash("sha256").update(name).digest("hex");
  const found = readJson(join(folder, "contexts", "meta", id, "meta.json"), contextMeta)?.Endpoints.docker;
  const shown = JSON.stringify(name);
  if (found === undefined)
    throw new Error(`the docker context ${shown} cannot be found: docker context ls, or name an engine with --engine`);
  if (!/^(unix|tcp|http|ssh):/.test(found.Host))
    throw new Error(
      `the docker context ${shown} is at ${found.Host}, which tierbench cannot reach: use --engine unix:///path, tcp://host:port or ssh://host`,
    );
  if (found.SkipTLSVerify)
    throw new Error(
      `the docker context ${shown} does not verify its engine's certificate, and tierbench always does: give the context a CA, or name an engine with --engine`,
    );
  const tls = join(folder, "contexts", "tls", id, "docker");
  return { url: found.Host, tls: existsSync(tls) ? { tls } : undefined };
}

function readJson<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}
