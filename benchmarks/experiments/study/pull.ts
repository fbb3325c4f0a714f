/** `docker pull` through the docker command, as the published study timed it. */
import { IMAGE_SIZES, type ImageSize } from "../../../research/protocol.ts";
import { studyPullTable } from "../../../research/tables/study/pull.ts";
import { elapsedNs, milliseconds } from "../../../research/units.ts";
import { defineExperiment } from "../../design/experiment.ts";
import { ROLE_OF_SIZE } from "../../workloads/image-roles.ts";
import { PULLED_LAYERS, PULLED_WORDS } from "../../workloads/pulled-layers.ts";

const TIMEOUT = milliseconds(600_000);

export const studyPull = defineExperiment("study-pull", {
  ...{ table: studyPullTable, conditions: IMAGE_SIZES.map((image) => ({ image })), share: 10, warmupBlocks: 0, blockSeconds: 10 },
  roles: ["shell", "web", "python"],
  roleOf: ({ image }) => ROLE_OF_SIZE[image],
  workload: `docker pull, ${PULLED_WORDS}`,
  open: async (laboratory, signal) => {
    const docker = await laboratory.openDockerCommand();
    const registry = await laboratory.openRegistry(signal).catch(async (error) => {
      await docker[Symbol.asyncDispose]();
      throw error;
    });
    const close = async (): Promise<void> => {
      await registry[Symbol.asyncDispose]();
      await docker[Symbol.asyncDispose]();
    };
    const references = new Map<ImageSize, string>();
    try {
      for (const name of IMAGE_SIZES) {
        const image = { name, from: laboratory.images[ROLE_OF_SIZE[name]], layers: PULLED_LAYERS };
        references.set(name, await registry.publish(image, signal));
      }
    } catch (error) {
      await close();
      throw error;
    }
    return {
      trial: async ({ image }) => {
        const reference = references.get(image) as string;
        try {
          const { began, ended, problem, timedOut } = await docker.call(["pull", reference], TIMEOUT);
          const wall_ns = elapsedNs(began, ended);
          const part = { began, containerId: undefined, problem };
          if (problem === undefined) return { parts: [{ ...part, outcome: "ok", measured: { wall_ns } }], headline: wall_ns };
          const outcome = timedOut ? ("timeout" as const) : ("failed" as const);
          return { parts: [{ ...part, outcome, measured: studyPullTable.unmeasured }], headline: null };
        } finally {
          await registry.forget(reference);
        }
      },
      [Symbol.asyncDispose]: close,
    };
  },
});
