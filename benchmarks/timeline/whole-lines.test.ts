import fc from "fast-check";
import { expect, test } from "vitest";
import { wholeLines } from "./whole-lines.ts";

const record = (comm: string, event: string) => `${comm.padStart(16)}-2317  [000] d..2.   831.448170: ${event}`;
const switchTo = (comm: string) =>
  `sched_switch: prev_comm=${comm} prev_pid=2317 prev_prio=120 prev_state=R+ ==> next_comm=${comm} next_pid=7 next_prio=120`;

test("records are whole again, whatever the names of threads hold, and what stands between them stays", () => {
  const name = fc.string({
    unit: fc.constantFrom("\n", "-", "1", "7", " ", "[", "0", "]", ".", ":", "a", "=", ">"),
    maxLength: 15,
  });
  const other = fc.constantFrom(" => schedule", "##### CPU 1 buffer started ####", "CPU:0 [LOST 7 EVENTS]");
  const printed = fc.oneof(
    name.filter((comm) => !/\n\s*(\n|$)|^\s*\n|\n#| =>( |$)/.test(comm)).map((comm) => record(comm, switchTo(comm))),
    other,
  );
  fc.assert(
    fc.property(fc.array(printed, { minLength: 1, maxLength: 8 }), (records) => {
      expect(wholeLines(records.join("\n").split("\n"))).toEqual(records);
    }),
    { numRuns: 2_000 },
  );
});

test("what is no record stays unread", () => {
  const lines = ["nonsense", record("sh", switchTo("sh"))];
  expect(wholeLines(lines)).toEqual(lines);
});
