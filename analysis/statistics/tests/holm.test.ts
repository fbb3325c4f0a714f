import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holm } from "./holm.ts";

const anyFamily = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 20 });

describe("Holm's adjustment", () => {
  test.each([
    // p.adjust(p, "holm"), R 4.2.2
    [
      [0.01, 0.04, 0.03, 0.005, 0.5, 0.04],
      [0.05, 0.12, 0.12, 0.03, 0.5, 0.12],
    ],
    [
      [0.01, null, 0.03, 0.005, null, 0.9],
      [0.03, null, 0.06, 0.02, null, 0.9],
    ],
    [
      [0.6, 0.7],
      [1, 1],
    ],
    [[0.04], [0.04]],
    [[null], [null]],
    [[], []],
  ])("of %j is R's", (p, expected) => {
    const adjusted = holm(p);
    expect(adjusted).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) {
      if (value === null) expect(adjusted[index]).toBeNull();
      else expect(adjusted[index]).toBeCloseTo(value, 15);
    }
  });

  test("never falls below the p-value, nor above 1, nor turns the order of two tests", () => {
    fc.assert(
      fc.property(anyFamily, (family) => {
        const before = [...family];
        const adjusted = holm(family);
        expect(family).toEqual(before);
        const pairs = family.map((p, index) => [p ?? 0, adjusted[index] ?? 0] as const).sort((x, y) => x[0] - y[0]);
        for (const [index, [p, q]] of pairs.entries()) {
          expect(q >= p && q <= 1).toBe(true);
          expect(q).toBeGreaterThanOrEqual(pairs[index - 1]?.[1] ?? 0);
        }
      }),
    );
  });

  test("does not depend on the order of the tests, nor on tests that could not be made", () => {
    fc.assert(
      fc.property(anyFamily, (family) => {
        expect(holm(family.toReversed())).toEqual(holm(family).toReversed());
        expect(holm([...family, null])).toEqual([...holm(family), null]);
      }),
    );
  });

  test.each([-0.1, 1.1, Number.NaN])("%d is no probability", (p) => {
    expect(() => holm([0.5, p])).toThrow(`not a probability: ${p}`);
  });
});
