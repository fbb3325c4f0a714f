import { expect, it } from "vitest";
import { fileOf } from "../../testing/subjects.ts";
import { pathOf, slower, WAITED, whyCsv } from "../../testing/why-rows.ts";
import type { ExperimentContent } from "../measured-table.ts";
import { withPaths } from "./closest-path.ts";

const FACTORS = [1, 1.5, 0.9, 1.1, 0.6];
const content = fileOf("why", whyCsv([FACTORS.map((factor) => slower(factor))], ["small", "medium"]))
  .content as ExperimentContent;
const pathsOf = (given: ExperimentContent) =>
  Object.fromEntries(given.conditions.map(({ condition, path }) => [condition, path.map(({ trial }) => trial)]));

it("takes of each image the path whose phases are closest to the medians", () => {
  const rows = [...pathOf(slower(1.5), 3), ...pathOf(slower(1.1), 7), ...pathOf(slower(0.6), 9)];
  expect(pathsOf(withPaths(content, rows))).toEqual({ small: WAITED.map(() => 7), medium: [] });
  // The same total, but made of other phases.
  const [first, ...others] = WAITED;
  const otherwise = [...others, { ...first, phase: "entrypoint" } as (typeof WAITED)[number]];
  const one = withPaths(content, [...pathOf(otherwise, 1), ...pathOf(slower(1.01), 7), ...pathOf(WAITED, 2, "medium")]);
  expect(pathsOf(one)).toEqual({ small: WAITED.map(() => 7), medium: WAITED.map(() => 2) });
});

it("has none where none was kept", () => {
  expect(pathsOf(withPaths(content, []))).toEqual({ small: [], medium: [] });
});
