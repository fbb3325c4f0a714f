import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { TableError } from "../csv/table-error.ts";
import { TABLES } from "./catalogue.ts";

type Cells = Readonly<Record<string, string>>;

/** A file as it was measured. */
const measured = (name: string): string => readFileSync(new URL(`../fixtures/version-1/${name}.csv`, import.meta.url), "utf8");

/** Columns that the files here do not have yet. */
const LATER = ["ready_ns", "ready_error_ns"];

/** The same file with other cells in its second row, in line 3. */
function changed(name: string, cells: Cells): string {
  const lines = measured(name).split("\n");
  const header = (lines[0] as string).split(",");
  const row = (lines[2] as string).split(",");
  const width = header.length;
  for (const [column, cell] of Object.entries(cells)) {
    if (!header.includes(column) && !LATER.includes(column)) throw new Error(`no column ${column}`);
    if (!header.includes(column)) header.push(column);
    row[header.indexOf(column)] = cell;
  }
  const others = ",".repeat(header.length - width);
  const changed = [header.join(","), row.join(",")];
  return lines.map((line, index) => (index % 2 === 0 && changed[index / 2]) || (line && line + others)).join("\n");
}

function read(name: string, text: string): number {
  const table = TABLES.find((each) => each.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table.parse(text, `${name}.csv`).length;
}

const refusal = (name: string, cells: Cells): string => {
  try {
    read(name, changed(name, cells));
  } catch (error) {
    if (error instanceof TableError) return error.message;
    throw error;
  }
  return "read";
};

test.each(["startup", "burst", "density"])(
  "a start of %s.csv does not act after it has ended, nor after it was removed",
  (name) => {
    const late = { entry_acts_ns: "40000000000", first_byte_ns: "40000000001" };
    expect(refusal(name, late)).toContain("is after entry_exit at");
    expect(refusal(name, { ...late, entry_exit_ns: "" })).toContain("first_byte at 40000000001 ns is after removed at");
  },
);

describe.each(["startup", "burst", "density", "ready", "cold-rootfs"])("a row of a start in %s.csv", (name) => {
  test.each<[Cells, string]>([
    [{ create_sent_ns: "5" }, "create_sent is the origin of all times, and not 0 but 5 ns"],
    [{ create_sent_ns: "" }, "create_sent"],
    [{ shim_exec_ns: "-1001" }, "shim_exec at -1001 ns is before create_sent, by more than the error of 1000 ns allows"],
    [{ event_create_ns: "-2000" }, "event_create at -2000 ns is before create_sent"],
    [{ start_sent_ns: "999999999999" }, "is before start_sent at 999999999999 ns, which has to come first"],
    [{ entry_exec_ns: "999999999999" }, "entry_acts at"],
    [{ shim_exec_ns: "999999999999" }, "create_exec at"],
    [{ hook_end_ns: "999999999999" }, "create_exit at"],
    [{ create_done_ns: "" }, "the outcome is ok, without create_done"],
    [{ start_sent_ns: "" }, "the outcome is ok, without start_sent"],
    [{ clock_error_ns: "" }, "clock_error_ns"],
    [
      { removed_ns: "", wait_done_ns: "99000000000", event_destroy_ns: "" },
      "wait_done at 99000000000 ns is after the 60 s at which",
    ],
    [{ clock_error_ns: "60000000001" }, "clock_error_ns 60000000001 is more than a start may take"],
    [{ lost_events: "3" }, "the outcome is ok, and the kernel dropped 3 trace events"],
    [{ entry_acts_ns: "0" }, "entry_acts at 0 ns: nothing acts in the moment in which it was asked for"],
  ])("is refused with %j", (cells, message) => {
    expect(refusal(name, cells)).toContain(`${name}.csv:3`);
    expect(refusal(name, cells)).toContain(message);
  });

  test("may have times turned by no more than its error bound", () => {
    // Nothing is seen within 50 µs of a request: so long takes the smallest process.
    expect(refusal(name, { shim_exec_ns: "49000" })).toBe("read");
    expect(refusal(name, { shim_exec_ns: "48999" })).toContain('column shim_exec_ns: got "48999", expected 50000 ns or more');
    expect(refusal(name, { shim_exec_ns: "-950000", clock_error_ns: "1000000" })).toBe("read");
  });

  test("is not checked when the trace cannot be trusted", () => {
    expect(refusal(name, { shim_exec_ns: "-99999999", outcome: "probe-lost" })).toBe("read");
    expect(refusal(name, { shim_exec_ns: "-99999999", outcome: "failed", lost_events: "2" })).toBe("read");
  });

  test("is not refused for what is merely unusual", () => {
    // An API may answer after the entrypoint has ended, and Podman makes a cgroup before the runtime runs.
    const late = { start_done_ns: "49000000000", wait_done_ns: "49000000001", removed_ns: "999000000002" };
    expect(refusal(name, { ...late, event_destroy_ns: "" })).toBe("read");
    expect(refusal(name, { cgroup_first_ns: "50000" })).toBe("read");
    expect(refusal(name, { runtime_start_exit_ns: "999000000000" })).toBe("read");
  });
});

describe.each(["startup", "burst", "ready"])("when a start of %s.csv was ready", (name) => {
  test.each<[Cells, string]>([
    [{ ready_ns: "", ready_error_ns: "5" }, "ready_error_ns without ready_ns"],
    [{ ready_ns: "500000000", ready_error_ns: "500000001" }, "ready_error_ns 500000001 is more than ready_ns 500000000"],
    [{ ready_ns: "1000000", ready_error_ns: "1000" }, "ready_ns 1000000 is before start_sent at"],
    [{ ready_ns: "40000000000", ready_error_ns: "1000" }, "ready_ns 40000000000 is after removed at"],
  ])("is refused with %j", (cells, message) => {
    expect(refusal(name, cells)).toContain(`${name}.csv:3`);
    expect(refusal(name, cells)).toContain(message);
  });

  test("may be before the entrypoint, and is not checked when the trace cannot be trusted", () => {
    expect(refusal(name, { ready_ns: "100000000", ready_error_ns: "1000" })).toBe("read");
    expect(refusal(name, { ready_ns: "1", ready_error_ns: "1", outcome: "probe-lost" })).toBe("read");
  });
});

test.each<[string, Cells, string]>([
  ["startup", { trial: "1" }, "trial 1 of session 1 appears a second time"],
  ["startup", { gap_ns: "-1" }, "not negative"],
  ["burst", { start: "1" }, "trial 1 of session 1, 1, appears a second time"],
  ["burst", { start: "3" }, "start 3 of a burst of 2"],
  ["burst", { late_ns: "-1" }, "not negative"],
  ["burst", { late_ns: "" }, "the outcome is ok, without late_ns"],
  ["density", { start: "1000" }, 'column start: got "1000", expected 2: the starts of a trial are numbered'],
  ["density", { start: "1" }, "trial 1 of session 1, 1, appears a second time"],
  ["pull", { layer: "" }, "trial 1 of session 1 appears a second time"],
  ["pull", { pulled_ns: "-5" }, "not negative"],
  ["cold-rootfs", { evict_ns: "5" }, "evict_ns of a warm start"],
  ["memory", { pss_bytes: "99999999999" }, "pss_bytes 99999999999 is more than rss_bytes"],
  ["memory", { rss_bytes: "" }, "the outcome is ok, without rss_bytes and without a reason"],
  ["memory", { rss_bytes: "-1" }, "a whole number from 0"],
  [
    "cpu-throttling",
    { cpu_limit: "1.0", usage_ns: "1", periods: "3", throttled_periods: "4" },
    "4 throttled_periods of 3 periods",
  ],
  ["cpu-throttling", { usage_ns: "-1" }, "not negative"],
  ["memory", { containers: "2" }, "2 containers of a population of"],
  ["cpu-throttling", { usage_ns: "9000000000" }, "is more than 2 processes can use"],
  ["cpu-throttling", { cpu_limit: "1.0", usage_ns: "1", periods: "9999", throttled_periods: "1" }, "9999 periods in wall_ns"],
  // A period of the engine's is 100 ms; where the kernel is late, it is longer.
  [
    "cpu-throttling",
    { cpu_limit: "1.0", usage_ns: "1", wall_ns: "2000000000", periods: "40", throttled_periods: "1" },
    "40 periods",
  ],
  ["copy-up", { first_write_ns: "1200000000001" }, "is longer than the 1200 s after which a trial is stopped"],
  ["network", { series_ns: "1" }, "series_ns 1 is less than sum_ns"],
  ["pull", { pulled_ns: "86400000000001" }, "is longer than the 86400 s after which"],
  ["pull", { verify_begin_ns: "1" }, "verify_begin_ns 1 is before download_begin_ns"],
  ["ladder", { first_byte_ns: "999999999999" }, "is after ended_ns"],
  ["network", { median_ns: "999999999" }, "p90_ns"],
  ["network", { sum_ns: "1" }, "sum_ns 1 of 1000 exchanges between"],
  ["network", { exchanges: "0", lost: "1000" }, "min_ns without any exchange"],
  ["write", { write_ns: "-1" }, "not negative"],
  ["write", { write_ns: "" }, "the outcome is ok, without write_ns and without a reason"],
  ["copy-up", { first_write_ns: "-1" }, "not negative"],
  ["metadata", { stat_ns: "" }, "the outcome is ok, without stat_ns"],
  ["namespaces", { clone_ns: "-1" }, "not negative"],
  ["burst", { late_ns: "60000000001" }, "late_ns 60000000001 is longer than the 60 s after which a start is stopped"],
  ["burst", { block: "2" }, "block 2 and 1 in one trial"],
  ["density", { warmup: "true" }, "warmup true and false in one trial"],
  ["pull", { pulled_ns: "3474741653" }, "pulled_ns 3474741653 of layer 82ef5b22caa8 is after the whole pull has ended at"],
  ["cpu-throttling", { periods: "3" }, "periods without a limit"],
  ["cpu-throttling", { cpu_limit: "1.0", throttled_periods: "3" }, "throttled_periods without periods"],
  ["cpu-throttling", { cpu_limit: "1.0" }, "usage_ns 3974774374 in wall_ns 2003113065 is more than a limit of 1.0 allows"],
  ["cpu-throttling", { wall_ns: "0" }, "the outcome is ok, with wall_ns 0"],
  ["network", { exchanges: "0", lost: "0" }, "the outcome is ok, without any exchange, answered or lost"],
  ["network", { min_ns: "0" }, "min_ns 0: no exchange takes no time"],
  ["network", { p99_ns: "" }, "1000 exchanges without p99_ns and without a reason"],
  ["network", { exchanges: "1" }, "median_ns 94951 and min_ns 22333 of one exchange"],
  ["network", { sum_ns: "58000000" }, "sum_ns 58000000 of 1000 exchanges with median_ns 94951"],
  ["network", { sum_ns: "140000000", series_ns: "140000000" }, "sum_ns 140000000 of 1000 exchanges with p90_ns 113578"],
  ["memory", { rss_bytes: "0", pss_bytes: "0" }, "the outcome is ok, with rss_bytes 0"],
  ["memory", { pss_bytes: "0" }, "the outcome is ok, with pss_bytes 0"],
  ["write", { bytes: "0" }, "the outcome is ok, with bytes 0"],
  ["write", { write_ns: "0" }, "the outcome is ok, with write_ns 0"],
  ["metadata", { create_ns: "0" }, "the outcome is ok, with create_ns 0 of 500 files"],
  ["copy-up", { storage: "layer", first_write_ns: "0" }, "the outcome is ok, with first_write_ns 0 of a file that is copied up"],
  ["ladder", { ended_ns: "0" }, "the outcome is ok, with ended_ns 0"],
  ["ladder", { ended_ns: "1" }, "ended_ns is before spawned_ns"],
  ["ladder", { removed_ns: "1" }, "removed_ns of the rung crun"],
])("%s.csv with %j is refused", (name, cells, message) => {
  expect(refusal(name, cells)).toContain(`${name}.csv:3`);
  expect(refusal(name, cells)).toContain(message);
});

test("a trial that comes again later is a duplicate, and one of another session is not", () => {
  const again = measured("write").trimEnd().split("\n");
  const repeated = [...again, again[1]].join("\n");
  expect(() => read("write", `${repeated}\n`)).toThrow("write.csv:6: trial 1 of session 1 appears a second time");
  const other = [...again, (again[1] as string).replace("1,1,", "1,2,")].join("\n");
  expect(read("write", `${other}\n`)).toBe(5);
});

test("a trial of several rows is of one condition, and the layers of a pull have no more bytes than the whole", () => {
  const burst = measured("burst").split("\n");
  const columns = (burst[0] ?? "").split(",");
  const size = columns.indexOf("size");
  const row = burst.findIndex((line, index) => index > 1 && line.split(",")[0] === burst[index - 1]?.split(",")[0]);
  const other = (burst[row] ?? "").split(",").with(size, "32").join(",");
  expect(() => read("burst", burst.with(row, other).join("\n"))).toThrow(/burst\.csv:\d+: size 32 and \d+ in one trial/);
  expect(refusal("pull", { bytes: "999999999" })).toContain("are more than the whole pull has left of its");
  expect(refusal("pull", { bytes: "0" })).toContain('column bytes: got "0"');
});

test("a burst was intended for one moment: late starts began late", () => {
  expect(refusal("burst", { late_ns: "0" })).toContain(
    'burst.csv:3, column late_ns: got "0", expected 730582: a burst is intended for one moment',
  );
  expect(refusal("burst", { started_unix_ns: "1795491496742121137" })).toContain('column late_ns: got "730582", expected 730583');
  // Of one alone nothing else is known: by a coarse clock it may have been sent in the moment for which it was intended.
  const [header, first] = measured("burst").split("\n") as [string, string];
  const alone = first.replace("true,2,", "true,1,").replace(",1,656322,", ",1,0,");
  expect(read("burst", `${header}\n${alone}\n`)).toBe(1);
});

test("no layer is hashed faster than any processor does", () => {
  // 55 MB in 10 ms after the request would be a network of 44 Gbit/s.
  expect(refusal("pull", { download_begin_ns: "60000", verify_begin_ns: "", download_done_ns: "10000000" })).toBe("read");
  const fast = measured("pull").replaceAll(",66324395,", ",66324395000,").replaceAll(",55320640,", ",55320640000,");
  expect(() => read("pull", fast)).toThrow(
    'pull.csv:3, column download_done_ns: got "709770207", expected 2766032000 ns or more',
  );
});

test("to evict files takes other programs", () => {
  const evicted = (time: string): string => measured("cold-rootfs").replace(",4184196,", `,${time},`);
  expect(read("cold-rootfs", evicted("100000"))).toBe(4);
  expect(() => read("cold-rootfs", evicted("1"))).toThrow(
    'cold-rootfs.csv:2, column evict_ns: got "1", expected 100000 ns or more',
  );
});

test("a pull takes time", () => {
  const atOnce = measured("pull").replace(",3474741652,", ",0,");
  expect(() => read("pull", atOnce)).toThrow("pull.csv:2: the outcome is ok, with pulled_ns 0 of the whole pull");
});

test("a zero may be measured where stamps are of microseconds, and where nothing was done", () => {
  expect(refusal("namespaces", { unshare_ns: "0" })).toBe("read");
  expect(refusal("copy-up", { storage: "volume", first_write_ns: "0" })).toBe("read");
  expect(refusal("metadata", { files: "9", create_ns: "0" })).toBe("read");
  expect(refusal("write", { write_ns: "0", outcome: "failed" })).toBe("read");
});

test.each(["3", "20", "24"])("%s periods of a limit in 2 s are possible: the kernel may be late", (periods) => {
  const cells = { cpu_limit: "1.0", usage_ns: "999999999", wall_ns: "2000000000", throttled_periods: "1" };
  expect(refusal("cpu-throttling", { ...cells, periods })).toBe("read");
});

test("a missing measurement with its reason is no contradiction", () => {
  expect(refusal("write", { write_ns: "", reason: "marks were read together" })).toBe("read");
  expect(refusal("memory", { rss_bytes: "", outcome: "failed" })).toBe("read");
});

test.each<[string, Cells, string]>([
  [
    "cpu-throttling",
    { usage_ns: "1016457", cpu_limit: "0.5", periods: "20", throttled_periods: "20", throttled_ns: "1" },
    "is less than the quota of",
  ],
  [
    "cpu-throttling",
    { throttled_ns: "500000000000", usage_ns: "1016457158", cpu_limit: "0.5", periods: "20", throttled_periods: "20" },
    "can wait",
  ],
  ["write", { bytes: "256" }, 'column bytes: got "256", expected 1048576 bytes or more'],
  ["memory", { pss_bytes: "14306305" }, "expected a multiple of 1024"],
  ["namespaces", { namespace: "all", unshare_ns: "0" }, "unshare_ns 0 of eight namespaces"],
  ["network", { series_ns: "1000" }, "series_ns 1000 is less than sum_ns"],
  ["network", { series_ns: "1000", clock: "client" }, "read"],
  ["copy-up", { first_write_ns: "0", storage: "layer", clock: "client" }, "read"],
  ["metadata", { create_ns: "0", clock: "client" }, "read"],
])("%s.csv with %j", (name, cells, message) => {
  expect(refusal(name, cells)).toContain(message);
});
