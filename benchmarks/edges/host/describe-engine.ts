/** What engine this is, as it reports (`/version`, `/info`), and from a container that is created and not started. */
import * as z from "zod";
import type { EngineDescription } from "../../../research/manifest.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { engineInfo, hasContainerdStore } from "../engine/engine-info.ts";
import { lookIntoLayers } from "../images/layer-folders.ts";
import { containerNetwork } from "./container-network.ts";
import { readComponents, serverName } from "./engine-components.ts";
import { storageOf, storageOfLayer } from "./storage.ts";

const version = z.object({
  Version: z.string().default("unknown"),
  ApiVersion: z.string().default("unknown"),
  Components: z.array(z.object({ Name: z.string(), Version: z.string() })).nullish(),
});

/** @param image that the engine has; without one it is not known what network its containers use */
export async function describeEngine(
  engine: DockerEngine,
  image: string | undefined,
  isPrivate: boolean,
): Promise<EngineDescription> {
  const { docker } = engine;
  const said = version.parse((await engine.ifAllowed(docker.version(), "the engine's version is unknown")) ?? {});
  const components = readComponents(said.Components ?? []);
  const info = engineInfo.parse((await engine.ifAllowed(docker.info(), "the engine's settings are unknown")) ?? {});
  return {
    server: serverName(said.Version, components),
    api: said.ApiVersion,
    components,
    runtime: info.DefaultRuntime,
    storage_driver: info.Driver,
    cgroup_driver: info.CgroupDriver,
    network: image === undefined ? { mode: "unknown", settings: {} } : await containerNetwork(engine, image),
    storage: await describeStorage(engine, info, image),
    private: isPrivate,
  };
}

/** Unknown where the engine is elsewhere, or a containerd store does not show where it is. */
async function describeStorage(
  { docker, local }: DockerEngine,
  info: z.infer<typeof engineInfo>,
  image: string | undefined,
): Promise<EngineDescription["storage"]> {
  const root = info.DockerRootDir;
  const unknown = { data_root: root, device: null, file_system: null, rotational: null };
  if (!local) return unknown;
  if (!hasContainerdStore(info)) return storageOf(root);
  if (image === undefined) return unknown;
  try {
    return await lookIntoLayers(docker, image, ([layer]) => (layer === undefined ? unknown : storageOfLayer(root, layer)));
  } catch {
    return unknown;
  }
}
