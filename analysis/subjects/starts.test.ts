import { expect, test } from "vitest";
import { EVENTS_START_MS, startupRow } from "../testing/rows.ts";
import { decompose } from "./starts.ts";

test("an empty cell is an absent milestone; a 0 is one at 0", () => {
  const { phases } = decompose(startupRow({ offsets_ms: { create_sent: 0, start_sent: 11, entry_acts: 20 } }));
  expect(phases.map(({ phase, begin_ns, end_ns }) => [phase, begin_ns, end_ns])).toEqual([
    ["create_api", 0, 11_000_000],
    ["daemon_prepare", 11_000_000, 20_000_000],
  ]);
});

test("a row gives its tiers, and they add up to the total in integer nanoseconds", () => {
  const { tiers, total_ns, phases } = decompose(startupRow());
  expect(tiers).toEqual({ daemon_ns: 40_000_000, runtime_ns: 55_000_000, process_ns: 5_000_000 });
  expect(total_ns).toBe(100_000_000);
  expect(phases.reduce((sum, phase) => sum + phase.duration_ns, 0)).toBe(total_ns);
});

test("without a kernel probe there is a total, and no tier", () => {
  const { tiers, total_ns } = decompose(startupRow({ offsets_ms: EVENTS_START_MS }));
  expect(tiers).toEqual({ daemon_ns: null, runtime_ns: null, process_ns: null });
  expect(total_ns).toBe(101_000_000);
});
