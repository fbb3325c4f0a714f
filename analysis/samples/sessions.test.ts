import { expect, test } from "vitest";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { describeSessions } from "./sessions.ts";

const of = (values: readonly number[], sessions: readonly number[]) => describeSessions(values, sessions, sortedSamples(values));

test("sessions whose medians agree have that median, to the last bit", () => {
  expect(of([100, 100, 100, 100], [1, 1, 2, 2])).toMatchObject({ median: 100, median_ci: [100, 100] });
  expect(of([0.1, 0.3, 0.3, 0.1], [1, 1, 2, 2])).toMatchObject({ median: 0.2, median_ci: [0.2, 0.2] });
});

test("the level is the geometric mean of the sessions' medians, its interval t on their logarithms", () => {
  const { sessions, median, median_ci } = of([9, 10, 30, 20, 20, 21, 39, 40, 41], [1, 1, 1, 2, 2, 2, 3, 3, 3]);
  expect(sessions).toBe(3);
  expect(median).toBeCloseTo(20, 12);
  // R: exp(t.test(log(c(10, 20, 40)))$conf.int); sd log 2, t(0.975; 2) = 4.302653
  const half = (4.302653 * Math.LN2) / Math.sqrt(3);
  expect(median_ci?.[0]).toBeCloseTo(20 / Math.exp(half), 5);
  expect(median_ci?.[1]).toBeCloseTo(20 * Math.exp(half), 3);
});

test("a single session tells no level", () => {
  expect(of([9, 10, 11], [1, 1, 1])).toMatchObject({ sessions: 1, median: null, median_ci: null, sd_between: null });
});
