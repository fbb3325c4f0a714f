/** What each probe costs, measured by a run before its trials. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { tierbenchHere } from "./testing/command.ts";
import { engineAndFolder } from "./testing/engine-and-folder.ts";
import { startupRuns } from "./testing/startup-runs.ts";

const test = engineAndFolder("calibrate");
const { arguments_, manifest } = startupRuns(test);

it("--calibrate records what each probe costs, and analyze says it", async () => {
  const measured = await tierbenchHere(arguments_("calibrated", "--calibrate", "--iterations", "2"));
  expect(measured.code, measured.stderr).toBe(0);
  expect(measured.stderr).toContain("Measuring the cost of each probe: 2 rounds of starts (off, tracefs, sidecar, events)");
  const effects = manifest("calibrated").sessions[0]?.observer_effect ?? [];
  expect(effects.map(({ probe }) => probe)).toEqual(["tracefs", "sidecar", "events"]);
  for (const { traced_over_untraced, interval, ...others } of effects) {
    expect(others).toMatchObject({ baseline: "off", image: "small", pairs: 2 });
    expect(traced_over_untraced).toBeGreaterThan(0);
    expect(interval?.[0]).toBeLessThanOrEqual(interval?.[1] ?? 0);
  }
  const { stdout } = await tierbenchHere(["analyze", join(test.folder, "calibrated"), "--full"]);
  expect(stdout).toContain("(2 pairs, ratio of medians; 95 % CI");
});

it("--calibrate of why measures the scheduler's events apart", async () => {
  const options = [
    "--platform",
    "explained",
    "--out",
    test.folder,
    "--engine",
    test.found.url,
    "--iterations",
    "2",
    "--sessions",
    "1",
  ];
  const measured = await tierbenchHere(["run", "why", "--calibrate", "--no-sidecar", ...options]);
  expect(measured.code, measured.stderr).toBe(0);
  expect(measured.stderr).toContain("rounds of starts (off, tracefs, events, tracefs with the scheduler's events)");
  const effects = manifest("explained").sessions[0]?.observer_effect ?? [];
  expect(effects.map(({ probe, scheduler }) => [probe, scheduler])).toEqual([
    ["tracefs", undefined],
    ["events", undefined],
    ["tracefs", true],
  ]);
});
