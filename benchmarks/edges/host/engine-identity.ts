/** Which engine this is, and since when: what tells one from another of the same version, and one start of it from the next. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { DockerEngine } from "../engine/docker.ts";

export interface EngineIdentity {
  /** A digest of what the engine calls itself and where its data lies; `null` where it has no lasting name. */
  readonly id: string | null;
  /** Another with every start of the engine; `undefined` where that cannot be told. */
  readonly start: string | undefined;
}

const info = z.object({ ID: z.string().default(""), DockerRootDir: z.string().default("") });
const network = z.object({ Id: z.string() });
const SHOWN = 12;

/** Docker makes its default bridge whenever it starts. Podman draws a new id for every answer, and has no such network. */
export async function engineIdentity(engine: DockerEngine): Promise<EngineIdentity> {
  const ask = async () => info.parse((await engine.ifAllowed(engine.docker.info(), "which engine this is is not known")) ?? {});
  const [first, second] = [await ask(), await ask()];
  const bridge = network.safeParse(await bridgeOf(engine));
  return {
    id: first.ID === "" || first.ID !== second.ID ? null : digest(`${first.ID} ${first.DockerRootDir}`),
    start: bridge.success ? bridge.data.Id.slice(0, SHOWN) : undefined,
  };
}

/** Forbidden or not there: then it is not known, and nothing else is lost. */
const bridgeOf = ({ docker }: DockerEngine): Promise<unknown> =>
  docker
    .getNetwork("bridge")
    .inspect()
    .catch(() => undefined);

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, SHOWN);
