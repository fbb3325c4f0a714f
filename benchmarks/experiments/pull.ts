/** A pull of an image of which nothing is there, from a registry beside the engine or another that was named. */
import { IMAGE_SIZES, type ImageSize } from "../../research/protocol.ts";
import { pullTable } from "../../research/tables/pull.ts";
import { elapsedNs } from "../../research/units.ts";
import { defineExperiment } from "../design/experiment.ts";
import type { PullMessage } from "../design/ports.ts";
import { ROLE_OF_SIZE } from "../workloads/image-roles.ts";
import { bytesOf, layerRows } from "../workloads/pull-progress.ts";
import { PULLED_LAYERS, PULLED_WORDS } from "../workloads/pulled-layers.ts";

export const pull = defineExperiment("pull", {
  table: pullTable,
  conditions: IMAGE_SIZES.map((image) => ({ image })),
  share: 10,
  warmupBlocks: 1,
  blockSeconds: 10,
  roles: ["shell", "web", "python"],
  roleOf: ({ image }) => ROLE_OF_SIZE[image],
  workload: PULLED_WORDS,
  open: async (laboratory, signal) => {
    const { clock, images } = laboratory;
    const registry = await laboratory.openRegistry(signal);
    const references = new Map<ImageSize, string>();
    try {
      for (const name of IMAGE_SIZES) {
        references.set(name, await registry.publish({ name, from: images[ROLE_OF_SIZE[name]], layers: PULLED_LAYERS }, signal));
      }
    } catch (error) {
      await registry[Symbol.asyncDispose]();
      throw error;
    }
    return {
      trial: async ({ image }, trialSignal) => {
        const reference = references.get(image) as string;
        const messages: PullMessage[] = [];
        const began = clock.now();
        try {
          await registry.pull(reference, (message) => messages.push(message), trialSignal);
          const pulled_ns = elapsedNs(began, clock.now());
          const layers = layerRows(messages, began);
          const bytes = bytesOf(layers);
          const parts = [{ ...pullTable.unmeasured, bytes, pulled_ns }, ...layers].map(
            (measured) => ({ outcome: "ok", problem: undefined, began, containerId: undefined, measured }) as const,
          );
          return { parts, headline: pulled_ns };
        } finally {
          await registry.forget(reference);
        }
      },
      [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose](),
    };
  },
});
