import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pairedDifferences } from "../effects/paired-differences.ts";
import { HAMILTON, SIXTY_PAIRS, TIED_PAIRS } from "../testing/pairs.ts";
import { anyPairs, relativeError } from "../testing/two-samples.ts";
import { signedRankArrangements } from "./signed-rank-distribution.ts";
import { wilcoxonSignedRank } from "./wilcoxon-signed-rank.ts";

describe("Wilcoxon's signed ranks", () => {
  // wilcox.test(a, b, paired = TRUE, exact = TRUE), R 4.2.2
  test.each([
    ["n = 9", HAMILTON, 40, 0.0390625],
    ["n = 50, the largest exact one", SIXTY_PAIRS.slice(0, 50), 703, 0.5335711137818161],
  ])("exact, as R has it: %s", (_, pairs, w, p) => {
    const result = wilcoxonSignedRank(pairs);
    expect(result).toMatchObject({ w, n: pairs.length, method: "exact" });
    expect(relativeError(result.p, p)).toBeLessThan(1e-9);
  });

  // coin::wilcoxsign_test(d ~ rep(0, n), distribution = "exact", zero.method = "Wilcoxon"), R 4.2.2, coin 1.4-2
  test.each([
    ["a pair without a difference", TIED_PAIRS, 27, 9, 0.6328125],
    ["n = 8", [1, 2, -2, 3, 5, 5, -1, 4].map((d) => [d, 0] as const), 31, 8, 0.0859375],
    ["all of one sign", [1, 1, 1, 2, 2, 3].map((d) => [d, 0] as const), 21, 6, 0.03125],
  ])("exact, given the ties: %s", (_, pairs, w, n, p) => {
    const result = wilcoxonSignedRank(pairs);
    expect(result).toMatchObject({ w, n, method: "exact" });
    expect(relativeError(result.p, p)).toBeLessThan(1e-9);
  });

  // wilcox.test(a, b, paired = TRUE, exact = FALSE), R 4.2.2
  test.each([
    [
      "53 that differ, with ties",
      Array.from({ length: 60 }, (_, i) => [((i + 1) % 9) - 3, 0] as const),
      1018,
      53,
      0.0071171799186893672,
    ],
    ["n = 60", SIXTY_PAIRS, 1015, 60, 0.46387595146583904],
  ])("normal, as R has it: %s", (_, pairs, w, n, p) => {
    const result = wilcoxonSignedRank(pairs);
    expect(result).toMatchObject({ w, n, method: "normal" });
    expect(relativeError(result.p, p)).toBeLessThan(1e-9);
  });

  test("the exact distribution: dsignrank(0:10, 4) * 16", () => {
    expect(Array.from(signedRankArrangements(4))).toEqual([1, 1, 1, 2, 2, 2, 2, 2, 1, 1, 1]);
    expect(Array.from(signedRankArrangements(50)).reduce((sum, count) => sum + count, 0)).toBe(2 ** 50);
  });

  test("pairs without any difference say nothing: p = 1", () => {
    expect(
      wilcoxonSignedRank([
        [3, 3],
        [4, 4],
      ]),
    ).toEqual({ w: 0, n: 0, p: 1, method: "exact" });
  });

  test("refuse no pairs, and a pair without a finite difference", () => {
    expect(() => wilcoxonSignedRank([])).toThrow("no pairs");
    expect(() =>
      pairedDifferences([
        [1, 2],
        [3, Number.NaN],
      ]),
    ).toThrow("pair 2 of 2 has no finite difference: 3 and NaN");
  });

  test("turn with the pairs, keep their p under moving, scaling and another order, and leave the pairs as they were", () => {
    fc.assert(
      fc.property(anyPairs, fc.integer({ min: -9, max: 9 }), (pairs, move) => {
        const before = structuredClone(pairs);
        const { w, n, p, method } = wilcoxonSignedRank(pairs);
        expect(pairs).toEqual(before);
        expect(p > 0 && p <= 1).toBe(true);
        const turned = wilcoxonSignedRank(pairs.map(([a, b]) => [b, a]));
        expect(turned).toMatchObject({ w: (n * (n + 1)) / 2 - w, n, method });
        expect(relativeError(turned.p, p)).toBeLessThan(1e-12);
        const changed = wilcoxonSignedRank(pairs.map(([a, b]) => [4 * a + move, 4 * b + move] as const).reverse());
        expect(changed).toEqual({ w, n, p, method });
      }),
    );
  });
});
