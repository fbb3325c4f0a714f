import { expect, test } from "vitest";
import { session } from "../../testing/rows.ts";
import { otherMachines } from "./same-machine.ts";

const first = session();
const more = session({ session: 2, host: { ...first.host, cpu_count: 256 } });

test("sessions of one machine have as many CPUs", () => {
  expect(otherMachines([more, { ...more, session: 3 }])).toEqual([]);
  expect(otherMachines([first, more])).toEqual([
    {
      ...{ field: "sessions.1.host.cpu_count", is: "256", was: "2" },
      what: "the number of CPUs of session 2 is another than that of session 1",
    },
  ]);
});

test("what the session was warned of is not said again", () => {
  const other = session({ session: 2, engine: { ...first.engine, server: "29.0.0" } });
  expect(otherMachines([first, other]).map(({ field }) => field)).toEqual(["sessions.1.engine.server"]);
  const warning = { summary: "this session's engine differs from session 1", evidence: "", remedy: "" };
  expect(otherMachines([first, { ...other, warnings: [warning] }])).toEqual([]);
});
