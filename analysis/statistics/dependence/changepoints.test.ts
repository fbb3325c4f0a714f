import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { changepoints } from "./changepoints.ts";

// five slow starts, then fifteen as they should be
const warmUp = [320, 318, 335, 322, 316, 281, 276, 290, 284, 279, 301, 277, 283, 288, 280, 295, 278, 286, 282, 291];
const steps = [10, 10, 20, 10, 10, 10, 20, 10, 30, 30, 20, 30, 30, 20, 30, 30];

describe("changepoints", () => {
  // R 4.2.2, maxstat 0.7-25: n <- length(x); maxstat.test(x ~ i, data.frame(x, i = 1:n), smethod = "Wilcoxon",
  // pmethod = "Lau92", minprop = 3/n, maxprop = 1 - 3/n)[c("estimate", "p.value")]
  test("a warm-up: place and p as R's maxstat has them, medians of both sides", () => {
    const [found, ...others] = changepoints(warmUp);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ position: 5, medianBefore: 320, medianAfter: 283 });
    expect(found?.p).toBeCloseTo(0.021662155777366625, 10);
  });

  test("with ties: as R's maxstat has them", () => {
    const [found, ...others] = changepoints(steps);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ position: 8, medianBefore: 10, medianAfter: 30 });
    expect(found?.p).toBeCloseTo(0.014610693785329755, 10);
  });

  test("a stated alpha holds: p = 0.0217 is no finding at 1 %", () => {
    expect(changepoints(warmUp, 0.01)).toEqual([]);
  });

  test("a disturbance in the middle has a beginning and an end, and the medians are those of its neighbours", () => {
    const level = (at: number): number => (at >= 40 && at < 60 ? 400 : at < 40 ? 300 : 310);
    const observations = Array.from({ length: 100 }, (_, at) => level(at) + ((at * 7) % 10));
    const found = changepoints(observations);
    expect(found.map(({ position }) => position)).toEqual([40, 60]);
    expect(found[0]?.medianBefore).toBeLessThan(310);
    expect(found[0]?.medianAfter).toBe(found[1]?.medianBefore);
    expect(found[1]?.medianAfter).toBeGreaterThanOrEqual(310);
  });

  test("four slow starts of 50 are found, and two wild ones are not: those are outliers", () => {
    const steady = Array.from({ length: 46 }, (_, i) => 280 + ((i * 17) % 46) / 10);
    expect(changepoints([400, 390, 395, 385, ...steady]).map(({ position }) => position)).toEqual([4]);
    expect(changepoints([4000, 3900, ...steady])).toEqual([]);
  });

  test("none in fewer than six observations, nor in equal ones", () => {
    expect(changepoints([1, 1, 9, 9, 9])).toEqual([]);
    expect(changepoints([7])).toEqual([]);
    expect(changepoints(Array.from({ length: 50 }, () => 7))).toEqual([]);
  });

  test("on independent observations in at most 5 % of the samples anything is found, steps of 10 ms included", () => {
    const random = xoroshiro128plus(3);
    const falseAlarms = (observation: () => number): number =>
      Array.from({ length: 1000 }, () => changepoints(Array.from({ length: 50 }, observation))).filter(({ length }) => length > 0)
        .length;
    expect(falseAlarms(() => uniformInt(random, 0, 1_000_000))).toBeLessThanOrEqual(50);
    expect(falseAlarms(() => 10 * uniformInt(random, 0, 4))).toBeLessThanOrEqual(50);
  });

  test("ranks: any increasing transformation leaves place and p alone; read backwards it is the mirror image", () => {
    const plain = changepoints(warmUp);
    const placeAndP = (found: ReturnType<typeof changepoints>) => found.map(({ position, p }) => ({ position, p }));
    expect(placeAndP(changepoints(warmUp.map((value) => Math.exp(value / 10) - 5)))).toEqual(placeAndP(plain));
    const [mirrored] = changepoints([...warmUp].reverse());
    expect(mirrored).toMatchObject({ position: 15, medianBefore: 283, medianAfter: 320 });
    expect(mirrored?.p).toBeCloseTo(plain[0]?.p as number, 12);
  });

  test("depends on the order, and leaves the observations in it", () => {
    const shuffled = [320, 281, 276, 290, 284, 318, 279, 301, 277, 283, 335, 288, 280, 295, 278, 322, 286, 282, 291, 316];
    const before = [...shuffled];
    expect([...shuffled].sort()).toEqual([...warmUp].sort());
    expect(changepoints(shuffled)).toEqual([]);
    expect(shuffled).toEqual(before);
  });

  test("refuses NaN, an empty series and an alpha that is none", () => {
    expect(() => changepoints([1, Number.NaN])).toThrow("observation 2 of 2 is not a finite number: NaN");
    expect(() => changepoints([])).toThrow("an empty sample has no statistics");
    expect(() => changepoints(warmUp, 1)).toThrow("not strictly between 0 and 1: alpha = 1");
  });
});
