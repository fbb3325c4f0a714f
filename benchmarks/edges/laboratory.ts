/** Puts together what experiments may use of the world. */
import type { Laboratory } from "../experiment.ts";
import type { KernelProbe } from "../ports.ts";
import { openAccounts } from "./accounts.ts";
import { machineClock } from "./clock.ts";
import type { DockerEngine } from "./docker.ts";
import { openImageStore } from "./image-store.ts";
import { openLaunchers } from "./launchers.ts";
import { openOwnRegistry, openRegistryAt } from "./registry.ts";
import { openRootfsCache } from "./rootfs-cache.ts";

/**
 * Nothing is made before an experiment asks for it.
 * @param registry HOST[:PORT]/NAMESPACE; `undefined`: one of our own beside the engine
 */
export const equip = (
  engine: DockerEngine,
  probe: KernelProbe,
  images: Laboratory["images"],
  registry: string | undefined,
  say: (line: string) => void,
): Laboratory => ({
  engine,
  probe,
  clock: machineClock,
  images,
  store: openImageStore(engine.docker, say),
  accounts: openAccounts(engine),
  rootfsCache: openRootfsCache(engine),
  openRegistry: async (signal) =>
    registry === undefined ? openOwnRegistry(engine, say, signal) : openRegistryAt(engine.docker, registry, say),
  openLaunchers: (image, signal) => openLaunchers(engine, image, signal),
});
