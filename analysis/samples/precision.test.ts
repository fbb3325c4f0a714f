import { expect, test } from "vitest";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { precision } from "./precision.ts";

const medians = [231.2, 244.9, 238.4, 229.8, 251.3];
/** Two trials a session, about its median. */
const values = medians.flatMap((median) => [median - 1, median + 1]);

test("the forecast is of sessions, from how much their medians differ", () => {
  const sessions = values.map((_, index) => Math.floor(index / 2));
  const told = precision(sortedSamples(values), values, sessions);
  // R 4.2.2: see sessions-needed.test.ts
  expect(told).toMatchObject({ sessions_for_2_pct: 17, trials_a_session: 2 });
  expect(told.sessions_half_width_pct).toBeCloseTo(4.714, 3);
  expect(told.half_width_pct).toBeGreaterThan(0);
});

test("a single session gives none, nor does a source that does not tell sessions apart", () => {
  const one = precision(
    sortedSamples(values),
    values,
    values.map(() => 1),
  );
  expect(one).toMatchObject({ sessions_half_width_pct: null, sessions_for_2_pct: null, trials_a_session: 10 });
  expect(precision(sortedSamples(values), values, null)).toMatchObject({ sessions_for_2_pct: null, trials_a_session: null });
});
