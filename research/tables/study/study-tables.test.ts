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
