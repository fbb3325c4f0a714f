import { expect, test } from "vitest";
import type { ExperimentName } from "../../research/protocol.ts";
import type { Measurement } from "../subjects/measurement.ts";
import type { Subject } from "../subjects/subject.ts";
import { captionOf, drawn, keyOf, panelsOf, rowsWith } from "../testing/drawn.ts";
import { scaled, startupRow, WHOLE_START_MS } from "../testing/rows.ts";
import { exampleSubjects, subjectOf } from "../testing/subjects.ts";
import { platformRatios } from "./platform-ratios.ts";

test("every pair has its ratio and interval in every condition of every metric", () => {
  const drawing = drawn(platformRatios, exampleSubjects(["a", "b", "c"]));
  const [legend, total] = panelsOf(drawing);
  expect(rowsWith(legend, "label").map(({ label }) => label)).toEqual(["a / b", "a / c", "b / c"]);
  expect(total?.title?.text).toBe("startup, total_ms (lower is better)");
  const ratios = rowsWith(total, "ratio").filter(({ condition }) => condition === "small warm");
  // The second platform is half as slow again as the first, the third twice as slow.
  expect(ratios.map(({ ratio }) => Number(ratio).toFixed(3))).toEqual(["0.667", "0.500", "0.750"]);
  for (const { ratio, ci_lo, ci_hi } of ratios) {
    expect(ci_lo).toBeLessThan(ratio as number);
    expect(ci_hi).toBeGreaterThan(ratio as number);
  }
  expect(keyOf(drawing)).toContain("! 48 of 48 ratios have cautions; see the caption.");
  expect(panelsOf(drawing)).toHaveLength(5); // legend, total and three tiers
  expect(drawing.tables[0]?.rows).toHaveLength(3 * 4 * 4);
});

test("a ratio far beyond the others is named at the edge", () => {
  const rows = (factor: number) =>
    [1, 1.01, 0.99, 1.02, 0.98, 1.03].map((each) => startupRow({ offsets_ms: scaled(WHOLE_START_MS, each * factor) }));
  const drawing = drawn(platformRatios, [subjectOf(rows(1), "a"), subjectOf(rows(100), "b")]);
  expect(rowsWith(panelsOf(drawing)[1], "beyond")[0]?.beyond).toMatch(/^◂ 0\.0100 \(/);
  expect(captionOf(drawing)).toContain("beyond the scale");
});

test("what cannot be compared is reported; one platform alone gives no figure", () => {
  const [here] = exampleSubjects(["here"]);
  const [there] = exampleSubjects(["there"]);
  if (here === undefined || there === undefined) throw new Error("two subjects");
  const less = { ...there, measurements: there.measurements.filter(({ condition }) => condition !== "small cold") };
  expect(drawn(platformRatios, [here, less]).leftOut).toEqual(["startup small cold: there has none"]);
  expect(platformRatios([here])).toEqual({ absent: "needs two platforms or more" });
  expect(platformRatios([here, { ...there, measurements: [] }])).toHaveProperty("absent");
});

test("an experiment that one platform lacks is one line, however many conditions it has", () => {
  const [here, there] = exampleSubjects(["here", "there"]) as [Subject, Subject];
  const [first] = here.measurements as [Measurement];
  const other = (experiment: ExperimentName, condition: string): Measurement => ({
    ...first,
    experiment,
    condition,
    metric: "pull_ms",
  });
  const more = {
    ...here,
    measurements: [...here.measurements, ...["x", "y", "z"].map((image) => other("pull", image)), other("write", "x")],
  };
  const less = { ...there, measurements: there.measurements.filter(({ factors }) => factors.mode !== "cold") };
  expect(drawn(platformRatios, [more, less]).leftOut).toEqual([
    { platform: "there", lacks: "measurement of pull, write" },
    "startup small cold, startup medium cold: there has none",
  ]);
});

test("conditions stand in the order of the other figures, whatever the order in which they were measured", () => {
  const reversed = exampleSubjects(["a", "b"]).map((each) => ({ ...each, measurements: each.measurements.toReversed() }));
  const total = panelsOf(drawn(platformRatios, reversed)).find(({ title }) => title?.text.startsWith("startup, total_ms"));
  expect(rowsWith(total, "ratio").map(({ condition }) => condition)).toEqual([
    ...["small warm", "small cold", "medium warm", "medium cold"],
  ]);
});
