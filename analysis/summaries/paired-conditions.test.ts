import { describe, expect, test } from "vitest";
import { PHASES } from "../../research/phases.ts";
import { nanoseconds } from "../../research/units.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { pairedConditions } from "./paired-conditions.ts";

const SIZE = 40;
/** A machine that is slower by up to 80 % in some blocks, whatever runs. */
const disturbance = Array.from({ length: SIZE }, (_, block) => 1 + 0.8 * Math.abs(Math.sin(block)));

/** `turn`: which place of its block the condition takes, of two. */
const condition = (image: string, base: number, turn: 0 | 1, fields: Partial<Measurement> = {}): Measurement => ({
  ...{ experiment: "startup", factors: { image, mode: "warm" }, condition: `${image} warm` },
  ...{ metric: "total_ms", unit: "ms", better: "lower" },
  values: disturbance.map((factor, block) => factor * base + ((block * (7 + 4 * turn)) % 10) / 100),
  blocks: disturbance.map((_, block) => block + 1),
  rows: disturbance.map((_, block) => 2 * block + turn + 1),
  ...fields,
});

const paired = (measurements: readonly Measurement[]) => pairedConditions(measurements, () => ({ defects: [], cautions: [] }));

describe("conditions paired within blocks", () => {
  test("what disturbs both of a pair falls out", () => {
    const [found, ...others] = paired([condition("small", 100, 0), condition("large", 102, 1)]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ a: "large warm", b: "small warm", pairs: SIZE, family: "startup total_ms" });
    expect(found?.ratio).toBeCloseTo(1.02, 3);
    expect(found?.ratio_ci?.[0]).toBeGreaterThan(1.018);
    expect(found?.ratio_ci?.[1]).toBeLessThan(1.022);
    expect(found?.p).toBeLessThan(1e-6);
  });

  test("passes that were made one after the other pair nothing", () => {
    const rows = disturbance.map((_, block) => SIZE + block + 1);
    const first = condition("small", 100, 0, { rows: rows.map((row) => row - SIZE) });
    expect(paired([first, condition("large", 102, 1, { rows })])).toEqual([]);
  });

  test("only the blocks that both have are pairs; below six there is no comparison", () => {
    const part = (count: number): Measurement => {
      const { values, blocks, rows } = condition("large", 102, 1);
      return condition("large", 102, 1, {
        ...{ values: values.slice(0, count), blocks: blocks.slice(0, count), rows: rows.slice(0, count) },
      });
    };
    expect(paired([condition("small", 100, 0), part(6)])).toMatchObject([{ pairs: 6 }]);
    expect(paired([condition("small", 100, 0), part(5)])).toEqual([]);
  });

  test("a condition that is twice in a block is paired with nothing", () => {
    const { blocks } = condition("small", 100, 0);
    const twice = condition("small", 100, 0, { blocks: blocks.map((block) => Math.ceil(block / 2)) });
    expect(paired([twice, condition("large", 102, 1)])).toEqual([]);
  });

  test("conditions that differ in two factors, experiments and metrics are not mixed", () => {
    const cold = condition("large", 300, 1, { factors: { image: "large", mode: "cold" }, condition: "large cold" });
    const tier = condition("large", 102, 1, { metric: "daemon_ms" });
    expect(paired([condition("small", 100, 0), cold, tier])).toEqual([]);
  });

  test("a value that is not positive leaves the shift and takes the ratio", () => {
    const { values } = condition("large", 102, 1);
    const [found] = paired([condition("small", 100, 0), condition("large", 102, 1, { values: [0, ...values.slice(1)] })]);
    expect(found?.ratio).toBeNull();
    expect(found?.shift).toBeGreaterThan(0);
  });

  test("p-values are adjusted within the family", () => {
    const three = ["small", "medium", "large"].map((image, index) =>
      condition(image, 100 + index, 0, { rows: disturbance.map((_, block) => 3 * block + index + 1) }),
    );
    const found = paired(three);
    expect(found).toHaveLength(3);
    for (const { p, p_holm } of found) expect(p_holm).toBeGreaterThan(p);
  });

  test("the joint interval leaves out 0 where the adjusted p-value says so, and is no narrower than that of the pair alone", () => {
    const levels = [100, 100, 100.02, 100.2, 103];
    const found = paired(
      levels.map((base, index) =>
        condition(`image${index}`, base, index % 2 === 0 ? 0 : 1, {
          rows: disturbance.map((_, block) => levels.length * block + index + 1),
        }),
      ),
    );
    expect(found).toHaveLength(10);
    for (const { shift_ci, shift_ci_simultaneous: joint, p_holm } of found) {
      const [low, high] = joint as [number, number];
      expect(low > 0 || high < 0).toBe((p_holm as number) <= 0.05);
      expect(low).toBeLessThanOrEqual((shift_ci as [number, number])[0]);
      expect(high).toBeGreaterThanOrEqual((shift_ci as [number, number])[1]);
    }
    expect(new Set(found.map(({ p_holm }) => (p_holm as number) <= 0.05)).size).toBe(2);
  });
});

describe("variants", () => {
  const STARTS = disturbance.map((factor) => ({ factor }));
  const start = (factor: number, hook: number) => {
    const ends = [0, 10 * factor, 10 * factor + hook].map((at) => nanoseconds(Math.round(at * 1e6)));
    const kinds = (["create_api", "hook"] as const).map((phase) => ({ phase, tier: PHASES[phase].tier, encloses: [] }));
    return { kinds, bounds_ns: ends };
  };
  const variant = (name: string, turn: 0 | 1) =>
    condition("small", 100, turn, { factors: { image: "small", mode: "warm", variant: name }, condition: `small warm ${name}` });
  const named = [variant("base", 0), variant("host", 1), variant("crun", 1)];

  const ofVariants = (measurements: readonly Measurement[]) =>
    pairedConditions(measurements, () => ({ defects: [], cautions: [] }), "base");

  test("are compared with the first alone, by phase, and the phases add up", () => {
    const startsOf = ({ factors }: Measurement) => STARTS.map(({ factor }) => start(factor, factors.variant === "host" ? 1 : 4));
    const found = pairedConditions(named, () => ({ defects: [], cautions: [] }), "base", startsOf);
    expect(found.map(({ a, b }) => [a, b])).toEqual([
      ["small warm host", "small warm base"],
      ["small warm crun", "small warm base"],
    ]);
    const phases = found[0]?.phases ?? [];
    expect(phases.map(({ phases: names }) => names.join())).toEqual(["create_api", "hook"]);
    expect(phases[0]?.difference_ms).toBeCloseTo(0, 9);
    expect(phases[1]?.difference_ms).toBeCloseTo(-3, 5);
    expect(phases[1]?.difference_ci_simultaneous?.[1]).toBeLessThan(0);
  });

  test("are a family of their own: images that are compared, too, do not count", () => {
    const rows = disturbance.map((_, block) => 2 * block + 2);
    const factors = { image: "large", mode: "warm", variant: "base" };
    const large = { ...(named[0] as Measurement), factors, condition: "large warm base", rows };
    const alone = ofVariants(named).map(({ p_holm }) => p_holm);
    const together = ofVariants([...named, large]);
    expect(together.filter(({ a }) => !a.startsWith("large")).map(({ p_holm }) => p_holm)).toEqual(alone);
    expect(together.map(({ family }) => family)).toContain("startup total_ms");
  });

  test("other factors are compared in each of them", () => {
    const cold = { ...named[0], factors: { image: "small", mode: "cold", variant: "base" }, condition: "small cold base" };
    const rows = disturbance.map((_, block) => 2 * block + 2);
    expect(
      pairedConditions(
        [named[0] as Measurement, { ...(cold as Measurement), rows }],
        () => ({ defects: [], cautions: [] }),
        "base",
      )[0]?.phases,
    ).toBeNull();
  });
});
