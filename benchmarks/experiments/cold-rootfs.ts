/** A start on a busy host of an image that has not been used for a while: only the image's own files are read from the disk. */
import { IMAGE_SIZES, STARTUP } from "../../research/protocol.ts";
import { coldRootfsTable, ROOTFS_MODES } from "../../research/tables/cold-rootfs.ts";
import { elapsedNs } from "../../research/units.ts";
import { defineExperiment, NOTHING_TO_REMOVE } from "../design/experiment.ts";
import { observeStart, unstarted } from "../start/observe-start.ts";
import { startPart } from "../start/start-part.ts";
import { watchWall } from "../start/watch-wall.ts";
import { ROLE_OF_SIZE } from "../workloads/image-roles.ts";

export const coldRootfs = defineExperiment("cold-rootfs", {
  table: coldRootfsTable,
  conditions: IMAGE_SIZES.flatMap((image) => ROOTFS_MODES.map((mode) => ({ image, mode }))),
  share: 15,
  warmupBlocks: 1,
  blockSeconds: 3.3,
  roles: ["shell", "web", "python"],
  roleOf: ({ image }) => ROLE_OF_SIZE[image],
  workload: STARTUP.command.join(" "),
  open: async (laboratory) => {
    const { clock, images, rootfsCache } = laboratory;
    // Fails here where eviction is impossible, and evicts all that building or importing an image left in memory.
    for (const size of IMAGE_SIZES) await rootfsCache.evict(images[ROLE_OF_SIZE[size]]);
    return {
      ...NOTHING_TO_REMOVE,
      trial: async ({ image: size, mode }, signal) => {
        const image = images[ROLE_OF_SIZE[size]];
        const before = clock.now();
        const warm = mode === "warm" ? undefined : await rootfsCache.evict(image).catch((error: Error) => error);
        const evict_ns = mode === "warm" ? null : elapsedNs(before, clock.now());
        const wall = watchWall(clock);
        const request = { image, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
        const start = warm instanceof Error ? unstarted(warm.message, clock) : await observeStart(laboratory, request, signal);
        const { part, total } = startPart(laboratory, start, wall());
        return { parts: [{ ...part, measured: { ...part.measured, evict_ns } }], headline: total };
      },
    };
  },
});
