import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestLaboratory, testLaboratory } from "../../../benchmarks/testing/laboratory.ts";
import { isBounded, observeListener, WAY_NAMES, WAYS } from "./observe-listeners.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["python"]);
}, 600_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

test.each(WAY_NAMES.filter((way) => WAYS[way].until !== undefined))(
  "a listener that stamps itself lies within what is said of it: %s",
  async (way) => {
    const { laboratory } = lab;
    const listened = await observeListener(laboratory, laboratory.images.python, way, new AbortController().signal);
    expect(listened).toSatisfy((found: typeof listened) => isBounded(found, laboratory.probe.resolution));
    // A bound of half a second would hold, too.
    expect(listened.error).toBeLessThan(way === "kernel" ? 2_000 : 200e6);
  },
);
