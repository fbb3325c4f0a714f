/** Which engine this is: what tells one from another of the same version. */
import { createHash } from "node:crypto";
import * as z from "zod";
import type { DockerEngine } from "../engine/docker.ts";

const info = z.object({ ID: z.string().default(""), DockerRootDir: z.string().default("") });
const SHOWN = 12;

/** @returns a digest of what it calls itself and where its data lies; `null` where it has no lasting name, as Podman has not */
export async function engineIdentity(engine: DockerEngine): Promise<string | null> {
  const ask = async () => info.parse((await engine.ifAllowed(engine.docker.info(), "which engine this is is not known")) ?? {});
  const [first, second] = [await ask(), await ask()];
  if (first.ID === "" || first.ID !== second.ID) return null;
  return createHash("sha256").update(`${first.ID} ${first.DockerRootDir}`).digest("hex").slice(0, SHOWN);
}
