import { describe, expect, it } from "vitest";
import type { Measurement } from "../../analysis/subjects/measurement.ts";
import { placeInContainer } from "./place-in-container.ts";

/** Two conditions in turns, two trials a container, each a little different from the one before. */
function measured(slower: number): { measurements: Measurement[]; containers: string[] } {
  const rows = Array.from({ length: 40 }, (_, index) => {
    const place = index % 2;
    const container = index >> 1;
    // Whose turn it is changes from container to container.
    const condition = (place + container) % 2;
    return {
      container: `c${container}`,
      condition,
      value: (condition === 0 ? 10 : 700) * (1 + (index % 7) / 100) * slower ** place,
    };
  });
  const measurements = [0, 1].map((condition): Measurement => {
    const own = rows.flatMap((row, index) => (row.condition === condition ? [{ ...row, row: index + 1 }] : []));
    return {
      ...{ experiment: "write", factors: { mode: `${condition}` }, condition: `${condition}`, metric: "write_ms", unit: "ms" },
      ...{ better: "lower", blocks: own.map(({ row }) => row), rows: own.map(({ row }) => row) },
      values: own.map(({ value }) => value),
    };
  });
  return { measurements, containers: rows.map(({ container }) => container) };
}

describe("the place in a container", () => {
  it("is found where later trials take longer, whatever the conditions take", () => {
    const { measurements, containers } = measured(1.5);
    const found = placeInContainer(measurements, containers);
    expect([found?.first, found?.later]).toEqual([20, 20]);
    expect(found?.effect.ratio).toBeCloseTo(1.5, 1);
    expect(found?.effect.interval?.[0]).toBeGreaterThan(1.4);
  });

  it("is not found where it makes none", () => {
    const { measurements, containers } = measured(1);
    const [low, high] = placeInContainer(measurements, containers)?.effect.interval ?? [Number.NaN, Number.NaN];
    expect(low).toBeLessThanOrEqual(1);
    expect(high).toBeGreaterThanOrEqual(1);
  });

  it("cannot be asked where every trial has a container of its own", () => {
    const { measurements } = measured(1.5);
    expect(
      placeInContainer(
        measurements,
        Array.from({ length: 40 }, (_, row) => `own ${row}`),
      ),
    ).toBeNull();
  });
});
