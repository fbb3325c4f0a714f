/** How much slower a start is beside idle containers that are already running. */
import { STARTUP } from "../../research/protocol.ts";
import { DENSITIES, densityTable, STARTS_A_TRIAL } from "../../research/tables/density.ts";
import type { Nanoseconds } from "../../research/units.ts";
import { defineExperiment } from "../design/experiment.ts";
import { observeStart } from "../start/observe-start.ts";
import { startPart } from "../start/start-part.ts";
import { watchWall } from "../start/watch-wall.ts";
import { IdleContainers } from "../workloads/idle-containers.ts";

const IDLE = ["sh", "-c", "echo idle; exec sleep 1000000"];

export const density = densityOf(DENSITIES);

export function densityOf(densities: readonly (typeof DENSITIES)[number][]) {
  return defineExperiment("density", {
    table: densityTable,
    conditions: densities.map((idle) => ({ idle })),
    share: 3,
    warmupBlocks: 0,
    blockSeconds: 25,
    roles: ["shell"],
    workload: STARTUP.command.join(" "),
    open: async (laboratory) => {
      const { engine, images, clock } = laboratory;
      const idlers = new IdleContainers(engine);
      return {
        trial: async ({ idle }, signal) => {
          await idlers.resize(idle, { image: images.shell, command: IDLE }, signal);
          const parts = [];
          let headline: Nanoseconds | null = null;
          for (let index = 1; index <= STARTS_A_TRIAL; index += 1) {
            const request = { image: images.shell, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
            const wall = watchWall(clock);
            const { part, total } = startPart(laboratory, await observeStart(laboratory, request, signal), wall());
            parts.push({ ...part, measured: { ...part.measured, start: index } });
            headline = total;
          }
          return { parts, headline };
        },
        [Symbol.asyncDispose]: () => idlers[Symbol.asyncDispose](),
      };
    },
  });
}
