/** One platform's folder as it was read: the input of every analysis. */
import type { Manifest } from "../research/manifest.ts";
import type { StartupRow } from "../research/tables.ts";

export interface Platform {
  /** As platform.json has it. */
  readonly label: string;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly startup: readonly StartupRow[];
}
