/** DATA.md, generated from the declarations of the tables and the phases. */
import { markdownTable } from "markdown-table";
import { type Column, TABLE_VERSION } from "./csv/cells.ts";
import { PHASE_NAMES, PHASES } from "./phases.ts";
import type { Table } from "./table.ts";
import { FILES } from "./tables/catalogue.ts";

/** A cell must not end the row or cell of the Markdown table. */
const cell = (text: string): string => text.replaceAll("|", "\\|");

type Described = Pick<Table<unknown>, "name" | "description"> & {
  readonly columns: Readonly<Record<string, Pick<Column<unknown>, "description" | "unit" | "expected" | "since">>>;
};

function describeTable(table: Described): string {
  const rows = Object.entries(table.columns).map(([name, column]) => [
    `\`${name}\``,
    String(column.since ?? 1),
    column.unit,
    cell(column.expected),
    cell(column.description),
  ]);
  return [
    `## \`${table.name}.csv\``,
    table.description,
    markdownTable([["column", "since", "unit", "cell", "meaning"], ...rows], { alignDelimiters: false }),
  ].join("\n\n");
}

const phaseRows = PHASE_NAMES.map((name) => [
  `\`${name}\``,
  PHASES[name].title,
  PHASES[name].tier,
  `\`${PHASES[name].begins}\``,
  cell(PHASES[name].meaning),
]);

const PLATFORM_JSON = [
  "Of platform.json, these fields came after version 0.1.0 of tierbench, whose files lack them:",
  "",
  markdownTable(
    [
      ["field", "meaning"],
      ["`runs[]`", "one entry a call of `run`: its `seed`, `iterations`, `precision` (a share) and planned `sessions[]`"],
      [
        "`runs[].sessions[]`",
        "number, seed, and in turns with other platforms round and `turn` (place in the round); drawn before the run began",
      ],
      ["`sessions[].paired_with`", "labels of the platforms that were measured in turns with this one"],
      ["`sessions[].round`", "sessions of these platforms with the same round are a pair"],
      ["`sessions[].fresh_engine`", "whether tierbench started the engine for this session"],
    ],
    { alignDelimiters: false },
  ),
].join("\n");

const code = (language: string, ...lines: readonly string[]): string => [`\`\`\`${language}`, ...lines, "```"].join("\n");

const PARQUET = [
  "## Parquet",
  "`tierbench platform export P --format parquet --out parquet` writes the same tables for engines of your own, thousands of platforms side by side: `parquet/platform=P/experiment=startup/startup.parquet`, a file for each table. Columns have the names above; text is UTF-8, whole numbers are INT64 (times in nanoseconds, those since 1970, too), decimals DOUBLE; what is empty is null. Tables of starts have four columns more, computed when they are exported: `total_ns`, and the tiers `daemon_ns`, `runtime_ns` and `process_ns`. The key-value metadata of each file has `tierbench.columns` (unit and meaning of each column, JSON), `tierbench.table` and the platform's `platform.json`. The same platform gives the same bytes. A folder in the study's format is exported likewise, each file under its own name.",
  "The median of warm and cold starts on every platform, in DuckDB, as `analyze` prints them:",
  code(
    "sql",
    "SELECT platform, image, mode, variant, count(*) AS n, median(total_ns) / 1e6 AS total_ms, median(runtime_ns) / 1e6 AS runtime_ms",
    "FROM read_parquet('parquet/*/experiment=startup/*.parquet', hive_partitioning = true, union_by_name = true)",
    "WHERE outcome = 'ok' AND NOT warmup",
    "GROUP BY ALL ORDER BY ALL;",
  ),
  "On what each was measured:",
  code(
    "sql",
    "SELECT file_name, m->>'$.sessions[0].engine.server' AS engine, m->>'$.sessions[0].host.kernel' AS kernel",
    "FROM (SELECT file_name, decode(value)::JSON AS m FROM parquet_kv_metadata('parquet/*/experiment=startup/*.parquet')",
    "      WHERE decode(key) = 'platform.json');",
  ),
  "Elsewhere (that for pandas was run, with pandas 3; those for Spark and ClickHouse were not):",
  code(
    "python",
    "# Spark",
    'starts = spark.read.option("basePath", "parquet").option("mergeSchema", "true").parquet("parquet/platform=*/experiment=startup")',
    'starts.where("outcome = \'ok\' AND NOT warmup").groupBy("platform", "image", "mode").agg({"total_ns": "median"})',
  ),
  code(
    "sql",
    "-- ClickHouse; in clickhouse-local from the folder in which parquet/ lies",
    "SELECT extract(_path, 'platform=([^/]+)') AS platform, image, mode, median(total_ns) / 1e6",
    "FROM file('parquet/*/experiment=startup/*.parquet') WHERE outcome = 'ok' AND NOT warmup GROUP BY ALL;",
  ),
  code(
    "python",
    "# pandas",
    "import glob, re, pandas as pd",
    'files = sorted(glob.glob("parquet/*/experiment=startup/*.parquet"))',
    'starts = pd.concat(pd.read_parquet(file).assign(platform=re.search("platform=([^/]+)", file)[1]) for file in files)',
    'starts[(starts.outcome == "ok") & ~starts.warmup].groupby(["platform", "image", "mode"]).total_ns.median() / 1e6',
  ),
].join("\n\n");

/** The whole of DATA.md; `npm run docs:data` writes it, a test fails when the file differs. */
export const renderDataDictionary = (): string =>
  `${[
    "# Data dictionary",
    "Generated by `npm run docs:data` from `research/tables/catalogue.ts`, `tables/`, `milestones.ts` and `phases.ts`; do not edit.",
    "Every folder in `results/` is a platform: `platform.json` describes the machine, the engine, the images and each session; the CSV files hold what was observed, one row per trial. Raw files are appended to, never rewritten.",
    PLATFORM_JSON,
    `Columns are read by name, in any order. \`since\` is the version of the tables that brought a column; this is version ${TABLE_VERSION}. In older files it is missing from every row.`,
    ...FILES.map((table) => describeTable(table)),
    "## Phases",
    "Not stored: computed from the milestones whenever they are read. A phase begins at its milestone and ends at the next boundary that was seen.",
    markdownTable([["phase", "in words", "tier", "begins at", "meaning"], ...phaseRows], { alignDelimiters: false }),
    PARQUET,
  ].join("\n\n")}\n`;
