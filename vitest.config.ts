import { env } from "node:process";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./benchmarks/testing/longest-first.ts";

/** Each worker has an engine of its own: two that start containers on one at once would disturb each other. */
const engines = env.TIERBENCH_TEST_ENGINE?.trim().split(/\s+/).length ?? 1;
const withEngines = { maxWorkers: engines, sequence: { groupOrder: 1 } };

const rooms = "{research,benchmarks,analysis,scripts}/**";

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "pure",
          include: [`${rooms}/*.test.ts`],
          exclude: [`${rooms}/*.{engine,browser,faults}.test.ts`],
          // A process that takes file after file loads a module once, not once a file: a third of the time. It asks of tests
          // that they put back what they change (spies, process.exitCode, the environment).
          isolate: false,
          maxWorkers: "100%",
          // Beside the builds of images, on two processors: no test is about time.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "browser",
          include: [`${rooms}/*.browser.test.ts`],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          ...withEngines,
        },
      },
      {
        test: {
          name: "engine",
          globalSetup: ["benchmarks/testing/prepare-engines.ts"],
          include: [`${rooms}/*.engine.test.ts`],
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...withEngines,
        },
      },
    ],
  },
});
