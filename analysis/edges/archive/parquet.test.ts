/** Parquet, read back by another program's reader. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TABLES } from "../../../research/tables/catalogue.ts";
import { toSubject } from "../../subjects/to-subject.ts";
import { summarise } from "../../summaries/summarise.ts";
import { readPlatforms } from "../reading/read-results.ts";
import { committedResults, toolVersion } from "../repository.ts";
import { exportPlatform } from "./export-platform.ts";

const labels = readdirSync(committedResults()).sort();
/** The one with most tables. */
const tablesOf = (label: string) => TABLES.filter(({ name }) => existsSync(join(committedResults(), label, `${name}.csv`)));
const measured = labels.reduce((most, label) => (tablesOf(label).length > tablesOf(most).length ? label : most));
let root: string;
let query: (sql: string) => Promise<Record<string, unknown>[]>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tierbench-parquet-"));
  for (const label of labels)
    await exportPlatform(join(committedResults(), label), "parquet", join(root, "parquet"), toolVersion());
  const duck = await (await DuckDBInstance.create()).connect();
  query = async (sql) => (await duck.runAndReadAll(sql)).getRowObjects();
}, 60_000);
afterAll(() => rmSync(root, { recursive: true }));

test("DuckDB finds the medians that analyze prints, of all platforms at once", async () => {
  const rows = await query(`
    SELECT platform, image, mode, variant, median(total_ns) / 1e6 AS total_ms, median(runtime_ns) / 1e6 AS runtime_ms
    FROM read_parquet('${root}/parquet/*/experiment=startup/*.parquet', hive_partitioning = true, union_by_name = true)
    WHERE outcome = 'ok' AND NOT warmup
    GROUP BY ALL ORDER BY ALL`);
  const place = { resultsFolder: committedResults(), toolVersion: toolVersion() };
  const expected = readPlatforms(labels, place, (_, error) => {
    throw error;
  }).flatMap((source) => {
    const subject = toSubject(source);
    const measurements = subject.measurements.filter(({ experiment }) => experiment === "startup");
    return summarise({ ...subject, measurements })
      .conditions.filter(({ experiment }) => experiment === "startup")
      .map(({ factors, metrics }) => [
        ...[
          source.label,
          factors.image,
          factors.mode,
          factors.variant ?? null,
          metrics.total_ms?.median,
          metrics.runtime_ms?.median,
        ],
      ]);
  });
  expect(rows.length).toBeGreaterThan(0);
  // In half nanoseconds, as whole numbers: an even number of trials has its median between two.
  const line = (cells: readonly unknown[]): string =>
    cells.map((cell) => (typeof cell === "number" ? Math.round(cell * 2e6) : cell)).join(" ");
  const found = rows.map(({ platform, image, mode, variant, total_ms, runtime_ms }) => [
    ...[platform, image, mode, variant, total_ms, runtime_ms],
  ]);
  expect(found.map(line).sort()).toEqual(expected.map(line).sort());
});

test("every row and cell of every table is there, whole numbers as such", async () => {
  const place = join(root, "parquet", `platform=${measured}`);
  for (const table of tablesOf(measured)) {
    const file = join(committedResults(), measured, `${table.name}.csv`);
    const rows = await query(`SELECT * FROM read_parquet('${place}/experiment=${table.name}/${table.name}.parquet')`);
    const expected: Iterable<object> = table.read([readFileSync(file, "utf8")], file);
    const plain = (cells: object, names: readonly string[]): unknown[] =>
      names.map((name) => {
        const cell = (cells as Record<string, unknown>)[name] ?? null;
        return typeof cell === "bigint" ? String(cell) : typeof cell === "number" && Number.isInteger(cell) ? String(cell) : cell;
      });
    const names = Object.keys(table.columns);
    expect(rows.map((row) => plain(row, names))).toEqual([...expected].map((row) => plain(row, names)));
  }
});

test("a file says what its columns are, and on what it was measured; the same data gives the same bytes", async () => {
  const file = join(root, "parquet", `platform=${measured}`, "experiment=startup", "startup.parquet");
  const notes = await query(`SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('${file}')`);
  const note = (key: string) => notes.find((each) => each.key === key)?.value as string;
  expect(JSON.parse(note("tierbench.columns"))).toMatchObject({
    gap_ns: { unit: "ns", meaning: expect.stringContaining("teardown") },
  });
  expect(note("platform.json")).toBe(readFileSync(join(committedResults(), measured, "platform.json"), "utf8"));
  const types = await query(`SELECT name, type FROM parquet_schema('${file}') WHERE name LIKE '%\\_ns' ESCAPE '\\'`);
  expect(new Set(types.map(({ type }) => type))).toEqual(new Set(["INT64"]));
  const [small] = labels.toSorted((a, b) => tablesOf(a).length - tablesOf(b).length) as [string];
  const again = join(`platform=${small}`, "experiment=startup", "startup.parquet");
  await exportPlatform(join(committedResults(), small), "parquet", join(root, "again"), toolVersion());
  expect(readFileSync(join(root, "again", again)).equals(readFileSync(join(root, "parquet", again)))).toBe(true);
});
