/** docker run through the docker command, its calls and the start within stamped. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { partition } from "../../../research/phases.ts";
import { studyWarmTable } from "../../../research/tables/study/starts.ts";
import { milliseconds } from "../../../research/units.ts";
import { type TestLaboratory, testLaboratory } from "../../testing/laboratory.ts";
import { studyWarm } from "./starts.ts";

let lab: TestLaboratory;
beforeAll(async () => {
  lab = await testLaboratory(["shell"]);
}, 300_000);
afterAll(async () => {
  await lab?.[Symbol.asyncDispose]();
});

it("is the command before its create request, the start, and what follows, to the nanosecond; nothing is left", async () => {
  const { shell } = lab.laboratory.images;
  const images = { ...lab.laboratory.images, web: shell, python: shell };
  const rows = await lab.measure(studyWarm, studyWarmTable, 1, { images });
  expect(rows.map(({ reason }) => reason)).toEqual(rows.map(() => null));
  for (const row of rows) {
    const { create_sent_ns, create_done_ns, start_sent_ns, shim_exec_ns, entry_exec_ns, entry_acts_ns, first_byte_ns } = row;
    const [exit, removed, end] = [row.entry_exit_ns, row.removed_ns, Number(row.wall_ns) - Number(row.before_create_ns)];
    const inOrder = [
      create_sent_ns,
      create_done_ns,
      start_sent_ns,
      shim_exec_ns,
      entry_exec_ns,
      entry_acts_ns,
      exit,
      removed,
      end,
    ];
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => Number(a) - Number(b)));
    expect([row.outcome, row.act_rule, inOrder.includes(null)]).toEqual(["ok", "own-output", false]);
    expect(first_byte_ns).toBeGreaterThan(Number(entry_acts_ns) - Number(row.clock_error_ns));
    // The command is a program of its own, which has to start before it can ask for anything.
    expect(row.before_create_ns).toBeGreaterThan(1_000_000);
    const milestones = Object.fromEntries(
      Object.entries(row).flatMap(([name, at]) => (name.endsWith("_ns") && at !== null ? [[name.slice(0, -3), at]] : [])),
    );
    const { total_ns, tiers } = partition(milestones);
    expect(tiers.daemon_ns === null ? null : tiers.daemon_ns + Number(tiers.runtime_ns) + Number(tiers.process_ns)).toBe(
      total_ns,
    );
  }
  expect(await lab.containers()).toEqual([]);
}, 60_000);

it("tells what the command said where it fails or takes too long, and leaves no container", async () => {
  await using docker = await lab.laboratory.openDockerCommand();
  const run = (script: string, ms: number, watched: boolean) =>
    docker.run({ image: lab.laboratory.images.shell, command: ["sh", "-c", script], timeout: milliseconds(ms) }, watched);
  const failed = await run("echo oops >&2; exit 3", 60_000, false);
  expect([failed.problem, failed.calls, failed.containerId]).toEqual(["it exited with code 3: oops", {}, undefined]);
  const late = await run("echo up; exec sleep 60", 3_000, true);
  expect([late.timedOut, late.problem]).toEqual([true, "it did not end in time"]);
  expect(Object.keys(late.calls).sort()).toEqual(["create_done", "create_sent", "first_byte", "start_done", "start_sent"]);
  expect(await lab.containers()).toEqual([]);
}, 60_000);
