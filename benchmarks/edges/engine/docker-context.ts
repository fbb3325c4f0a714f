/** The docker CLI's current context: the engine that the user has chosen there. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import * as z from "zod";
import { readTlsFolder, type TlsMaterial } from "./tls-material.ts";

const configFile = z.object({ currentContext: z.string().optional() });
const contextMeta = z.object({
  Endpoints: z.object({ docker: z.object({ Host: z.string().default(""), SkipTLSVerify: z.boolean().default(false) }) }),
});

export interface ContextEndpoint {
  readonly url: string;
  readonly tls: TlsMaterial | undefined;
  /** Its name, and where it was chosen, for people. */
  readonly source: string;
}

/**
 * The endpoint of the current context; `undefined` for the default one.
 * @param standard engine of a context that names none
 * @throws Error when the context that the user chose cannot be read
 */
export function contextEndpoint(standard: string): ContextEndpoint | undefined {
  const folder = env.DOCKER_CONFIG || join(homedir(), ".docker");
  const name = env.DOCKER_CONTEXT || readJson(join(folder, "config.json"), configFile)?.currentContext;
  if (name === undefined || name === "" || name === "default") return undefined;
  // The CLI names a context's folder by the SHA-256 of its name.
  const id = createHash("sha256").update(name).digest("hex");
  const meta = join(folder, "contexts", "meta", id, "meta.json");
  const found = readJson(meta, contextMeta)?.Endpoints.docker;
  const chosenBy = env.DOCKER_CONTEXT ? "DOCKER_CONTEXT" : `currentContext in ${join(folder, "config.json")}`;
  const source = `the docker context ${JSON.stringify(name)} (${chosenBy})`;
  if (found === undefined)
    throw new Error(
      `${source} ${existsSync(meta) ? `cannot be read from ${meta}` : "cannot be found"}: docker context ls, or name an engine with --engine`,
    );
  const tls = join(folder, "contexts", "tls", id, "docker");
  const material = {
    folder: tls,
    verified: !found.SkipTLSVerify,
    place: source,
    remedy: `docker context update ${name} --docker host=${found.Host},ca=FILE,cert=FILE,key=FILE`,
  };
  // Without certificates and without a word about them there is no TLS.
  const secured = existsSync(tls) || found.SkipTLSVerify;
  return { url: found.Host || standard, tls: secured ? readTlsFolder(material) : undefined, source };
}

function readJson<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}
