/** A table → one Parquet file: whole numbers as INT64, so that times stay integer nanoseconds; what is missing is null. */
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { CellKind } from "../../../research/csv/cells.ts";
import type { ReadableTable } from "../../../research/table.ts";
import { type MilestoneColumn, milestoneColumns } from "../../../research/tables/columns/milestone-columns.ts";
import type { Nanoseconds } from "../../../research/units.ts";
import { decompose } from "../../subjects/starts.ts";

type Columns = ReadableTable["columns"];
type Value = string | boolean | number | bigint | null;

/**
 * Times since 1970 are INT64, too, and no timestamps: engines that know none of nanoseconds (Spark) refuse the whole file.
 * Every column is optional, so that files of all versions have one schema.
 */
const TYPES = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  flag: { type: "BOOLEAN" },
  integer: { type: "INT64" },
  decimal: { type: "DOUBLE" },
} as const satisfies Readonly<Record<CellKind, object>>;

const tier = (description: string) => ({ description, unit: "ns", kind: "integer", expected: "computed when exported" }) as const;
/** Of a start: no query could split one into phases. */
const TIER_COLUMNS: Columns = {
  total_ns: tier("create_sent to entry_acts"),
  daemon_ns: tier("time in client, API, dockerd and containerd; empty where it cannot be told from another tier"),
  runtime_ns: tier("time in shim and OCI runtime; empty where it cannot be told from another tier"),
  process_ns: tier("time of the entrypoint until it acts; empty where it cannot be told from another tier"),
};

/** Rows of a group are held in memory as columns. */
const GROUP_ROWS = 50_000;

/**
 * @param rows of the table
 * @param notes go into the file's key-value metadata, beside `tierbench.table` and `tierbench.columns`: unit and meaning of
 *   each column, as JSON
 * @returns the same bytes for the same rows and notes
 */
export function parquetFile(
  { name, description, columns }: Omit<ReadableTable, "read">,
  rows: Iterable<object>,
  notes: Readonly<Record<string, string>>,
): Uint8Array {
  const isStart = Object.keys(milestoneColumns).every((column) => column in columns);
  const all = isStart ? { ...columns, ...TIER_COLUMNS } : columns;
  const names = Object.keys(all);
  const meanings = names.map((column) => [column, { unit: all[column]?.unit, meaning: all[column]?.description }]);
  const metadata = {
    "tierbench.table": JSON.stringify({ name, description }),
    "tierbench.columns": JSON.stringify(Object.fromEntries(meanings)),
    ...notes,
  };
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: "root", num_children: names.length },
      ...names.map(
        (column) => ({ name: column, repetition_type: "OPTIONAL", ...TYPES[(all[column] as Columns[string]).kind] }) as const,
      ),
    ],
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  let group = names.map((): Value[] => []);
  const write = (): void => {
    writer.write({
      columnData: names.map((column, index) => ({ name: column, data: group[index] as Value[] })),
      rowGroupSize: GROUP_ROWS,
    });
    group = names.map(() => []);
  };
  for (const row of rows) {
    const cells: Readonly<Record<string, Value>> = isStart ? { ...row, ...tiersOf(row) } : { ...row };
    for (const [index, column] of names.entries()) group[index]?.push(stored(cells[column] ?? null, all[column]?.kind));
    if (group[0]?.length === GROUP_ROWS) write();
  }
  write();
  writer.finish();
  return bytes.getBytes();
}

/** A time in the unit's type is a number, too. */
const stored = (value: Value, kind: CellKind | undefined): Value =>
  kind === "integer" && typeof value === "number" ? BigInt(value) : value;

function tiersOf(row: object): Readonly<Record<string, number | null>> {
  const { total_ns, tiers } = decompose(row as Readonly<Record<MilestoneColumn, Nanoseconds | null>>);
  return { total_ns, ...tiers };
}
