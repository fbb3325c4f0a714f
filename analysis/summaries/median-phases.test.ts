import { expect, test } from "vitest";
import type { Start } from "../subjects/starts.ts";
import { startTaking } from "../testing/starts.ts";
import { medianPhases } from "./median-phases.ts";

const start = (create_api: number, daemon_prepare: number, hook?: number): Start =>
  startTaking({ create_api, daemon_prepare, ...(hook === undefined ? {} : { hook }) });

test("has the median of each phase, laid one after the other", () => {
  const found = medianPhases([start(10, 20, 60), start(1, 29, 30), start(10, 1, 20), start(11, 21, 31), start(30, 20, 10)], null);
  expect(found?.n).toBe(5);
  expect(found?.phases.map(({ median_ms }) => median_ms)).toEqual([10, 20, 30]);
  expect(found?.phases.map(({ begin_ms }) => begin_ms)).toEqual([0, 10, 30]);
});

test("is of the starts with the most usual phases", () => {
  expect(medianPhases([start(10, 20), start(10, 20, 30), start(12, 22, 32)], null)?.n).toBe(2);
});

test("is none where nothing was split", () => {
  expect(medianPhases([], null)).toBeNull();
  expect(medianPhases([startTaking({})], null)).toBeNull();
});
