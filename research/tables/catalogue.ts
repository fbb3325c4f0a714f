/** The raw tables, one a file in `results/<platform>/`. */
import type { ExperimentName } from "../protocol.ts";
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
import { stopTable } from "./stop.ts";
import { studyDimensionsTable } from "./study/dimensions.ts";
import { studyPullTable } from "./study/pull.ts";
import { studyColdTable, studyWarmTable } from "./study/starts.ts";
import { whyTable } from "./why.ts";
import { whyPathTable } from "./why-path.ts";
import { writeTable } from "./write.ts";

/** The table of each experiment: one without does not compile. */
const TABLE_OF = {
  startup: startupTable,
  "copy-up": copyUpTable,
  "cpu-throttling": cpuThrottlingTable,
  write: writeTable,
  metadata: metadataTable,
  namespaces: namespacesTable,
  ladder: ladderTable,
  ready: readyTable,
  burst: burstTable,
  density: densityTable,
  "cold-rootfs": coldRootfsTable,
  memory: memoryTable,
  network: networkTable,
  "network-target": networkTargetTable,
  pull: pullTable,
  why: whyTable,
  stop: stopTable,
  "study-warm": studyWarmTable,
  "study-cold": studyColdTable,
  "study-dimensions": studyDimensionsTable,
  "study-pull": studyPullTable,
} as const satisfies Record<ExperimentName, { readonly name: string }>;

export const TABLES = Object.values(TABLE_OF);

/** Of an experiment, whichever it is. */
export type AnyTable = (typeof TABLES)[number];
type RowOf<T> = T extends { readonly parse: (...args: never[]) => (infer Row)[] } ? Row : never;
export type AnyRow = RowOf<AnyTable>;

export const tableOf = (experiment: ExperimentName): AnyTable => TABLE_OF[experiment];

/** With those that stand beside the table of their experiment. */
export const FILES = [...TABLES, whyPathTable];
