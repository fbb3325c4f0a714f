/** Wires the ports that experiments use. */
import type { Laboratory } from "../design/experiment.ts";
import type { KernelProbe } from "../design/ports.ts";
import type { DockerEngine } from "../edges/engine/docker.ts";
import { openAccounts } from "../edges/host/accounts.ts";
import { machineClock } from "../edges/host/clock.ts";
import { openPageCache } from "../edges/host/page-cache.ts";
import { openRootfsCache } from "../edges/host/rootfs-cache.ts";
import type { ImageFiles } from "../edges/images/image-files.ts";
import { openImageStore } from "../edges/images/image-store.ts";
import { openOwnRegistry, openRegistryAt } from "../edges/images/registry.ts";
import { openDockerCommand } from "../edges/programs/docker-command.ts";
import { openLaunchers } from "../edges/programs/launchers.ts";

interface Wishes extends Partial<Pick<Laboratory, "keepTrace" | "keepPath">> {
  readonly registry?: string | undefined;
}

/**
 * Nothing is made before an experiment asks for it.
 * @param wishes registry: HOST[:PORT]/NAMESPACE; `undefined`: one of our own beside the engine
 */
export const equip = (
  engine: DockerEngine,
  probe: KernelProbe,
  images: Laboratory["images"],
  imageFiles: ImageFiles,
  { registry, keepTrace, keepPath }: Wishes,
  say: (line: string) => void,
): Laboratory => ({
  engine,
  probe,
  clock: machineClock,
  clientPid: clientPidIn(engine, probe),
  images,
  store: openImageStore(engine.docker, say),
  accounts: openAccounts(engine),
  rootfsCache: openRootfsCache(imageFiles, engine.local),
  openRegistry: async (signal) =>
    registry === undefined ? openOwnRegistry(engine, say, signal) : openRegistryAt(engine.docker, registry, say),
  keepTrace,
  keepPath,
  openDockerCommand: () => openDockerCommand(engine),
  openPageCache: async (references) => {
    const opened = await openPageCache(imageFiles, engine.local, references, undefined);
    if ("problem" in opened) throw new Error(opened.problem);
    return opened;
  },
  openLaunchers: (image, signal) => openLaunchers(engine, image, signal),
});

/** This process as the trace knows it; `undefined` where another machine is traced. */
export const clientPidIn = (engine: DockerEngine, probe: KernelProbe): number | undefined =>
  engine.local || probe.name === "tracefs" ? process.pid : undefined;
