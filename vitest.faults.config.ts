import { defineConfig } from "vitest/config";

/** `npm run test:faults`: every promise about lost, false and foreign things, the long trials included. It takes minutes. */
export default defineConfig({
  test: {
    globalSetup: ["benchmarks/testing/prepare-engines.ts"],
    include: [
      ...["benchmarks/edges/host/{owner,host-lock}.test.ts", "benchmarks/edges/files/{lock,csv-recorder,torn-row}.test.ts"],
      ...[
        "scripts/strange-text.test.ts",
        "scripts/{faults,forged-trace,resume}.engine.test.ts",
        "{benchmarks,scripts}/**/*.faults.test.ts",
      ],
    ],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
