import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { partition } from "../../../research/phases.ts";
import type { Cause } from "../../../research/why/causes.ts";
import { parseCapturedStarts } from "../captured-start.ts";
import { type Sightings, timeline } from "../timeline.ts";
import { TRACE_RESOLUTION_NS } from "../trace-line.ts";
import { type StartCauses, startCauses } from "./start-causes.ts";

const captured = (name: string): Sightings => {
  const file = new URL(`../../fixtures/causes/${name}.json.gz`, import.meta.url);
  const [start] = parseCapturedStarts(gunzipSync(readFileSync(file)).toString(), name);
  if (start === undefined) throw new Error(`${name} holds no start`);
  return start;
};
const explained = (start: Sightings) => {
  const parts = partition(timeline(start, TRACE_RESOLUTION_NS).milestones);
  const why = startCauses(start, parts);
  if ("problem" in why) throw new Error(why.problem);
  return { parts, why };
};
const sumOf = (why: StartCauses, test: (time: StartCauses["causes"][number]) => boolean): number =>
  why.causes.filter(test).reduce((sum, { ns }) => sum + ns, 0) / 1e6;
const byCause = (why: StartCauses, cause: Cause): number => sumOf(why, (time) => time.cause === cause);

describe.each([
  "docker20.10-runc-bridge",
  "docker20.10-runc-host",
  "docker20.10-runc-bridge-sleep100",
  "docker20.10-runc-bridge-no-stacks",
])("the start %s", (name) => {
  const { parts, why } = explained(captured(name));

  it("is partitioned by causes: exactly, phase by phase, without a gap", () => {
    expect(why.causes.reduce((sum, { ns }) => sum + ns, 0)).toBe(parts.total_ns);
    for (const { phase, duration_ns } of parts.phases)
      expect([phase, why.causes.filter((time) => time.phase === phase).reduce((sum, { ns }) => sum + ns, 0)]).toEqual([
        phase,
        duration_ns,
      ]);
    expect(why.path.map(({ begin_ns }) => begin_ns)).toEqual([0, ...why.path.slice(0, -1).map(({ end_ns }) => end_ns)]);
    expect(why.path.at(-1)?.end_ns).toBe(parts.total_ns);
    expect(why.path.every(({ begin_ns, end_ns }) => end_ns > begin_ns)).toBe(true);
    for (const { phase, begin_ns, end_ns } of parts.phases.filter(({ duration_ns }) => duration_ns > 0)) {
      const steps = why.path.filter((step) => step.phase === phase);
      expect([phase, steps[0]?.begin_ns, steps.at(-1)?.end_ns]).toEqual([phase, begin_ns, end_ns]);
    }
    expect(why.causes.every(({ ns }) => Number.isSafeInteger(ns) && ns > 0)).toBe(true);
  });

  it("leaves hardly anything unseen, and follows nobody outside", () => {
    expect(byCause(why, "unseen") / ((parts.total_ns ?? Number.NaN) / 1e6)).toBeLessThan(0.02);
    expect(why.causes.filter(({ program }) => program.endsWith("(outside)"))).toEqual([]);
  });
});

it("tells a sleep from a loop: sleep 0.1, then 60 000 turns of a shell loop, timed apart", () => {
  const { why } = explained(captured("docker20.10-runc-bridge-sleep100"));
  expect(sumOf(why, ({ cause, program }) => cause === "timer" && program === "sleep")).toBeCloseTo(100.1, 0);
  const loop = sumOf(why, ({ cause, program }) => cause === "cpu" && program === "sh");
  expect(loop).toBeGreaterThan(55);
  expect(loop).toBeLessThan(70);
  expect(why.causes.filter(({ program }) => program === "sleep" || program === "sh").map(({ phase }) => phase)).toEqual(
    expect.arrayContaining(["entrypoint"]),
  );
});

it("finds the grace periods that the network's wiring waits for, and the syncs of the engine, by where they wait", () => {
  const { why } = explained(captured("docker20.10-runc-bridge"));
  expect(
    sumOf(why, ({ cause, place, phase }) => cause === "rcu" && place === "sendto (rcu_barrier)" && phase === "hook"),
  ).toBeGreaterThan(5);
  expect(sumOf(why, ({ cause, place }) => cause === "disk" && /^(?:fdatasync|fsync|sync)/.test(place ?? ""))).toBeGreaterThan(2);
  // Below submit_bio_wait, as every request to a disk is: which remedy fits hangs on what asked for it.
  expect(sumOf(why, ({ cause, place }) => cause === "disk" && place === "unlinkat (blkdev_issue_discard)")).toBeGreaterThan(0.2);
});

it("finds the grace period of joining a cgroup by who ended the wait, where no stacks were recorded", () => {
  const { parts, why } = explained(captured("docker20.10-runc-bridge-no-stacks"));
  const cgroups = parts.phases.find(({ phase }) => phase === "cgroups")?.duration_ns ?? Number.NaN;
  expect(sumOf(why, ({ cause, phase }) => cause === "rcu" && phase === "cgroups") / (cgroups / 1e6)).toBeGreaterThan(0.8);
});

it("says why there are no causes", () => {
  const start = captured("docker20.10-runc-host");
  const parts = partition(timeline(start, TRACE_RESOLUTION_NS).milestones);
  const without = start.trace.filter((line) => !line.includes(": sched_switch:"));
  expect(startCauses({ ...start, trace: without }, parts)).toEqual({
    problem: "the scheduler was not watched: this start was recorded without --why",
  });
  expect(startCauses(start, { ...parts, total_ns: null, incomplete: "no end" })).toEqual({
    problem: "there is no total to explain: no end",
  });
});
