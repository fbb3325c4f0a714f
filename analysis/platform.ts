/** One platform's folder as it was read: the input of every analysis. */
import type { Manifest } from "../research/manifest.ts";
import type { StartupRow } from "../research/tables.ts";

export interface Platform {
  /** As platform.json has it. */
  readonly label: string;
  readonly folder: string;
  readonly manifest: Manifest;
  /** In order of execution. Each pass may read the file anew, and throw then: pass once, and keep what is needed. */
  readonly startup: Iterable<StartupRow>;
}
