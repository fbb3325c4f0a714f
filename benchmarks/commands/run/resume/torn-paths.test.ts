import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { whyPathTable } from "../../../../research/tables/why-path.ts";
import { nanoseconds, unixNs } from "../../../../research/units.ts";
import { setTornRowAside } from "../../../edges/files/torn-row.ts";
import { tornPaths } from "./torn-paths.ts";

const folder = mkdtempSync(join(tmpdir(), "tierbench-torn-paths-"));
afterAll(() => rmSync(folder, { recursive: true }));

const cause = { image: "small", phase: "hook", cause: "cpu", program: "runc", place: null } as const;
const starts = [1, 2].map((trial) => ({
  ...{ trial, session: 1, block: 1, warmup: false, ...cause, outcome: "ok" as const, container_id: null },
  ...{ started_unix_ns: unixNs(1n), total_ns: nanoseconds(9e6), ns: nanoseconds(9e6), reason: null },
}));
const stretch = (trial: number, begin: number, end: number): string =>
  whyPathTable.formatRow({ trial, session: 1, ...cause, begin_ns: nanoseconds(begin * 1e6), end_ns: nanoseconds(end * 1e6) });

const first = [stretch(1, 0, 4), stretch(1, 4, 9)];

test.each([
  ["whole is left", [stretch(2, 0, 9)], ""],
  ["cut at the end of a line is set aside", [stretch(2, 0, 3), stretch(2, 3, 8)], "its last trial lacked rows"],
  ["cut within a line is set aside with its whole lines", [stretch(2, 0, 3), "2,1,sm"], "the rows of its last trial were torn"],
  ["of no start that there is, as its trial was torn, is set aside", [stretch(3, 0, 9)], "its last trial lacked rows"],
])("a path that is %s", (_, second, what) => {
  const file = join(folder, "why-path.csv");
  writeFileSync(file, [whyPathTable.header, ...first, ...second].join(""));
  const said = setTornRowAside(file, tornPaths(starts));
  expect(said ?? "").toContain(what);
  if (what !== "") expect(said).toMatch(/, and this start has no path$/);
  expect(readFileSync(file, "utf8")).toBe([whyPathTable.header, ...first, ...(what === "" ? second : [])].join(""));
});
