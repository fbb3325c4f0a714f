import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HAMILTON, SIXTY_PAIRS, TIED_PAIRS } from "../testing/pairs.ts";
import { anyPairs } from "../testing/two-samples.ts";
import { walshAverage } from "./walsh-average.ts";

describe("the Walsh-average estimate", () => {
  test.each([
    // wilcox.test(a, b, paired = TRUE, exact = TRUE, conf.int = TRUE, conf.level = ...), R 4.2.2
    ["n = 9", HAMILTON, 0.95, 0.46, 0.01, 0.786],
    ["n = 9, 90 %", HAMILTON, 0.9, 0.46, 0.175, 0.726],
    ["n = 50", SIXTY_PAIRS.slice(0, 50), 0.95, 4.5875, -10.35, 19.0625],
    // d <- a - b; w <- outer(d, d, "+")/2; w <- sort(w[!lower.tri(w)]); k <- qsignrank(.025, 10); c(median(w), w[k], w[56 - k])
    ["ties and a zero", TIED_PAIRS, 0.95, 2.5, -8, 11],
  ])("has the exact order, as R has it: %s", (_, pairs, confidence, pseudomedian, lo, hi) => {
    const result = walshAverage(pairs, confidence);
    expect(result.method).toBe("exact");
    expect(result.pseudomedian).toBeCloseTo(pseudomedian, 10);
    expect(result.interval?.[0]).toBeCloseTo(lo, 10);
    expect(result.interval?.[1]).toBeCloseTo(hi, 10);
  });

  test("has the normal order for n = 60: the same with k = 648 of 1830", () => {
    const result = walshAverage(SIXTY_PAIRS);
    expect(result.method).toBe("normal");
    expect(result.pseudomedian).toBeCloseTo(4.5875, 10);
    expect(result.interval?.[0]).toBeCloseTo(-8.575, 10);
    expect(result.interval?.[1]).toBeCloseTo(17.725, 10);
  });

  test("has no interval below six pairs", () => {
    expect(walshAverage(HAMILTON.slice(0, 5)).interval).toBeNull();
    expect(walshAverage(HAMILTON.slice(0, 6)).interval).not.toBeNull();
    expect(walshAverage([[3, 1]])).toEqual({ pseudomedian: 2, interval: null, method: "exact" });
  });

  test("20 000 pairs: numpy.partition of all 200 010 000 averages, k = 98 404 636", () => {
    const pairs = Array.from({ length: 20_000 }, (_, i) => [(i * 7919) % 20_011, 10_000] as const);
    expect(walshAverage(pairs)).toEqual({ pseudomedian: 5.5, interval: [-75, 86], method: "normal" });
  });

  test("moves and grows with the differences, turns with the pairs, and does not ask for their order", () => {
    fc.assert(
      fc.property(anyPairs, fc.integer({ min: -9, max: 9 }), (pairs, move) => {
        const before = structuredClone(pairs);
        const { pseudomedian, interval } = walshAverage(pairs);
        expect(pairs).toEqual(before);
        const moved = walshAverage(pairs.map(([a, b]) => [4 * a + move, 4 * b] as const).reverse());
        expect(moved.pseudomedian).toBe(4 * pseudomedian + move);
        expect(moved.interval).toEqual(interval && [4 * interval[0] + move, 4 * interval[1] + move]);
        const turned = walshAverage(pairs.map(([a, b]) => [b, a]));
        expect(turned.pseudomedian).toBe(0 - pseudomedian);
        expect(turned.interval).toEqual(interval && [0 - interval[1], 0 - interval[0]]);
      }),
    );
  });
});
