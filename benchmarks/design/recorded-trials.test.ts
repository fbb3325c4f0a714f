import { expect, test } from "vitest";
import { oneOfEach, RecordedTrials } from "./recorded-trials.ts";

const trial = (block: number, condition: string, warmup = false) => ({ block, condition, warmup });

test("a recorded trial stands for one of the schedule: of those that are alike in a block, for the first", () => {
  const recorded = new RecordedTrials([trial(1, "a", true), trial(1, "a", true), trial(2, "b")]);
  const schedule = [trial(1, "a", true), trial(1, "a", true), trial(1, "a", true), trial(1, "a"), trial(2, "b"), trial(2, "b")];
  expect(schedule.map((each) => recorded.take(each))).toEqual([true, true, false, false, true, false]);
  expect(recorded.any).toBe(true);
  expect(new RecordedTrials([]).any).toBe(false);
});

test("a trial of several rows is one", () => {
  const rows = [1, 1, 2, 2].map((number, index) => ({ session: 1, trial: number, part: index }));
  expect(oneOfEach(rows).map(({ part }) => part)).toEqual([0, 2]);
});
