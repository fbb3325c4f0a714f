/** What the engine says of itself (`/info`). */
import * as z from "zod";

export const engineInfo = z.object({
  Driver: z.string().default("unknown"),
  /** Pairs of a name and a value. */
  DriverStatus: z.array(z.array(z.string())).nullish(),
  CgroupDriver: z.string().default("none"),
  CgroupVersion: z.string().default("1"),
  DefaultRuntime: z.string().default("unknown"),
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
  DockerRootDir: z.string().default(""),
  ContainersRunning: z.int().default(0),
  NCPU: z.int().positive().default(1),
});

/** Whether containerd keeps the images (Docker 29, and before by configuration), and not the engine itself. */
export const hasContainerdStore = ({ DriverStatus }: Pick<z.infer<typeof engineInfo>, "DriverStatus">): boolean =>
  (DriverStatus ?? []).some(([name, value]) => name === "driver-type" && value === "io.containerd.snapshotter.v1");
