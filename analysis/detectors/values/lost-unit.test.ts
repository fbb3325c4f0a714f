import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measurement, scattered } from "../../testing/measurement.ts";
import { lostUnits } from "./lost-unit.ts";

const speeds = { experiment: "write", metric: "speed", unit: "MB/s", better: "higher" } as const;
/** As a program prints 700 to 1300 MB/s: in GB/s from 1000 on, with the unit cut off. */
const cutOff = scattered(1, 50, 1000, 100).map((value) => (value < 1000 ? value : Number((value / 1000).toFixed(1))));
const strays = cutOff.filter((value) => value < 10).length;

describe("a unit that was cut off", () => {
  test("is found where the values of one condition stand at two scales", () => {
    const [finding, ...more] = lostUnits([measurement(cutOff, speeds)], null);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ detector: "lost-unit", severity: "defect", experiment: "write", metric: "speed" });
    expect(finding?.evidence).toContain(`small ${strays} of 50`);
    expect(finding?.numbers.factor).toBe(1000);
  });

  test("is found at any scale, and in powers of 1024", () => {
    const bytes = scattered(2, 40, 1_500_000, 100_000);
    const mixed = bytes.map((value, index) => (index % 3 === 0 ? Math.round((value / 1024 ** 2) * 100) / 100 : value));
    expect(lostUnits([measurement(mixed, { unit: "bytes" })], null)[0]?.numbers.factor).toBe(1024 ** 2);
  });

  test("two scales are two scales in any unit", () => {
    const mixed = scattered(3).map((value, index) => (index % 9 === 0 ? value * 1000 : value));
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (unit) => {
        const values = mixed.map((value) => value * unit);
        expect(lostUnits([measurement(values)], null)[0]?.rows).toEqual([1, 10, 19, 28, 37]);
      }),
    );
  });

  test("is found by the clock alone, when every value has lost it", () => {
    const lost = measurement(
      Array.from({ length: 20 }, (_, index) => 1 + (index % 3) / 10),
      { ...speeds, work: 256 },
    );
    expect(lostUnits([lost], null)).toEqual([]); // nothing to contradict it
    expect(lostUnits([lost], 10_000)).toEqual([]); // possible
    expect(lostUnits([lost], 1000)[0]?.evidence).toMatch(/takes 4\d{3} s, and the whole run took 1000 s/);
  });
});

describe("no unit is missing", () => {
  const cases: Record<string, readonly number[][]> = {
    "where conditions truly differ a thousandfold": [scattered(4, 50, 2, 0.1), scattered(5, 50, 2000, 100)],
    "where one start took a thousand times as long": [[...scattered(6, 49, 1, 0.05), 1000]],
    "where some took 60 s and the rest 0.3 s": [[...scattered(7, 40), 60_000, 60_001, 60_000]],
    "where a hit is 40 times as fast as a miss": [[...scattered(8, 25, 100, 5), ...scattered(9, 25, 4000, 200)]],
    "where values spread over decades": [scattered(10, 50, 0, 2).map((value) => 10 ** value)],
    "among zeros and negative values": [[0, 0, 0, -5, ...scattered(11)]],
    "without values": [[]],
  };
  test.each(Object.entries(cases))("%s", (_, samples) => {
    expect(
      lostUnits(
        samples.map((values, index) => measurement(values, { factors: { image: `${index}` } })),
        null,
      ),
    ).toEqual([]);
  });
});
