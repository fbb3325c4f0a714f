import { expect, test } from "vitest";
import { drawn, panelsOf, rowsWith } from "../../testing/drawn.ts";
import { exampleSubjects } from "../../testing/subjects.ts";
import { startDistribution } from "./start-distribution.ts";

test("every start is a step, from 0 % to 100 %, a line a platform, warm before cold", () => {
  const drawing = drawn(startDistribution, exampleSubjects(["here", "there"]));
  const [legend, warm] = panelsOf(drawing);
  expect(rowsWith(legend, "label").map(({ label }) => label)).toEqual(["here", "there"]);
  expect(
    panelsOf(drawing)
      .slice(1)
      .map(({ title }) => title?.text.replace(" !", "")),
  ).toEqual(["small warm", "small cold", "medium warm", "medium cold"]);
  const steps = rowsWith(warm, "share_pct").filter(({ name }) => name === "here");
  expect(steps.map(({ value }) => value)).toEqual([97, 97, 98, 100, 101, 102, 105, 120]);
  expect(steps.map(({ share_pct }) => Math.round(share_pct as number))).toEqual([0, 14, 29, 43, 57, 71, 86, 100]);
  expect(rowsWith(warm, "ci_lo")[0]).toMatchObject({ name: "here", median: 101, ci_lo: 97, ci_hi: 120 });
});

test("no start at all is no figure", () => {
  expect(startDistribution([])).toHaveProperty("absent");
});
