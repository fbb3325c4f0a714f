import fc from "fast-check";
import { expect, test } from "vitest";
import type { Pair } from "./paired-differences.ts";
import { ratioOfMeanDifferences, ratioOfMeans } from "./ratio-of-means.ts";

const zip = (x: readonly number[], y: readonly number[]): Pair[] => x.map((part, index) => [part, y[index] as number]);
const a = zip([12.1, 14.2, 11.3, 15.8, 13.3, 12.9], [40.2, 44.1, 39.9, 47.7, 42.8, 43.0]);
const b = zip([8.1, 9.9, 8.8, 9.1, 10.2], [30.3, 33.8, 31.0, 32.6, 35.1]);

// R 4.2.2. The ends are the ρ at which t.test(x - ρ * y)$p.value is 0.05, found by uniroot, too.
// f <- function(mx, my, sxx, sxy, syy, df) { t2 <- qt(.975, df)^2; A <- my^2 - t2*syy; B <- mx*my - t2*sxy
//   (B + c(-1, 1) * sqrt(B^2 - A * (mx^2 - t2*sxx))) / A }
test("part of a whole: f(mean(x), mean(y), var(x)/6, cov(x, y)/6, var(y)/6, 5)", () => {
  const found = ratioOfMeans(a);
  expect(found?.ratio).toBeCloseTo(0.30888630190143579, 12);
  expect(found?.interval?.[0]).toBeCloseTo(0.2894433912198302, 12);
  expect(found?.interval?.[1]).toBeCloseTo(0.32600262237561128, 12);
});

test("of two wholes: the same of the differences, df by Satterthwaite of x - r * y: 6.4532", () => {
  const found = ratioOfMeanDifferences(a, b);
  expect(found?.ratio).toBeCloseTo(0.38947706127686876, 12);
  expect(found?.interval?.[0]).toBeCloseTo(0.31481580062837794, 12);
  expect(found?.interval?.[1]).toBeCloseTo(0.43545286721704751, 12);
});

test("a whole that is not significantly different from 0 gives no interval: any share is possible", () => {
  const around: Pair[] = [
    [1, -2],
    [2, 3],
    [1, -1],
    [0, 1],
  ];
  expect(ratioOfMeans(around)).toMatchObject({ interval: null });
  expect(
    ratioOfMeans([
      [1, -1],
      [1, 1],
    ]),
  ).toBeNull();
  expect(ratioOfMeans([[1, 2]])).toBeNull();
  expect(ratioOfMeanDifferences([[1, 2]], b)).toBeNull();
});

test("a share that every trial agrees on is known exactly", () => {
  const found = ratioOfMeans([10, 11, 12, 11].map((part) => [part, 4 * part]));
  expect(found?.interval?.map((end) => end.toFixed(6))).toEqual(["0.250000", "0.250000"]);
});

test("the shares of the parts add up, and a change of unit changes nothing", () => {
  const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 })), {
    minLength: 2,
    maxLength: 30,
  });
  fc.assert(
    fc.property(parts, (trials) => {
      const of = (pick: (x: number, y: number) => number, unit = 1) =>
        ratioOfMeans(trials.map(([x, y]) => [unit * pick(x, y), unit * (x + y)]));
      const [first, second] = [of((x) => x), of((_, y) => y)];
      expect((first?.ratio ?? 0) + (second?.ratio ?? 0)).toBeCloseTo(1, 9);
      expect(of((x) => x, 8)?.ratio).toBeCloseTo(first?.ratio ?? Number.NaN, 9);
      if (first?.interval == null || second?.interval == null) return;
      expect(first.interval[0]).toBeCloseTo(1 - second.interval[1], 6);
    }),
    { seed: 1 },
  );
});
