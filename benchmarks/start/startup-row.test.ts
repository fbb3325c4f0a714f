import { expect, test } from "vitest";
import { impossibleStart } from "../../research/impossible-start.ts";
import { clockNs, nanoseconds, unixNs } from "../../research/units.ts";
import type { ObservedStart } from "./observe-start.ts";
import { startCells } from "./startup-row.ts";

const at = (ms: number) => clockNs(BigInt(Math.round(ms * 1e6)));
const ID = "a".repeat(64);

/** Offsets from create_sent, which is at 1000 ms of the client's clock and of the kernel's, in ms. */
const line = (ms: number, tid: number, event: string): string =>
  `${"x".padEnd(16)}-${tid}   [000] .....  1.${String(Math.round(ms * 1e3)).padStart(6, "0")}: ${event}`;

const start = (fields: Partial<ObservedStart>): ObservedStart => ({
  ...{
    outcome: "ok",
    problem: undefined,
    containerId: ID,
    trace: [],
    lostEvents: 0,
    kernelClock: undefined,
    ready: undefined,
    until: undefined,
    stopped: undefined,
  },
  client: {
    ...{ create_sent: at(1000), create_done: at(1010), start_sent: at(1011), start_done: at(1100) },
    ...{ first_byte: at(1099), wait_done: at(1200), removed: at(1300) },
  },
  events: {},
  ...{ output: [], errors: "", received: undefined, teardownEnd: at(1301) },
  ...fields,
});
const offset = { offset: 0n, error: nanoseconds(500) };
const wall = { before: offset, after: offset, elapsed: nanoseconds(400e6) };
const cells = (observed: ObservedStart, around = wall) =>
  startCells(observed, around, true, { name: "tracefs", resolution: 1_000 });

test("events of a wall clock that was set during the start are left out, and the start stays as it was", () => {
  const events = { event_create: unixNs(at(1005)), event_start: unixNs(at(1050)), event_die: unixNs(at(400)) };
  const { cells: row, judged } = cells(start({ events }));
  expect(judged).toEqual({ outcome: "ok", problem: expect.stringMatching(/^Docker's events are left out: .*event_die/) });
  expect([row.event_create_ns, row.event_start_ns, row.event_die_ns]).toEqual([null, null, null]);
  expect(row.entry_acts_ns).toBe(99e6);
});

test.each([
  ["an hour forward", 3_600_000_000_000n],
  ["a millisecond back", -1_000_000n],
])("a wall clock that was set %s between two events leaves no time of either, and the row says why", (_, step) => {
  // Each is possible by its own: nothing but the clock shows it.
  const events = { event_create: unixNs(at(1005)), event_start: unixNs(at(1050) + step / 1_000_000_000n) };
  const after = { ...offset, offset: step };
  const { cells: row, judged } = cells(start({ events }), { ...wall, after });
  expect([row.event_create_ns, row.event_start_ns]).toEqual([null, null]);
  expect(row.clock_error_ns).toBe(1_000);
  expect(judged.outcome).toBe("ok");
  expect(judged.problem).toMatch(/^Docker's events are left out: the wall clock was set by -?\d+\.000 ms within 400\.000 ms/);
});

test("a wall clock that is slewed keeps the events, within a bound that spans both readings", () => {
  const after = { ...offset, offset: 150_000n };
  const { cells: row, judged } = cells(start({ events: { event_create: unixNs(at(1005)) } }), { ...wall, after });
  expect(judged.problem).toBeUndefined();
  expect(row.event_create_ns).toBe(5e6 - 75_000);
  expect(row.clock_error_ns).toBe(75_500);
});

test("events that can be are kept", () => {
  const { cells: row } = cells(start({ events: { event_create: unixNs(at(1005)) } }));
  expect(row.event_create_ns).toBe(5e6);
});

test.each(["ok", "failed"] as const)("a kernel's clock that was set makes no milestone of an %s start", (outcome) => {
  const mkdir = line(20, 7, `cgroup_mkdir: root=1 id=2 level=2 path=/docker/${ID}`);
  const seen = cells(start({ outcome, trace: [mkdir] }));
  expect([seen.cells.cgroup_first_ns, seen.judged.outcome]).toEqual([20e6, outcome]);
  const back = { toClient: (kernel: bigint) => clockNs(kernel - 500_000_000n), error: nanoseconds(1_000), wall: undefined };
  const { cells: row, judged, milestones } = cells(start({ outcome, trace: [mkdir], kernelClock: back }));
  expect(row.cgroup_first_ns).toBeNull();
  expect(row.entry_acts_ns).toBe(99e6);
  expect(judged.outcome).toBe(outcome === "ok" ? "probe-lost" : "failed");
  if (outcome === "ok")
    expect(judged.problem).toMatch(/^a clock was set during the start: cgroup_first at -480000000 ns is before/);
  expect(impossibleStart((milestone) => milestones[milestone] ?? null, row.clock_error_ns)).toBeUndefined();
});

test("an ok start whose entrypoint the trace does not show says so; one that was not traced has nothing to say", () => {
  const other = [line(30, 7, "sched_process_exec: filename=/usr/bin/runc pid=7 old_pid=7")];
  expect(cells(start({ trace: other })).judged).toEqual({
    outcome: "ok",
    problem: "the kernel's trace does not show the execve of the entrypoint",
  });
  expect(cells(start({ trace: [] })).judged.problem).toBeUndefined();
  expect(cells(start({ trace: other, outcome: "timeout", problem: "it took too long" })).judged.problem).toBe("it took too long");
});
