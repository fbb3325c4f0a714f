import { afterAll, beforeAll, expect, it } from "vitest";
import { partition } from "../../research/phases.ts";
import { whyTable } from "../../research/tables/why.ts";
import { PLAIN_STARTS } from "../start/own-starts.ts";
import { type TestLaboratory, testLaboratory } from "../testing/laboratory.ts";
import { parseCapturedStarts } from "../timeline/captured-start.ts";
import { type PathStep, startCauses } from "../timeline/causes/start-causes.ts";
import { type Sightings, timeline } from "../timeline/timeline.ts";
import { TRACE_RESOLUTION_NS } from "../timeline/trace-line.ts";
import { whyOf } from "./why.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["shell"]);
}, 300_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

it("why: explains each start to the nanosecond, and leaves the probe as it was", async () => {
  const { shell } = lab.laboratory.images;
  const why = whyOf({ references: new Map(["one", "other"].map((name) => [name, shell])), starts: PLAIN_STARTS });
  const kept = new Map<string, string>();
  const keepTrace = (containerId: string, capture: string) => void kept.set(containerId, capture);
  const paths = new Map<string, readonly PathStep[]>();
  const keepPath = (containerId: string, path: readonly PathStep[]) => void paths.set(containerId, path);
  const rows = await lab.measure(why, whyTable, 1, { engine: lab.wired, keepTrace, keepPath });
  expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ["ok", null]));
  const trials = [...new Set(rows.map(({ trial }) => trial))];
  expect(trials).toHaveLength(2);
  expect(new Set(rows.map(({ image }) => image))).toEqual(new Set(["one", "other"]));
  for (const trial of trials) {
    const own = rows.filter((row) => row.trial === trial);
    expect(own.reduce((sum, { ns }) => sum + (ns ?? 0), 0)).toBe(own[0]?.total_ns);
    const unseen = own.filter(({ cause }) => cause === "unseen").reduce((sum, { ns }) => sum + (ns ?? 0), 0);
    expect(unseen / (own[0]?.total_ns ?? Number.NaN)).toBeLessThan(0.05);
    // The trace that is kept explains it again.
    const [start] = parseCapturedStarts(kept.get(`${own[0]?.container_id}`) ?? "", "kept");
    const { milestones } = timeline(start as Sightings, TRACE_RESOLUTION_NS);
    const again = startCauses(start as Sightings, partition(milestones));
    expect("causes" in again && again.causes.map(({ ns }) => ns).sort()).toEqual(own.map(({ ns }) => ns).sort());
    // So is its path, which begins and ends where the start does.
    const path = paths.get(`${own[0]?.container_id}`) ?? [];
    expect(path.map(({ begin_ns }) => begin_ns)).toEqual([0, ...path.slice(0, -1).map(({ end_ns }) => end_ns)]);
    expect(path.at(-1)?.end_ns).toBe(own[0]?.total_ns);
    // Who must have been on the path of any start.
    expect(own.map(({ cause, program }) => `${cause} ${program}`)).toEqual(
      expect.arrayContaining(["cpu client", "cpu dockerd", expect.stringMatching(/^cpu .* init$/)]),
    );
  }
  await lab.laboratory.probe.begin();
  const after = await lab.laboratory.probe.end();
  expect("lines" in after && after.lines.filter((line) => line.includes(": sched_switch:"))).toEqual([]);
}, 300_000);
