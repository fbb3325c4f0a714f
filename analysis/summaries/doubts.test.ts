/** What is found wrong with a number stands on it, and decides how its intervals are made. */
import { expect, test } from "vitest";
import { renderAnalysis } from "../format/analysis/analysis-report.ts";
import { dependentMeanInterval } from "../statistics/dependence/dependent-mean-interval.ts";
import { dependentMedianInterval } from "../statistics/dependence/dependent-median-interval.ts";
import { measurement, scattered } from "../testing/measurement.ts";
import { normalDraws } from "../testing/normal-draws.ts";
import { bareSubject } from "../testing/subjects.ts";
import { analysisOf } from "./summarise.ts";

const FIELDS = { experiment: "write", metric: "speed", unit: "MB/s", better: "higher", factors: { path: "overlayfs" } } as const;
const analysed = (values: readonly number[]) =>
  analysisOf([bareSubject("here", [measurement(values, { ...FIELDS, trials: values.length })])], []);
const speedOf = (values: readonly number[]) => analysed(values).platforms[0]?.conditions[0]?.metrics.speed;

test("a defect stands on the number, and in place of the answer", () => {
  const printed = scattered(1, 50, 1000, 100).map((value) => (value < 1000 ? value : Number((value / 1000).toFixed(1))));
  expect(speedOf(printed)?.defects).toEqual([expect.stringContaining("a unit seems to have been cut off")]);
  const text = renderAnalysis(analysed(printed), "text");
  expect(text).toMatch(/^here: write “overlayfs” \(speed\): no answer\. Defect: /);
  expect(text).toContain("nothing is concluded from this number");
});

test("dependent trials have intervals that know of it, and say so", () => {
  const draw = normalDraws(5);
  let z = 0;
  const values = Array.from({ length: 100 }, () => {
    z = 0.7 * z + draw();
    return 300 + 10 * z;
  });
  const speed = speedOf(values);
  expect(speed).toMatchObject({
    intervals: "dependent",
    precision: { half_width_pct: null, sessions_for_2_pct: null },
    median_ci_coverage: null,
  });
  expect(speed?.mean_ci).toEqual(dependentMeanInterval(values));
  expect(speed?.median_ci).toEqual(dependentMedianInterval(values));
  expect(speed?.cautions.join()).toContain("successive trials are correlated");
  expect(renderAnalysis(analysed(values), "text")).toContain("(long-run variance, effective n of ranks)");
});

test("independent trials keep theirs, without another caution than that of a single session", () => {
  const { cautions = [], ...speed } = speedOf(scattered(2, 50, 300, 20)) ?? {};
  expect(speed).toMatchObject({ intervals: "independent", defects: [] });
  expect(cautions).toEqual(["too few sessions (1): how much sessions differ is not known"]);
});
