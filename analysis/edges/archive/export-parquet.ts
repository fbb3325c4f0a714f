/** A platform → Parquet files, one a table, in folders that say of which platform and experiment they are, as Hive lays them out. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ReadableTable } from "../../../research/table.ts";
import { FILES } from "../../../research/tables/catalogue.ts";
import { V3_FILES } from "../../subjects/v3-files.ts";
import { writeFiles } from "../drawing/write.ts";
import { readPieces, readText } from "../reading/read-text.ts";
import { parquetFile } from "./parquet.ts";

const MANIFEST = "platform.json";

/**
 * A file that is there already is replaced: the same platform makes the same one.
 * @param label of the platform: `platform=` in the path
 * @returns the files that were written
 */
export function exportParquet(folder: string, label: string, out: string): readonly string[] {
  const manifest = join(folder, MANIFEST);
  const isOurs = existsSync(manifest);
  const tables: readonly ReadableTable[] = isOurs ? FILES : V3_FILES.map(({ table }) => table);
  const notes: Readonly<Record<string, string>> = isOurs ? { [MANIFEST]: readText(manifest, "it was there just now") } : {};
  return tables.flatMap((table) => {
    const file = join(folder, `${table.name}.csv`);
    if (!existsSync(file)) return [];
    const place = join(out, `platform=${encodeURIComponent(label)}`, `experiment=${table.name}`);
    const rows = table.read(readPieces(file, "it was there just now"), file, () => undefined);
    return writeFiles(place, { [`${table.name}.parquet`]: parquetFile(table, rows, notes) });
  });
}
