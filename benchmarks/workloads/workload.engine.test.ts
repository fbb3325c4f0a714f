import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { between } from "./marks.ts";
import { python, runWorkload, sections } from "./workload.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["python"]);
}, 300_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

/** Sleeps for so many hundredths of a second, or meets an error of the system. */
const trials = async (conditions: readonly number[], more = "") => {
  const { laboratory } = lab;
  const command = python(
    "def nap(hundredths):",
    "  mark('begin')",
    "  if hundredths < 0: os.stat('/nowhere')",
    more === "" ? "  time.sleep(hundredths / 100)" : `  ${more}`,
    "  mark('end')",
    sections(
      "nap",
      conditions.map((hundredths) => [hundredths]),
    ),
  );
  return runWorkload(
    laboratory,
    {
      request: { image: laboratory.images.python, command, settings: { network: "none" } },
      conditions,
      unmeasured: { took_ns: null },
      read: (marks) => ({ measured: { took_ns: between(marks, "begin", "end") }, headline: null }),
    },
    new AbortController().signal,
  );
};

describe("a workload of several trials in one container", () => {
  it("times each by its own marks, and one that meets an error does not end the others", async () => {
    const measured = (await trials([20, -1, 5, 10])).map(({ parts: [part] }) => part);
    expect(measured.map((part) => [part?.outcome, part?.problem])).toEqual([
      ["ok", undefined],
      ["failed", "[Errno 2] No such file or directory: '/nowhere'"],
      ["ok", undefined],
      ["ok", undefined],
    ]);
    const took = measured.map((part) => part?.measured.took_ns);
    expect(took[0]).toBeGreaterThanOrEqual(200e6);
    expect(took[1]).toBeNull();
    expect(took[2]).toBeGreaterThanOrEqual(50e6);
    expect(took[3]).toBeGreaterThanOrEqual(100e6);
    const began = measured.map((part) => part?.began ?? 0n);
    // Each began when its section did: not before the one before it had slept.
    expect(Number((began[1] ?? 0n) - (began[0] ?? 0n))).toBeGreaterThanOrEqual(200e6);
    expect(new Set(measured.map((part) => part?.containerId)).size).toBe(1);
  });

  it("that ends early is failed for all, with its last words", async () => {
    const measured = (await trials([1, 2], "sys.exit('no more')")).map(({ parts: [part] }) => part);
    expect(measured.map((part) => [part?.outcome, part?.problem, part?.measured])).toEqual([
      ["failed", "the container exited with code 1: no more", { took_ns: null }],
      ["failed", "the container exited with code 1: no more", { took_ns: null }],
    ]);
  });
});
