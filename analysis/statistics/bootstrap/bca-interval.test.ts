import { describe, expect, test } from "vitest";
import { mean } from "../one-sample/mean.ts";
import { median } from "../one-sample/median.ts";
import { type SortedSamples, sortedSamples } from "../sorted-samples.ts";
import { bcaInterval } from "./bca-interval.ts";

/** All nⁿ resamples of a sample: its bootstrap distribution without any chance. */
const everyResample = (sample: readonly number[], size = sample.length): number[][] =>
  size === 0 ? [[]] : everyResample(sample, size - 1).flatMap((rest) => sample.map((value) => [...rest, value]));

const leftOut = (sample: readonly number[]): number[][] => sample.map((_, index) => sample.filter((_, other) => other !== index));

const exact = (sample: readonly number[], statistic: (samples: SortedSamples) => number) => {
  const of = (values: readonly number[]): number => statistic(sortedSamples(values));
  return { estimate: of(sample), replicates: everyResample(sample).map(of), jackknife: [leftOut(sample).map(of)] };
};

const populationVariance = (samples: SortedSamples): number =>
  samples.reduce((sum, value) => sum + (value - mean(samples)) ** 2, 0) / samples.length;

describe("BCa interval of all resamples of a tiny sample", () => {
  // SciPy 1.17.1, given the enumerated distribution in place of a random one:
  // dist = numpy.array([stat(x[list(i)]) for i in itertools.product(range(n), repeat=n)])
  // res = BootstrapResult(confidence_interval=None, bootstrap_distribution=dist, standard_error=0)
  // scipy.stats.bootstrap((x,), stat, n_resamples=0, bootstrap_result=res, method='BCa', vectorized=False, confidence_level=c)
  const five = [281.4, 276.9, 290.2, 284.0, 301.3];
  test.each([
    ["mean of 4", exact([1, 2, 4, 8], mean), 0.95, 1.75, 7.0, 1.3431014736897027],
    ["mean of 4, 90 %", exact([1, 2, 4, 8], mean), 0.9, 2.0, 6.5, 1.3431014736897027],
    ["variance of 4", exact([277, 281, 284, 302], populationVariance), 0.95, 3.1648321331208926, 156.25, 46.61797179326496],
    ["median of 5", exact(five, median), 0.95, 276.9, 301.3, 5.4468914214654935],
  ])("%s: as SciPy has it", (_, distribution, confidence, lo, hi, standardError) => {
    const result = bcaInterval(distribution, confidence);
    expect(result.interval[0]).toBeCloseTo(lo, 9);
    expect(result.interval[1]).toBeCloseTo(hi, 9);
    expect(result.standardError).toBeCloseTo(standardError, 9);
    expect(result).toMatchObject({ method: "bca", because: null });
  });

  test("difference of two means: as SciPy has it", () => {
    const [a, b] = [
      [1, 2, 4],
      [3, 3.5, 9, 4],
    ];
    const of = (x: readonly number[], y: readonly number[]): number => mean(sortedSamples(x)) - mean(sortedSamples(y));
    const result = bcaInterval({
      estimate: of(a, b),
      replicates: everyResample(a).flatMap((x) => everyResample(b).map((y) => of(x, y))),
      jackknife: [leftOut(a).map((x) => of(x, b)), leftOut(b).map((y) => of(a, y))],
    });
    expect(result.interval[0]).toBeCloseTo(-6.083333333333333, 9);
    expect(result.interval[1]).toBeCloseTo(-0.2916666666666665, 9);
    expect(result.standardError).toBeCloseTo(1.402862072308868, 9);
  });
});

describe("where BCa does not exist, the percentile interval and why", () => {
  const replicates = Array.from({ length: 1001 }, (_, index) => index);
  const percentile = [expect.closeTo(25, 9), expect.closeTo(975, 9)];

  test("all replicates equal", () => {
    expect(bcaInterval({ estimate: 3, replicates: [3, 3, 3, 3], jackknife: [[3, 3]] })).toEqual({
      estimate: 3,
      interval: [3, 3],
      standardError: 0,
      method: "percentile",
      because: "replicates-equal",
    });
  });

  test.each([-1, 2000])("all replicates on one side of the estimate %d", (estimate) => {
    const result = bcaInterval({ estimate, replicates, jackknife: [[1, 2, 4]] });
    expect(result).toMatchObject({ interval: percentile, method: "percentile", because: "replicates-one-sided" });
  });

  test("replicates that touch the estimate are on both sides by half: that is BCa still", () => {
    expect(bcaInterval({ estimate: 1000, replicates, jackknife: [[1, 2, 4]] }).method).toBe("bca");
  });

  test("nothing changes when a unit is left out, though the mean of the same is rounded", () => {
    const jackknife = [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]];
    expect(bcaInterval({ estimate: 500, replicates, jackknife })).toMatchObject({
      interval: percentile,
      method: "percentile",
      because: "jackknife-equal",
    });
  });

  test("a correction that would turn back on itself", () => {
    // one unit of twenty carries all, a = 0.15; all but one replicate below, z₀ = 3.9: 1 − 0.15 (3.9 + 4.9) < 0
    const jackknife = [Array.from({ length: 20 }, (_, index) => (index === 0 ? -100 : 0))];
    const lopsided = Array.from({ length: 20_000 }, (_, index) => (index === 0 ? 1 : -1 - index / 1e6));
    expect(bcaInterval({ estimate: 0, replicates: lopsided, jackknife }, 0.999999)).toMatchObject({
      method: "percentile",
      because: "acceleration-too-large",
    });
  });

  test("a confidence or a value that is none is refused", () => {
    expect(() => bcaInterval({ estimate: 1, replicates, jackknife: [[1, 2]] }, 1)).toThrow("confidence = 1");
    expect(() => bcaInterval({ estimate: 1, replicates: [1, Number.NaN], jackknife: [[1, 2]] })).toThrow(RangeError);
  });
});
