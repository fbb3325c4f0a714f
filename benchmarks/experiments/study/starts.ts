/** What the published study timed as a startup: `docker run` through the docker command, warm and cold. */
import { IMAGE_SIZES, STARTUP } from "../../../research/protocol.ts";
import { studyColdTable, studyWarmTable } from "../../../research/tables/study/starts.ts";
import { elapsedNs } from "../../../research/units.ts";
import { defineExperiment, type Laboratory } from "../../design/experiment.ts";
import type { PageCache } from "../../design/ports.ts";
import { observeCommand } from "../../start/observe-command.ts";
import { startPart } from "../../start/start-part.ts";
import { watchWall } from "../../start/watch-wall.ts";
import { ROLE_OF_SIZE } from "../../workloads/image-roles.ts";

const COMMON = {
  conditions: IMAGE_SIZES.map((image) => ({ image })),
  roles: ["shell", "web", "python"],
  roleOf: ({ image }: { readonly image: (typeof IMAGE_SIZES)[number] }) => ROLE_OF_SIZE[image],
} as const;
const RUN = `docker run --rm, ${STARTUP.command.join(" ")}`;

export const studyWarm = defineExperiment("study-warm", {
  ...{ ...COMMON, table: studyWarmTable, share: STARTUP.warmIterations, warmupBlocks: STARTUP.warmupBlocks },
  ...{ blockSeconds: 1.5, workload: RUN },
  open: (laboratory) => openBench(laboratory, studyWarmTable, undefined),
});

/** A run of cold starts alone: each finds nothing in memory, whatever came before it. */
export const studyCold = defineExperiment("study-cold", {
  ...{ ...COMMON, table: studyColdTable, share: STARTUP.coldIterations, warmupBlocks: 0 },
  ...{ blockSeconds: 4, workload: `${RUN}, after the page cache was dropped` },
  open: async (laboratory) =>
    openBench(laboratory, studyColdTable, await laboratory.openPageCache(Object.values(laboratory.images))),
});

async function openBench(
  laboratory: Laboratory,
  { unmeasured }: typeof studyWarmTable | typeof studyColdTable,
  pageCache: PageCache | undefined,
) {
  const docker = await laboratory.openDockerCommand();
  return {
    trial: async ({ image: size }: { readonly image: (typeof IMAGE_SIZES)[number] }) => {
      const image = laboratory.images[ROLE_OF_SIZE[size]];
      await pageCache?.drop(image);
      const wall = watchWall(laboratory.clock);
      const { command, prints, timeout } = STARTUP;
      const { began, ended, start } = await observeCommand(laboratory, docker, { image, command, prints, timeout });
      const { part, total } = startPart(laboratory, start, wall());
      const times = { wall_ns: elapsedNs(began, ended), before_create_ns: elapsedNs(began, start.client.create_sent) };
      const isKnown = part.outcome === "ok" || part.outcome === "probe-lost";
      return {
        parts: [{ ...part, began, measured: isKnown ? { ...part.measured, ...times } : unmeasured }],
        headline: isKnown ? times.wall_ns : total,
      };
    },
    [Symbol.asyncDispose]: () => docker[Symbol.asyncDispose](),
  };
}
