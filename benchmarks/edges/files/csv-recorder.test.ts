import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getuid, pid } from "node:process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { count } from "../../../research/csv/cells.ts";
import { defineTable } from "../../../research/table.ts";
import { openCsvRecorder } from "./csv-recorder.ts";

const table = defineTable("numbers", "for a test", {
  trial: count("running number", 1),
  session: count("session", 1),
  value: count("a number"),
});
const RESCUED = `numbers.csv.rescued-${pid}`;

let root: string;
let folder: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tierbench-recorder-"));
  folder = join(root, "platform");
  mkdirSync(folder);
  file = join(folder, "numbers.csv");
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  rmSync(join(tmpdir(), RESCUED), { force: true });
});

/** Two rows are recorded, one of an earlier session is there. */
function recorder() {
  openCsvRecorder(table, file, 1, 0).record({ value: 1 });
  const opened = openCsvRecorder(table, file, 2, 1);
  opened.record({ value: 2 });
  return opened;
}

test("rows are on disk when they are recorded, and the file is as it should be", () => {
  const { check, [Symbol.dispose]: close } = recorder();
  check();
  close();
  check();
  expect(readFileSync(file, "utf8")).toBe("trial,session,value\n1,1,1\n2,2,2\n");
});

const LOST: readonly [string, () => void, RegExp][] = [
  ["removed", () => rmSync(file), /was removed, renamed or unmounted while its rows/],
  ["renamed", () => renameSync(file, join(folder, "other.csv")), /was removed.*; it is \S+other\.csv now; all its rows/],
  ["removed with its folder", () => rmSync(folder, { recursive: true }), /was removed.* all its rows/],
  ["moved with its folder", () => renameSync(folder, join(root, "elsewhere")), /it is \S+elsewhere\/numbers\.csv now/],
  ["truncated", () => truncateSync(file, 30), /was changed by another program \(30 bytes, expected 32\)/],
  ["added to", () => appendFileSync(file, "9,9,9\n"), /was changed by another program \(38 bytes, expected 32\)/],
  [
    "replaced",
    () => {
      renameSync(file, join(folder, "other.csv"));
      writeFileSync(file, "trial,session,value\n1,1,1\n2,2,2\n");
    },
    /was replaced by another while/,
  ],
];

test.each(LOST)("a file that is %s ends the recording, and all rows are kept elsewhere", (_, lose, message) => {
  const { record, check, [Symbol.dispose]: close } = recorder();
  lose();
  expect(() => record({ value: 3 })).toThrow(message);
  expect(check).toThrow(message);
  close();
  const copies = [folder, tmpdir()].flatMap((place) => {
    try {
      return readdirSync(place)
        .filter((name) => name === RESCUED)
        .map((name) => join(place, name));
    } catch {
      return [];
    }
  });
  expect(copies.map((copy) => readFileSync(copy, "utf8"))).toEqual(["trial,session,value\n1,1,1\n2,2,2\n"]);
  expect(() => record({ value: 3 })).toThrow(copies[0]);
});

test("a file that is lost after its last row is noticed at the end", () => {
  const { check, [Symbol.dispose]: close } = recorder();
  close();
  rmSync(file);
  expect(check).toThrow(/was removed.* are in /);
});

test.skipIf(getuid?.() !== 0)("a disk that is unmounted is noticed", () => {
  execFileSync("mount", ["-t", "tmpfs", "tmpfs", folder]);
  const { record, [Symbol.dispose]: close } = recorder();
  execFileSync("umount", ["--lazy", folder]);
  expect(() => record({ value: 3 })).toThrow(/was removed, renamed or unmounted/);
  close();
  expect(readFileSync(join(folder, RESCUED), "utf8")).toContain("2,2,2\n");
});
