import { defineConfig } from "vitest/config";

const rooms = "{research,benchmarks,analysis,scripts}/**";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "pure",
          include: [`${rooms}/*.test.ts`],
          exclude: [`${rooms}/*.{engine,browser,faults}.test.ts`],
          // A process that takes file after file loads a module once, not once a file: a third of the time. It asks of tests
          // that they put back what they change (spies, process.exitCode, the environment).
          isolate: false,
        },
      },
      { test: { name: "browser", include: [`${rooms}/*.browser.test.ts`], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: "engine",
          globalSetup: ["benchmarks/testing/provide-images.ts"],
          include: [`${rooms}/*.engine.test.ts`],
          // They share one engine: two that start containers at once would disturb each other.
          fileParallelism: false,
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
