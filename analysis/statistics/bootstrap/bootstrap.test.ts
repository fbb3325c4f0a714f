import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mean } from "../one-sample/mean.ts";
import { median } from "../one-sample/median.ts";
import { standardDeviation } from "../one-sample/standard-deviation.ts";
import { type SortedSamples, sortedSamples } from "../sorted-samples.ts";
import { bootstrap } from "./bootstrap.ts";
import { bootstrapRows } from "./bootstrap-rows.ts";
import { bootstrapTwoSamples, bootstrapTwoSamplesJointly } from "./bootstrap-two-samples.ts";
import type { Resample, RowStatistic } from "./resample.ts";
import { resampledMedian } from "./resampled-median.ts";

const observed = [281.4, 276.9, 290.2, 284.0, 279.7, 301.3, 277.5, 283.3, 288.8, 280.6, 295.1, 278.2];
const x = sortedSamples(observed);
const y = [391.7, 401.3, 377.5, 383.3, 420.8, 380.6, 395.1];
const sd = (samples: SortedSamples): number => standardDeviation(samples) as number;

const sumOf = (values: readonly number[], { rows }: Resample): number =>
  Array.from(rows).reduce((sum, row) => sum + (values[row] as number), 0);
const meanOf =
  (values: readonly number[]): RowStatistic =>
  (resample) =>
    sumOf(values, resample) / resample.rows.length;

const integers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 15 });
const few = { seed: 1, replicates: 200 };

describe("bootstrap of one sample", () => {
  // SciPy 1.17.1: scipy.stats.bootstrap((x,), stat, n_resamples=400000, method='BCa', rng=numpy.random.default_rng(1));
  // tolerance: some five Monte-Carlo errors of 10 000 replicates
  test.each([
    ["mean", mean, 281.35, 289.85833, 2.106117, 0.4],
    ["median", median, 278.95, 289.5, 2.665474, 0.5],
    ["standard deviation", sd, 5.06998, 11.00602, 1.591913, 0.3],
  ])("%s: as SciPy has it, up to chance", (_, statistic, lo, hi, standardError, tolerance) => {
    const result = bootstrap(x, statistic, { seed: 42 });
    expect(result).toMatchObject({ estimate: statistic(x), method: "bca", because: null });
    expect(Math.abs((result?.interval[0] as number) - lo)).toBeLessThan(tolerance);
    expect(Math.abs((result?.interval[1] as number) - hi)).toBeLessThan(tolerance);
    expect((result?.standardError as number) / standardError).toBeCloseTo(1, 1);
  });

  test("the same seed gives the same interval, another seed another", () => {
    const options = { seed: 7, replicates: 500 };
    expect(bootstrap(x, mean, options)).toEqual(bootstrap(x, mean, options));
    expect(bootstrap(x, mean, options)).not.toEqual(bootstrap(x, mean, { ...options, seed: 8 }));
  });

  test("a lower confidence gives a narrower interval within the wider", () => {
    const [wide, narrow] = [0.95, 0.9].map((confidence) => bootstrap(x, mean, { seed: 1, confidence })?.interval);
    expect(narrow?.[0]).toBeGreaterThan(wide?.[0] as number);
    expect(narrow?.[1]).toBeLessThan(wide?.[1] as number);
  });

  test("moves with a shift, stretches with a scale, ignores the order, and leaves the sample as it was", () => {
    fc.assert(
      fc.property(integers, fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(0.5, 2, 8), (sample, shift, scale) => {
        const samples = sortedSamples(sample);
        const before = [...samples];
        const plain = bootstrap(samples, median, few);
        const moved = bootstrap(sortedSamples(sample.map((value) => scale * value + shift).reverse()), median, few);
        expect(samples).toEqual(before);
        expect(moved?.method).toBe(plain?.method);
        expect(moved?.interval[0]).toBeCloseTo(scale * (plain?.interval[0] as number) + shift, 6);
        expect(moved?.interval[1]).toBeCloseTo(scale * (plain?.interval[1] as number) + shift, 6);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test("hands the statistic sorted samples, of n or, to leave one out, of n − 1", () => {
    const sizes = new Set<number>();
    bootstrap(
      x,
      (resample) => {
        expect(resample).toEqual([...resample].sort((a, b) => a - b));
        sizes.add(resample.length);
        return resample[0] as number;
      },
      few,
    );
    expect([...sizes].sort()).toEqual([11, 12]);
  });

  test("equal observations: no width, and it says why", () => {
    expect(bootstrap(sortedSamples([5, 5, 5, 5]), mean, few)).toMatchObject({
      interval: [5, 5],
      method: "percentile",
      because: "replicates-equal",
    });
  });

  test("a proportion of 0 or 1 has no width either, and it says why", () => {
    const above = (samples: SortedSamples): number => samples.filter((value) => value > 200).length / samples.length;
    expect(bootstrap(x, above, few)).toMatchObject({ estimate: 1, interval: [1, 1], because: "replicates-equal" });
  });

  test("a single observation has none", () => {
    expect(bootstrap(sortedSamples([5]), mean, few)).toBeNull();
  });

  test("a statistic that some resample does not have is refused, and so are options out of range", () => {
    const relative = (samples: SortedSamples): number => 1 / ((samples.at(-1) as number) - (samples[0] as number));
    expect(() => bootstrap(sortedSamples([1, 2]), relative, few)).toThrow("the statistic of a resample is not a finite number");
    expect(() => bootstrap(x, mean, { seed: 1, replicates: 1.5 })).toThrow("not a number of resamples: 1.5");
    expect(() => bootstrap(x, mean, { seed: 1, replicates: 100, confidence: 95 })).toThrow("confidence = 95");
  });
});

describe("bootstrap of rows", () => {
  const first = [10, 30, 20, 25, 15, 40, 35, 22];
  const second = [90, 60, 85, 70, 95, 80, 62, 77];
  const share =
    (part: readonly number[], other: readonly number[]): RowStatistic =>
    (resample) =>
      sumOf(part, resample) / (sumOf(part, resample) + sumOf(other, resample));

  test("draws whole rows: with one seed the shares of two phases mirror each other", () => {
    const [a, b] = [bootstrapRows(8, share(first, second), few), bootstrapRows(8, share(second, first), few)];
    expect(b?.interval[0]).toBeCloseTo(1 - (a?.interval[1] as number), 9);
    expect(b?.interval[1]).toBeCloseTo(1 - (a?.interval[0] as number), 9);
  });

  test("gives rows and how often each was drawn; every row is drawn about as often as the others", () => {
    const drawn = new Float64Array(8);
    bootstrapRows(
      8,
      ({ rows, counts }) => {
        const counted = new Float64Array(8);
        for (const row of Array.from(rows)) counted[row] = (counted[row] as number) + 1;
        expect(Array.from(counts)).toEqual(Array.from(counted));
        if (rows.length === 8) for (const row of Array.from(rows)) drawn[row] = (drawn[row] as number) + 1;
        return rows[0] as number;
      },
      { seed: 1, replicates: 2000 },
    );
    // 16 000 draws, 2 000 each, standard deviation 42
    for (const count of drawn) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  test("is the bootstrap of one sample when the row is the observation", () => {
    expect(bootstrapRows(12, resampledMedian([...x]), few)).toEqual(bootstrap(x, median, few));
  });

  test("of one row there is none", () => {
    expect(bootstrapRows(1, () => 1, few)).toBeNull();
  });
});

describe("median of a resample", () => {
  test("is the median of its rows, for odd and even sizes and with ties", () => {
    const rowsDrawn = fc.array(fc.nat(7), { minLength: 1, maxLength: 12 });
    const quantity = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(quantity, rowsDrawn, (values, rows) => {
        const counts = values.map((_, row) => rows.filter((other) => other === row).length);
        const expected = median(sortedSamples(rows.map((row) => values[row] as number)));
        expect(resampledMedian(values)({ rows, counts })).toBe(expected);
      }),
      { seed: 1 },
    );
  });
});

describe("bootstrap of two samples", () => {
  const ratio = (a: Resample, b: Resample): number => meanOf(observed)(a) / meanOf(y)(b);

  // SciPy 1.17.1: scipy.stats.bootstrap((x, y), lambda a, b, axis=-1: numpy.mean(a, axis=axis) / numpy.mean(b, axis=axis),
  // n_resamples=400000, method='BCa', rng=numpy.random.default_rng(1))
  test("ratio of means: as SciPy has it, up to chance", () => {
    const result = bootstrapTwoSamples([12, 7], ratio, { seed: 42 });
    expect(Math.abs((result?.interval[0] as number) - 0.70043)).toBeLessThan(0.002);
    expect(Math.abs((result?.interval[1] as number) - 0.743896)).toBeLessThan(0.002);
    expect((result?.standardError as number) / 0.0109892).toBeCloseTo(1, 1);
    expect(result?.method).toBe("bca");
  });

  test("several statistics at once are each as alone, of resamples drawn once", () => {
    const difference = (a: Resample, b: Resample): number => meanOf(observed)(a) - meanOf(y)(b);
    let calls = 0;
    const counted = (a: Resample, b: Resample): number => {
      calls += 1;
      return ratio(a, b);
    };
    const alone = [ratio, difference].map((statistic) => bootstrapTwoSamples([12, 7], statistic, few));
    expect(bootstrapTwoSamplesJointly([12, 7], [counted, difference], few)).toEqual(alone);
    expect(calls).toBe(1 + (few.replicates ?? Number.NaN) + 12 + 7);
  });

  test("the same seed gives the same interval; a sample of one has none", () => {
    expect(bootstrapTwoSamples([12, 7], ratio, few)).toEqual(bootstrapTwoSamples([12, 7], ratio, few));
    expect(bootstrapTwoSamples([1, 7], ratio, few)).toBeNull();
    expect(bootstrapTwoSamples([12, 1], ratio, few)).toBeNull();
  });

  test("resamples each on its own: what depends on one sample alone does not widen with the other", () => {
    const alone = bootstrapTwoSamples([12, 7], (a) => meanOf(observed)(a), { seed: 1 });
    expect((alone?.standardError as number) / 2.106117).toBeCloseTo(1, 1);
  });
});
