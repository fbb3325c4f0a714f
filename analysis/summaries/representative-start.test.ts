import { expect, test } from "vitest";
import type { Start } from "../subjects/starts.ts";
import { startTaking } from "../testing/starts.ts";
import { representativeStart } from "./representative-start.ts";

const start = (create_api: number, daemon_prepare: number, hook?: number): Start =>
  startTaking({ create_api, daemon_prepare, ...(hook === undefined ? {} : { hook }) });

test("is the start whose phases differ least, in sum, from their medians, not the one with the median total", () => {
  // Medians 10, 20 and 30. The second start takes 60 in all, as the medians do, but 9 + 9 from them; the fourth is 1 + 1 + 1 off.
  const starts = [start(10, 20, 60), start(1, 29, 30), start(10, 1, 20), start(11, 21, 31), start(30, 20, 10)];
  const found = representativeStart(starts);
  expect(found).toMatchObject({ index: 3, n: 5 });
  expect(found?.phases.map(({ median_ms }) => median_ms)).toEqual([10, 20, 30]);
  expect(found?.phases.map(({ begin_ns, end_ns }) => [begin_ns / 1e6, end_ns / 1e6])).toEqual([
    [0, 11],
    [11, 32],
    [32, 63],
  ]);
  expect(found?.phases[2]?.durations_ms).toEqual([60, 30, 20, 31, 10]);
});

test("comes from the starts with the most usual phases", () => {
  expect(representativeStart([start(10, 20), start(10, 20, 30), start(12, 22, 32)])).toMatchObject({ index: 1, n: 2 });
});

test("is none where nothing was split", () => {
  expect(representativeStart([])).toBeNull();
  expect(representativeStart([startTaking({})])).toBeNull();
});
