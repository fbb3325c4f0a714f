import { expect, test } from "vitest";
import { EXPERIMENTS } from "../../../research/protocol.ts";
import { summarise } from "../../summaries/summarise.ts";
import { studyCsv } from "../../testing/study-rows.ts";
import { fileOf, subjectOf } from "../../testing/subjects.ts";
import { otherExperiments } from "./other-experiments.ts";

const platform = summarise(subjectOf([], "here", [fileOf("study-warm", studyCsv(1)["study-warm"])]));

test.each([60, 80, 120])("names that do not fit into %i columns are left out, not cut: each is to be typed", (columns) => {
  const [line = "", ...more] = otherExperiments(platform, EXPERIMENTS, columns, 1);
  expect(more).toEqual([]);
  expect(line.length).toBeLessThanOrEqual(columns);
  const [, count, names = ""] = /^ {2}(\d+) more: (.*), …$/.exec(line) ?? [];
  expect(Number(count)).toBe(EXPERIMENTS.length);
  for (const name of names.split(", ")) expect(EXPERIMENTS).toContain(name);
  expect(otherExperiments(platform, EXPERIMENTS.slice(0, 3), columns, 1)).toEqual(["  3 more: startup, copy-up, cpu-throttling"]);
});

test.each([45, 50, 60, 80])("in %i columns a long name is shortened, and its number stays", (columns) => {
  const lines = otherExperiments(platform, ["study-warm"], columns, 1);
  const whole = otherExperiments(platform, ["study-warm"], 200, 1)[0] ?? "";
  const [, number = "none"] = /: ([\d.]+)/.exec(whole) ?? [];
  expect(lines[0]?.length).toBeLessThanOrEqual(columns);
  expect(lines[0]).toContain(`: ${number}`);
});
