/** A file whose times were converted by hand is refused, and the message names the cell. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TableError } from "../csv/table-error.ts";
import { TABLES } from "./catalogue.ts";

const tableOf = (name: string) => {
  const table = TABLES.find((each) => each.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
};

/** Of what is wrong; empty where nothing is. */
const place = (name: string, text: string): Partial<TableError["place"]> => {
  try {
    tableOf(name).parse(text, `${name}.csv`);
  } catch (error) {
    if (error instanceof TableError) return error.place;
    throw error;
  }
  return {};
};

/** All columns of times, where something is measured in time. */
const divided = (text: string, by: number): string => {
  const [header = "", ...rows] = text.trimEnd().split("\n");
  const columns = header.split(",");
  const isTime = (column: string): boolean => column.endsWith("_ns") && column !== "started_unix_ns";
  return [
    header,
    ...rows.map((row) =>
      row
        .split(",")
        .map((cell, place) => (/^-?\d+$/.test(cell) && isTime(columns[place] ?? "") ? `${Math.round(Number(cell) / by)}` : cell))
        .join(","),
    ),
    "",
  ].join("\n");
};

const measured = (name: string): string => readFileSync(new URL(`../fixtures/version-1/${name}.csv`, import.meta.url), "utf8");

test.each([
  "startup",
  "copy-up",
  "write",
  "metadata",
  "namespaces",
  "ladder",
  "burst",
  "density",
  "network",
  "pull",
  "ready",
  "cold-rootfs",
])("%s.csv in milliseconds or microseconds is refused", (name) => {
  expect(place(name, measured(name))).toEqual({});
  expect(place(name, divided(measured(name), 1e6))).toHaveProperty("line");
});

test("the message names the cell, what was expected, and why", () => {
  expect(place("startup", divided(measured("startup"), 1e6))).toEqual({
    ...{ line: 2, column: "entry_acts_ns", expected: "1000000 ns or more" },
    value: expect.stringMatching(/^\d{2,4}$/),
  });
  const lines = measured("startup").split("\n");
  expect(() => TABLES[0]?.parse(divided(lines.slice(0, 2).join("\n"), 1e6), "startup.csv")).toThrow(
    /^startup\.csv:2, column entry_acts_ns: got "\d+", expected 1000000 ns or more: nothing of the kind takes less; is it in another unit\?; such a row/,
  );
});

test("a shell counts no more calls than processes can be made", () => {
  const columns = Object.keys(tableOf("study-dimensions").columns);
  const of = (printed: string, baseline_printed: string): string => {
    const row: Record<string, string> = {
      ...{ trial: "1", session: "1", block: "1", warmup: "false", dimension: "cpu-throttling", subject: "50.00", outcome: "ok" },
      ...{ started_unix_ns: "1790000000000000000", wall_ns: "2000000000", baseline_ns: "2000000000", printed, baseline_printed },
    };
    try {
      tableOf("study-dimensions").parse(`${columns.join(",")}\n${columns.map((each) => row[each] ?? "").join(",")}\n`, "x.csv");
    } catch (error) {
      return (error as Error).message;
    }
    return "read";
  };
  expect(of("4835", "8417")).toBe("read");
  expect(of("4835", "8417000000")).toContain("baseline_printed 8417000000 calls of date in baseline_ns 2000000000");
  expect(of("400001", "8417")).toContain("printed 400001 calls of date");
});

test("dd took no longer than its command, and wrote no faster than any machine", () => {
  const columns = Object.keys(tableOf("study-dimensions").columns);
  const of = (seconds: string): string => {
    const row: Record<string, string> = {
      ...{ trial: "1", session: "1", block: "1", warmup: "false", dimension: "write", subject: "volume", outcome: "ok" },
      ...{ started_unix_ns: "1790000000000000000", wall_ns: "900000000" },
      printed: `268435456 bytes (256.0MB) copied, ${seconds} seconds, 1.1GB/s`,
    };
    try {
      tableOf("study-dimensions").parse(
        `${columns.join(",")}\n${columns.map((each) => (row[each]?.includes(",") ? `"${row[each]}"` : (row[each] ?? ""))).join(",")}\n`,
        "x.csv",
      );
    } catch (error) {
      return (error as Error).message;
    }
    return "read";
  };
  expect(of("0.235")).toBe("read");
  expect(of("0.000001")).toContain("dd printed 268435456 bytes in 0.000001 s");
  expect(of("1.5")).toContain("dd printed 1.5 s of a command that took 900000000 ns");
});

test.each<[name: string, cells: Record<string, string>, column: string, least: number]>([
  ["why", { image: "small", total_ns: "172", phase: "hook", cause: "cpu", program: "runc", ns: "172" }, "total_ns", 1e6],
  ["study-pull", { image: "small", wall_ns: "266" }, "wall_ns", 1e6],
  ["study-dimensions", { dimension: "namespaces", subject: "namespace_create", wall_ns: "3" }, "wall_ns", 50e3],
  ["study-dimensions", { dimension: "memory", subject: "3", wall_ns: "999999" }, "wall_ns", 1e6],
  ["study-dimensions", { dimension: "copy-up", subject: "100", wall_ns: "1300000000", baseline_ns: "252" }, "baseline_ns", 1e6],
  ["stop", { entrypoint: "init", stop_sent_ns: "0", stop_done_ns: "60000", removed_ns: "80000" }, "stop_done_ns", 1e6],
  ["stop", { entrypoint: "ignores", stop_sent_ns: "0", stop_done_ns: "114000000", removed_ns: "120000000" }, "stop_done_ns", 9e8],
])("%s.csv with %j is refused", (name, cells, column, least) => {
  const columns = Object.keys(tableOf(name).columns);
  const first = { trial: "1", session: "1", block: "1", warmup: "false", outcome: "ok", started_unix_ns: "1790000000000000000" };
  const row: Record<string, string> = { ...first, ...cells };
  const text = `${columns.join(",")}\n${columns.map((each) => row[each] ?? "").join(",")}\n`;
  expect(place(name, text)).toMatchObject({ line: 2, column, expected: `${least} ns or more` });
});

// Seen on a busy machine: marks that were written long apart reached the client at almost the same time.
test.each<[name: string, column: string]>([
  ["metadata", "rename_ns"],
  ["write", "write_ns"],
  ["copy-up", "first_write_ns"],
])("what the client stamped late in %s.csv is no other unit", (name, column) => {
  const [header = "", ...rows] = measured(name).trimEnd().split("\n");
  const columns = header.split(",");
  const stamped = (clock: string): string =>
    [
      header,
      ...rows.map((row) =>
        row
          .split(",")
          .map((cell, at) =>
            cell !== "" && columns[at] === column ? "149" : columns[at] === "clock" && cell !== "" ? clock : cell,
          )
          .join(","),
      ),
      "",
    ].join("\n");
  expect(place(name, stamped("client"))).toEqual({});
  expect(place(name, stamped("kernel"))).toMatchObject({ column });
});
