/** What the engine says of itself (`/info`). */
import { z } from "zod";

export const engineInfo = z.object({
  Driver: z.string().default("unknown"),
  CgroupDriver: z.string().default("none"),
  CgroupVersion: z.string().default("1"),
  DefaultRuntime: z.string().default("unknown"),
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
  DockerRootDir: z.string().default(""),
  ContainersRunning: z.int().default(0),
  NCPU: z.int().positive().default(1),
});
