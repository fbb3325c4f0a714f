/** What most tests of the command need: a real engine, and a folder that is removed when the tests of the file have ended. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { testEngine } from "../../benchmarks/testing/engine.ts";

type TestEngine = Awaited<ReturnType<typeof testEngine>>;

/** @param name of the folder, behind `tierbench-` @returns the engine may be asked for from the first test on */
export function engineAndFolder(name: string): {
  readonly folder: string;
  readonly found: Pick<TestEngine, "engine" | "url" | "small">;
} {
  const folder = mkdtempSync(join(tmpdir(), `tierbench-${name}-`));
  let opened: TestEngine | undefined;
  const found = (): TestEngine => {
    if (opened === undefined) throw new Error("the engine is there once the tests have begun");
    return opened;
  };
  beforeAll(async () => {
    opened = await testEngine();
  }, 300_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await opened?.[Symbol.asyncDispose]();
  });
  return {
    folder,
    found: {
      get engine() {
        return found().engine;
      },
      get url() {
        return found().url;
      },
      get small() {
        return found().small;
      },
    },
  };
}
