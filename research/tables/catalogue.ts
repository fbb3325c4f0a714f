/** The raw tables, one a file in `results/<platform>/`. */
import { burstTable } from "./burst.ts";
import { coldRootfsTable } from "./cold-rootfs.ts";
import { copyUpTable } from "./copy-up.ts";
import { cpuThrottlingTable } from "./cpu-throttling.ts";
import { densityTable } from "./density.ts";
import { ladderTable } from "./ladder.ts";
import { memoryTable } from "./memory.ts";
import { metadataTable } from "./metadata.ts";
import { namespacesTable } from "./namespaces.ts";
import { networkTable } from "./network.ts";
import { networkTargetTable } from "./network-target.ts";
import { pullTable } from "./pull.ts";
import { readyTable } from "./ready.ts";
import { startupTable } from "./startup.ts";
import { writeTable } from "./write.ts";

export const TABLES = [
  startupTable,
  copyUpTable,
  cpuThrottlingTable,
  writeTable,
  metadataTable,
  namespacesTable,
  ladderTable,
  readyTable,
  burstTable,
  densityTable,
  coldRootfsTable,
  memoryTable,
  networkTable,
  networkTargetTable,
  pullTable,
] as const;
