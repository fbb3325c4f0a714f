/** The network that a container gets by default: the engine's configuration decides, so a container is inspected. */
import * as z from "zod";
import type { EngineDescription } from "../../../research/manifest.ts";
import type { DockerEngine } from "../engine/docker.ts";

const PATIENCE_MS = 60_000;

const made = z.object({
  HostConfig: z.object({ NetworkMode: z.string().default("") }),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()).nullish() }),
});
const network = z.object({ Options: z.record(z.string(), z.string()).nullish() });

/**
 * Makes a container as a trial does, reads what the engine made of it, and removes it; it is never started.
 * @throws CallError when the engine makes no container, or does not show it
 */
export async function containerNetwork(engine: DockerEngine, image: string): Promise<EngineDescription["network"]> {
  const id = await engine.create({ image, command: ["true"] }, AbortSignal.timeout(PATIENCE_MS));
  try {
    const { HostConfig, NetworkSettings } = made.parse(await engine.docker.getContainer(id).inspect());
    const [joined] = Object.keys(NetworkSettings.Networks ?? {});
    const mode =
      HostConfig.NetworkMode === "default" || HostConfig.NetworkMode === "" ? (joined ?? "none") : HostConfig.NetworkMode;
    return { mode, settings: joined === undefined ? {} : await settingsOf(engine, joined) };
  } finally {
    await engine.remove(id);
  }
}

/** A network that the engine keeps no settings of, such as a rootless one, has none. */
async function settingsOf(engine: DockerEngine, name: string): Promise<Record<string, string>> {
  const inspected = engine.docker.getNetwork(name).inspect();
  const said = await engine.ifAllowed(inspected, "the settings of the containers' network are not known").catch(() => undefined);
  const parsed = network.safeParse(said);
  return parsed.success ? (parsed.data.Options ?? {}) : {};
}
