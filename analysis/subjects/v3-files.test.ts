import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TableError } from "../../research/csv/table-error.ts";
import { paperData } from "../testing/paper-data.ts";
import { V3_FILES } from "./v3-files.ts";

const declared = (file: string) => {
  const found = V3_FILES.find((each) => each.file.startsWith(file));
  if (found === undefined) throw new Error(`no file ${file}`);
  return found;
};

function refusal(file: string, ...rows: string[]): Partial<TableError["place"]> | string {
  const { table, read } = declared(file);
  try {
    read([`${[Object.keys(table.columns).join(","), ...rows].join("\n")}\n`], "x.csv");
  } catch (error) {
    if (error instanceof TableError) return error.place ?? error.message;
    throw error;
  }
  return "read";
}

test.each<[file: string, row: string, column: string, value: string, expected: string]>([
  ["01", "1,alpine,warm,1e-300", "startup_ms", "1e-300", "a decimal number from 1 to 86400000, or N/A"],
  ["01", "1,alpine,warm,0.581", "startup_ms", "0.581", "a decimal number from 1 to 86400000, or N/A"],
  ["01", "0,alpine,warm,581", "iteration", "0", "a whole number from 1"],
  ["02", "1,100,1e-300", "copyup_ms", "1e-300", "0, or a decimal number from 0.000001 to 86400000, or N/A"],
  ["03", "1,50.00,N/A,7.96", "variance_pct", "7.96", "N/A, as of measured_pct"],
  ["03", "1,50.00,1e-300,-50", "measured_pct", "1e-300", "a decimal number from 0.001 to 100000, or N/A"],
  ["03", "1,1e-300,50,50", "target_pct", "1e-300", "a decimal number from 0.001 to 100000"],
  ["04", "1,volume,1e-300", "write_speed_mbps", "1e-300", "a decimal number from 0.001 to 1000000, or N/A"],
  ["06", "1,alpine,0.605", "pull_time_ms", "0.605", "a decimal number from 1 to 86400000, or N/A"],
  ["07", "1,namespace_create,0.00775", "duration_ms", "0.00775", "a decimal number from 0.05 to 86400000, or N/A"],
  ["08", "1,bridge,0.002", "avg_rtt_ms", "0.002", "a decimal number from 0.01 to 86400000, or N/A"],
  ["09", "1,3,1e-300,1e-300", "per_container_mem_mb", "1e-300", "a decimal number from 0.001 to 100000000, or N/A"],
])("%s: a row of %s is refused by its column %s", (file, row, column, value, expected) => {
  expect(refusal(file, row)).toEqual({ line: 2, column, value, expected });
});

test("a row without a measurement has what the study's script writes: the iteration 0, and nothing that is computed", () => {
  expect(refusal("07", "0,namespace_create,N/A")).toBe("read");
  expect(refusal("03", "1,50.00,N/A,N/A")).toBe("read");
});

describe("differences", () => {
  const rows = (times: readonly number[]): string[] => times.map((time, index) => `${index + 1},100,${time}`);

  test("may be anything, one by one: 0, and what is hardly more", () => {
    expect(refusal("02", ...rows([0, 0, 0.5, 700, 0, 650, 700]))).toBe("read");
    expect(refusal("02", ...rows([1.3, 1.4]))).toBe("read");
  });

  test("are refused where half of them are in another unit", () => {
    expect(refusal("02", ...rows([1.3, 1.4, 0, 1.2, 1.3, 1.4]))).toBe(
      "x.csv: 5 of the 5 times above 0 in column copyup_ms, such as 1.3 ms, are shorter than the work alone takes (5 ms or more); are they in another unit?",
    );
    expect(refusal("05", ...[1, 2, 3, 4, 5].map((index) => `${index},volume,500,0.0${index}`))).toMatch(/\(1 ms or more\)/);
  });
});

describe.skipIf(paperData === undefined)("the study's own files", () => {
  const folders = ["azure-premium-ssd", "azure-standard-hdd", "macos-docker-desktop"];
  const text = (folder: string, file: string): string => readFileSync(join(paperData as string, folder, file), "utf8");

  test.each(folders)("of %s are read as they are", (folder) => {
    for (const { file, read } of V3_FILES) expect(read([text(folder, file)], file).rows).toBeGreaterThan(0);
  });

  test.each(folders)("of %s in seconds are not: none that holds a time", (folder) => {
    for (const { file, read } of V3_FILES) {
      if (/^(03|04|09)/.test(file) || text(folder, file).includes("N/A")) continue;
      const inSeconds = text(folder, file).replaceAll(/[\d.]+$/gm, (time) => `${Number(time) / 1e3}`);
      // A round trip of 50 ms is 0.05 then, as between two machines of one room.
      if (file.startsWith("08") && folder.startsWith("macos")) continue;
      expect(() => read([inSeconds], file), file).toThrow(TableError);
    }
  });
});
