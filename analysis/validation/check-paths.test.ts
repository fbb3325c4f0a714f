import { expect, it } from "vitest";
import { whyTable } from "../../research/tables/why.ts";
import { nanoseconds } from "../../research/units.ts";
import { pathOf, slower, WAITED, whyCsv } from "../testing/why-rows.ts";
import { pathChecker } from "./check-paths.ts";

const starts = whyTable.parse(whyCsv([[WAITED, slower(2)]]), "why.csv");
const problems = (rows: ReturnType<typeof pathOf>) => {
  const checker = pathChecker(rows, "why-path.csv");
  for (const row of starts) checker.add(row);
  return checker.end().map(({ what, value }) => [what, value]);
};

it("has nothing to say of paths whose times are those of their starts, in whatever order", () => {
  expect(problems(pathOf(WAITED, 1))).toEqual([]);
  expect(problems([...pathOf([...WAITED].reverse(), 1), ...pathOf(slower(2), 2)])).toEqual([]);
});

it("finds a path of another start, of another image, and of none", () => {
  const [first] = pathOf(WAITED, 1);
  if (first === undefined) throw new Error("a path has stretches");
  const longer = { ...first, end_ns: nanoseconds(first.end_ns + 1) };
  expect(problems([longer, ...pathOf(WAITED, 1).slice(1)])).toEqual([
    ["the path of trial 1 of session 1 has 1 ns more than its rows in why.csv", "small, create_api, cpu, dockerd, "],
  ]);
  expect(problems(pathOf(WAITED, 2))).toHaveLength(1);
  expect(problems(pathOf(WAITED, 1, "large"))).toHaveLength(1);
  expect(problems(pathOf(WAITED, 9))).toHaveLength(1);
});
