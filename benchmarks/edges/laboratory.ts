/** Puts together what experiments may use of the world. */
import type { Laboratory } from "../experiment.ts";
import type { KernelProbe } from "../ports.ts";
import { openAccounts } from "./accounts.ts";
import { machineClock } from "./clock.ts";
import type { DockerEngine } from "./docker.ts";
import { openImageStore } from "./image-store.ts";
import { openRegistry } from "./registry.ts";
import { openRootfsCache } from "./rootfs-cache.ts";

/** Nothing is made before an experiment asks for it. */
export const equip = (
  engine: DockerEngine,
  probe: KernelProbe,
  images: Laboratory["images"],
  say: (line: string) => void,
): Laboratory => ({
  engine,
  probe,
  clock: machineClock,
  images,
  store: openImageStore(engine.docker, say),
  accounts: openAccounts(engine),
  rootfsCache: openRootfsCache(engine),
  openRegistry: (signal) => openRegistry(engine, say, signal),
});
