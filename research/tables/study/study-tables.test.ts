import { expect, test } from "vitest";
import { unixNs } from "../../units.ts";
import { studyDimensionsTable } from "./dimensions.ts";
import { studyPullTable } from "./pull.ts";
import { studyColdTable, studyWarmTable } from "./starts.ts";

const OF_ALL = {
  ...{ trial: 1, session: 1, block: 2, warmup: false, outcome: "ok", container_id: null, started_unix_ns: unixNs(1n) },
  ...{ image: "small", dimension: "copy-up", subject: "100", reason: "none of the others", wall_ns: 0, create_sent_ns: 0 },
};

test.each([studyDimensionsTable, studyPullTable, studyWarmTable, studyColdTable])("$name.csv: a command takes time", (table) => {
  const line = (table.formatRow as (row: object) => string)({ ...table.unmeasured, ...OF_ALL });
  const read = () => table.parse(table.header + line, `${table.name}.csv`);
  expect(read).toThrow(`${table.name}.csv:2: the outcome is ok, with wall_ns 0`);
});

test.each<[object, string]>([
  [{}, "read"],
  [{ entry_acts_ns: 95e6 }, "entry_acts at 95000000 ns is after the docker command has ended"],
  [{ entry_exit_ns: 95e6 }, "entry_exit at 95000000 ns is after the docker command has ended"],
  [{ removed_ns: 90e6 + 1_001 }, "removed at 90001001 ns is after the docker command has ended"],
  [{ entry_exit_ns: 85e6 }, "removed at 80000000 ns is before entry_exit at 85000000 ns"],
])("a start that ended with its docker command and had %j", (times, said) => {
  const row = {
    ...{ ...studyWarmTable.unmeasured, ...OF_ALL, reason: null, wall_ns: 100e6, before_create_ns: 10e6 },
    ...{ create_done_ns: 5e6, start_sent_ns: 6e6, entry_acts_ns: 50e6, entry_exit_ns: 60e6, removed_ns: 80e6 },
    ...{ probe: "tracefs", clock_error_ns: 1_000, lost_events: 0, act_rule: "client-bound", ...times },
  };
  const line = (studyWarmTable.formatRow as (of: object) => string)(row);
  const read = (): string => {
    try {
      studyWarmTable.parse(studyWarmTable.header + line, "study-warm.csv");
      return "read";
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(read()).toContain(said);
});
