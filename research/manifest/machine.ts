/** What it was measured on and with: machine, engine, images. */
import * as z from "zod";
import { IMAGE_NAME_PATTERN } from "../protocol.ts";

export const host = z.strictObject({
  os: z.string(),
  kernel: z.string(),
  architecture: z.string(),
  cpu: z.string(),
  cpu_count: z.int().positive(),
  memory_bytes: z.int().positive(),
  cgroup_version: z.string(),
  governor: z.string().nullable(),
  virtualisation: z.string().nullable(),
  node: z.string(),
});

export const engine = z.strictObject({
  server: z.string(),
  api: z.string(),
  components: z.record(z.string(), z.string()),
  runtime: z.string(),
  storage_driver: z.string(),
  cgroup_driver: z.string(),
  network: z.strictObject({ mode: z.string(), settings: z.record(z.string(), z.string()) }),
  /** Where the engine's data root lies, when the engine is on this machine. */
  storage: z.strictObject({
    data_root: z.string(),
    device: z.string().nullable(),
    file_system: z.string().nullable(),
    rotational: z.boolean().nullable(),
  }),
  /** Started by scripts/engine for this run, not the user's own. */
  private: z.boolean(),
});

/** What identifies an image on any platform; older files have only its digest. */
export const identity = {
  digest: z.string(),
  layers_digest: z.string().optional(),
  config_digest: z.string().optional(),
};

export const image = z.strictObject({
  name: z.string().regex(IMAGE_NAME_PATTERN),
  reference: z.string(),
  ...identity,
  /** What a start executes: the image's entrypoint, with the protocol's command behind it. Older files do not say. */
  executes: z.array(z.string()).optional(),
  size_bytes: z.int().nonnegative(),
});

/** An image in which conditions of an experiment were run, or from which their images were made. */
export const usedImage = z.strictObject({
  name: z.string().regex(IMAGE_NAME_PATTERN),
  ...identity,
  conditions: z.array(z.string()),
});
