/** What engine this is, from its own account (`/version`, `/info`, the default network). */
import type Docker from "dockerode";
import { z } from "zod";
import type { EngineDescription } from "../../../research/manifest.ts";
import { engineInfo } from "../engine/engine-info.ts";
import { readComponents, serverName } from "./engine-components.ts";
import { describeStorage } from "./host.ts";

const version = z.object({
  Version: z.string(),
  ApiVersion: z.string(),
  Components: z.array(z.object({ Name: z.string(), Version: z.string() })).nullish(),
});

const network = z.object({ Options: z.record(z.string(), z.string()).nullish() });

/** @param local whether the engine's files are this machine's */
export async function describeEngine(docker: Docker, local: boolean, isPrivate: boolean): Promise<EngineDescription> {
  const said = version.parse(await docker.version());
  const components = readComponents(said.Components ?? []);
  const info = engineInfo.parse(await docker.info());
  const bridge = network.safeParse(
    await docker
      .getNetwork("bridge")
      .inspect()
      .catch(() => undefined),
  );
  return {
    server: serverName(said.Version, components),
    api: said.ApiVersion,
    components,
    runtime: info.DefaultRuntime,
    storage_driver: info.Driver,
    cgroup_driver: info.CgroupDriver,
    network: { mode: "bridge", settings: bridge.success ? (bridge.data.Options ?? {}) : {} },
    storage: local
      ? describeStorage(info.DockerRootDir)
      : { data_root: info.DockerRootDir, device: null, file_system: null, rotational: null },
    private: isPrivate,
  };
}
