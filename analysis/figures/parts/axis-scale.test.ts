import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { axisScale, axisTitle, ticks, toPx } from "./axis-scale.ts";
import { PLOT_WIDTH_PX } from "./theme.ts";

describe("a scale", () => {
  test("shows every value, the least near its begin and the greatest near its end", () => {
    // In thousandths, as no one measures picoseconds beside hours.
    const values = fc.array(
      fc.integer({ min: -1e9, max: 1e9 }).map((thousandths) => thousandths / 1000),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(values, (sample) => {
        const scale = axisScale(sample);
        for (const value of sample) {
          expect(toPx(scale, value)).toBeGreaterThanOrEqual(0);
          expect(toPx(scale, value)).toBeLessThanOrEqual(PLOT_WIDTH_PX);
        }
      }),
    );
  });

  test("is logarithmic where a linear one would crush the small values, and says so", () => {
    expect(axisScale([1, 25]).type).toBe("log");
    expect(axisScale([1, 15]).type).toBe("linear");
    expect(axisScale([0, 1000]).type).toBe("linear");
    expect(axisScale([100, 400], 3).type).toBe("log");
    expect(axisTitle("write_speed_mbps", "MB/s", axisScale([1, 25]), "higher")).toBe(
      "write speed (MB/s, log scale; higher is better)",
    );
  });
});

describe("labels", () => {
  test("are round numbers", () => {
    expect(ticks({ type: "linear", domain: [0, 233] }, 5).values).toEqual([0, 50, 100, 150, 200]);
    expect(ticks({ type: "linear", domain: [0.97, 1.32] }, 4).values).toEqual([1, 1.1, 1.2, 1.3]);
    expect(ticks({ type: "linear", domain: [-34, -26] }, 4).values).toEqual([-32, -28]);
    expect(ticks({ type: "log", domain: [0.9, 1100] }).values).toEqual([1, 10, 100, 1000]);
    expect(ticks({ type: "log", domain: [150, 1700] }).values).toEqual([200, 500, 1000]);
    expect(ticks({ type: "log", domain: [300, 900] }, 4).values).toEqual([400, 600, 800]);
  });

  test("are as many as there is room for, and never none or one", () => {
    const bounds = fc.tuple(fc.integer({ min: -1e8, max: 1e8 }), fc.integer({ min: 10, max: 1e8 }));
    fc.assert(
      fc.property(bounds, fc.integer({ min: 4, max: 9 }), ([least_thousandths, span_thousandths], most) => {
        const [least, span] = [least_thousandths / 1000, span_thousandths / 1000];
        const { values } = ticks({ type: "linear", domain: [least, least + span] }, most);
        expect(values.length).toBeGreaterThan(1);
        expect(values.length).toBeLessThanOrEqual(most);
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(least - 1e-9);
          expect(value).toBeLessThanOrEqual(least + span + 1e-9);
        }
      }),
    );
  });
});
