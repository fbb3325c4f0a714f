/** For tests: animals are watched by the probe and by strace at once. */
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KernelProbe } from "../../../benchmarks/design/ports.ts";
import type { FoundEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { machineClock } from "../../../benchmarks/edges/host/clock.ts";
import { provideLocal } from "../../../benchmarks/edges/images/images.ts";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { observeStart } from "../../../benchmarks/start/observe-start.ts";
import { testEngine } from "../../../benchmarks/testing/engine.ts";
import { timeline } from "../../../benchmarks/timeline/timeline.ts";
import { partition } from "../../../research/phases.ts";
import { milliseconds } from "../../../research/units.ts";
import type { Animal } from "./animals.ts";
import { firstOwnWrite, PROGRAMS, TESTIMONY, watched } from "./oracle.ts";
import { provideZooPrograms } from "./programs.ts";

/** What every animal sleeps before it acts. */
const INJECTED_NS = 50e6;
/** Beyond what the oracle's own stops take, and what the wall clock, by which it stamps, is known worse by. */
const TOLERANCE_NS = 1_000_000n;
const never = new AbortController().signal;

let found: FoundEngine;
let probe: KernelProbe;
let folder: string;

beforeAll(async () => {
  found = await testEngine();
  // A file system on a device, which /tmp need not be.
  folder = await mkdtemp("/var/tmp/tierbench-zoo-");
  await provideZooPrograms(join(folder, "programs"), () => undefined);
  probe = openTracefs();
}, 600_000);
afterAll(async () => {
  await probe?.[Symbol.asyncDispose]();
  await found?.[Symbol.asyncDispose]();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

async function observed({ image, command, isService }: Animal, name: string) {
  const reference = await provideLocal(found.engine.docker, image, () => undefined, never);
  const testimony = join(folder, name);
  await mkdir(testimony);
  const before = machineClock.wallOffset();
  const start = await observeStart(
    { engine: found.engine, probe, clock: machineClock },
    {
      ...{
        image: reference,
        command: watched(command),
        timeout: milliseconds(60_000),
        untilFirstByte: isService ?? false,
      },
      settings: {
        // A port of the host's may be taken.
        ...(isService ? {} : { network: "host" }),
        mounts: [
          { kind: "bind", source: join(folder, "programs"), target: PROGRAMS },
          { kind: "bind", source: testimony, target: TESTIMONY },
        ],
      },
    },
    never,
  );
  const [own, calls] = await Promise.all(["own", "calls"].map((file) => readFile(join(testimony, file), "utf8")));
  const wall = machineClock.wallOffset();
  return {
    start,
    seen: timeline({ ...start, wall }, probe.resolution),
    uncounted: timeline({ ...start, wall, received: undefined }, probe.resolution),
    sighting: firstOwnWrite(own as string, calls as string),
    toMonotonic: (at: bigint): bigint => at - (before.offset + wall.offset) / 2n,
    tolerance: TOLERANCE_NS + BigInt(Math.ceil(before.error + wall.error + Math.abs(Number(wall.offset - before.offset)))),
  };
}

/** Declares a test an animal. */
export function watchEach(animals: readonly Animal[]): void {
  describe("the act of an entrypoint", () => {
    it.for(animals.map((animal, index) => ({ animal, index, name: animal.name })))(
      "is when strace sees its output written to: $name",
      { timeout: 600_000 }, // the first of an image builds it
      async ({ animal, index }, { skip }) => {
        const { start, seen, uncounted, sighting, toMonotonic, tolerance } = await observed(animal, String(index));
        if (animal.isUnseen !== undefined && start.problem?.includes(animal.isUnseen)) skip(start.problem);
        expect(start).toMatchObject({ outcome: "ok", problem: undefined });
        const { milestones, actRule } = seen;
        expect(actRule).toBe(animal.rule ?? "own-output");
        if (animal.uncounted !== "either") expect(uncounted.actRule).toBe(animal.uncounted ?? animal.rule ?? "own-output");
        // All of the 50 ms before the true act is the entrypoint's.
        expect(partition(milestones).tiers.process_ns).toBeGreaterThan(INJECTED_NS);
        if (animal.isSilent) {
          expect(sighting).toBeUndefined();
          expect(milestones.entry_acts).toBe(milestones.entry_exit);
          return;
        }
        if (sighting === undefined) throw new Error("strace saw nothing written to the container's own output");
        const acts = start.client.create_sent + BigInt(milestones.entry_acts ?? 0);
        if (animal.isUnseen === undefined) expect(acts).toBeGreaterThan(toMonotonic(sighting.entered) - tolerance);
        // An upper bound is one: the client's first byte comes later than the write, by the way through shim and daemon.
        if (actRule === "own-output" || animal.isUnseen !== undefined)
          expect(acts).toBeLessThan(toMonotonic(sighting.before) + tolerance);
      },
    );
  });
}
