import { describe, expect, it } from "vitest";
import type { PhaseName } from "../../../research/phases.ts";
import { nanoseconds } from "../../../research/units.ts";
import type { DelayedBlock, DelayedStart } from "./observe-delays.ts";
import type { Arm } from "./places.ts";
import { leavesOut, recoveries, smallestFound } from "./recovery.ts";

const ms = (count: number): number => Math.round(count * 1e6);

/** @param noise differs from start to start and is in every phase */
function start(noise: number, longer: Partial<Record<PhaseName, number>>, waited: number): DelayedStart {
  const time = (phase: PhaseName, usual: number): number => ms(usual + noise + (longer[phase] ?? 0));
  const phases = { create_api: time("create_api", 15), hook: time("hook", 120), entrypoint: time("entrypoint", 1) };
  return {
    phases,
    tiers: {
      daemon_ns: nanoseconds(phases.create_api),
      runtime_ns: nanoseconds(phases.hook),
      process_ns: nanoseconds(phases.entrypoint),
    },
    total_ns: phases.create_api + phases.hook + phases.entrypoint,
    waited_ns: ms(waited),
  };
}

const ARMS: readonly Arm[] = [
  { place: null, delay_ms: 0 },
  { place: "hook", delay_ms: 50 },
];
const noise = (block: number, step: number): number => ((block * step) % 20) / 100;
const blocks = (delayed: (block: number) => DelayedStart): DelayedBlock[] =>
  Array.from({ length: 20 }, (_, block) => [start(noise(block, 3), {}, 0), delayed(block)]);

describe("recoveries", () => {
  it("finds a delay in the phase that took it, and nothing elsewhere", () => {
    const [found] = recoveries(
      ARMS,
      blocks((block) => start(noise(block, 7), { hook: 50 }, 50)),
    );
    expect(found?.injected.ms).toBe(50);
    expect(found?.phases.hook?.ms).toBeCloseTo(50, 1);
    expect(found?.tiers.runtime.ms).toBeCloseTo(50, 1);
    expect(found?.elsewhere.map(({ phase }) => phase)).toEqual(["create_api", "entrypoint"]);
    for (const shift of found?.elsewhere ?? []) {
      expect(leavesOut(shift, 0)).toBe(false);
      expect(shift.adjustedP).toBeGreaterThan(0.05);
    }
  });

  it("tells when another phase took it", () => {
    const [found] = recoveries(
      ARMS,
      blocks((block) => start(noise(block, 7), { entrypoint: 50 }, 50)),
    );
    expect(found?.phases.hook?.ms).toBeCloseTo(0, 1);
    const wrong = found?.elsewhere.filter(({ adjustedP }) => adjustedP < 0.05);
    expect(wrong?.map(({ phase }) => phase)).toEqual(["entrypoint"]);
  });

  it("refuses blocks in which a phase is there in some starts only", () => {
    const lacking = blocks((block) => {
      const whole = start(noise(block, 7), {}, 0);
      return { ...whole, phases: { create_api: whole.phases.create_api as number } };
    });
    expect(() => recoveries(ARMS, lacking)).toThrow(RangeError);
  });
});

describe("smallestFound", () => {
  it("shrinks with the square root of the number of blocks", () => {
    const shift = { ms: 2, interval: [1, 3] } as const;
    const atTen = smallestFound(shift, 10, 10) ?? 0;
    expect(atTen).toBeCloseTo(2.8016 / 1.96, 3);
    expect(smallestFound(shift, 10, 40)).toBeCloseTo(atTen / 2, 9);
    expect(smallestFound({ ms: 2, interval: null }, 5, 50)).toBeNull();
  });
});
