import { describe, expect, it } from "vitest";
import { type Milestones, partition } from "../../../research/phases.ts";
import { waterfall } from "./waterfall.ts";

const plain = (_: unknown, text: string): string => text;
const milestones = {
  create_sent: 0,
  create_done: 25e6,
  start_sent: 25e6,
  shim_exec: 50e6,
  create_exec: 60e6,
  entry_exec: 99e6,
  entry_acts: 100e6,
};
const split = partition(milestones as unknown as Milestones);

describe("waterfall", () => {
  it("draws one line a phase, no wider than the terminal", () => {
    for (const columns of [40, 80, 200]) {
      const lines = waterfall(split, columns, plain);
      const phases = lines.slice(0, split.phases.length);
      expect(new Set(phases.map((line) => line.length)).size).toBe(1);
      if (columns >= 80) expect(phases[0]?.length).toBeLessThanOrEqual(columns);
      expect(phases.every((line) => /[█▏▎▍▌▋▊▉]/.test(line))).toBe(true);
    }
  });

  it("puts each bar where the phase lies", () => {
    const columns = 100;
    const bars = waterfall(split, columns, plain).slice(0, split.phases.length);
    const begins = bars.map((line) => line.search(/[█▏▎▍▌▋▊▉]/));
    expect(begins).toEqual([...begins].sort((a, b) => a - b));
    expect(bars.find((line) => line.startsWith("create container"))).toContain("25.0 %");
  });

  it("tells sums, shares and what was not seen", () => {
    const text = waterfall(split, 200, plain).join("\n");
    expect(text).toContain("daemon not separable   runtime not separable   process 1.000 ms");
    expect(text).toContain("total 100.000 ms");
    expect(text).toMatch(/runtime loads includes phases whose beginning was not seen: cgroups, .*runtime starts/);
  });

  it("breaks the line of the sums where the terminal ends", () => {
    const narrow = waterfall(partition(milestones as unknown as Milestones), 60, plain);
    expect(narrow.filter((line) => line.length > 60)).toEqual([]);
    expect(narrow.join(" ").replaceAll(/ +/g, " ")).toContain("process 1.000 ms 1.0 % total 100.000 ms");
  });

  it("says why there is no total", () => {
    const { entry_acts: _, ...silent } = milestones;
    expect(
      waterfall(partition(silent as unknown as Milestones), 100, plain)
        .join(" ")
        .replaceAll(/ +/g, " "),
    ).toContain("total unknown: nothing shows the entrypoint acting");
  });
});
