import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { evictFiles, residency } from "../host/residency.ts";
import { filesInFolders, readable } from "./files-in-folders.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tierbench-files-"));
});
afterEach(() => execFileSync("rm", ["-rf", "--", folder]));

const found = () => filesInFolders([Buffer.from(folder)]);
const names = () =>
  found()
    .files.map(({ path }) => path.subarray(folder.length + 1).toString("latin1"))
    .sort();

test("names are bytes: no UTF-8, a line's end, blanks in front, as long as a name may be", () => {
  const odd = [
    Buffer.from("caf\xe9.txt", "latin1"),
    Buffer.from("two\nlines"),
    Buffer.from("  FILE"),
    Buffer.from("n".repeat(255)),
  ];
  for (const name of odd) writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), "data");
  expect(names()).toEqual(odd.map((name) => name.toString("latin1")).sort());
  const paths = found().files.map(({ path }) => path);
  expect(residency(paths).filter((bytes) => bytes > 0)).toHaveLength(4);
  execFileSync("sync", ["-f", folder]);
  evictFiles(paths);
  expect(residency(paths)).toHaveLength(4);
});

test("files alone are taken: no link is followed, none is counted twice, empty ones have nothing in memory", () => {
  mkdirSync(join(folder, "in"));
  writeFileSync(join(folder, "in/file"), "data");
  writeFileSync(join(folder, "empty"), "");
  linkSync(join(folder, "in/file"), join(folder, "hard-link"));
  symlinkSync("nowhere", join(folder, "dangling"));
  symlinkSync("..", join(folder, "in/circle"));
  symlinkSync("self", join(folder, "self"));
  execFileSync("mkfifo", [join(folder, "fifo")]);
  expect(found()).toMatchObject({ overlooked: [], files: [{ bytes: 4 }] });
});

test("what cannot be looked at is passed over, and said", () => {
  writeFileSync(join(folder, "file"), "data");
  writeFileSync(join(folder, "sparse"), "data");
  truncateSync(join(folder, "sparse"), 2 ** 40);
  const deep = `cd "$0"; n=$(printf 'd%.0s' $(seq 250)); for i in $(seq 20); do mkdir $n; cd -P $n; done; echo data >file`;
  execFileSync("bash", ["-ec", deep, folder]);
  const { files, overlooked } = found();
  expect(files.map(({ path }) => path.toString())).toEqual([join(folder, "file")]);
  expect(overlooked.map(({ reason }) => reason).sort()).toEqual(["1099511627776 bytes long", "ENAMETOOLONG"]);
});

test("a folder that is not there is one of these", () => {
  rmSync(folder, { recursive: true });
  expect(found()).toMatchObject({ files: [], overlooked: [{ reason: "ENOENT" }] });
});

test("a file that goes away later is no file out of memory", () => {
  writeFileSync(join(folder, "file"), "data");
  const paths = [Buffer.from(join(folder, "file")), Buffer.from(join(folder, "gone"))];
  expect(() => residency(paths)).toThrow(/^fincore tells of 1 of 2 files whether they are in memory: .*gone/);
  expect(residency([])).toEqual([]);
});

test("a name is shown as far as it is text", () => {
  expect(readable(Buffer.from("/a/é b"))).toBe("/a/é b");
  expect(readable(Buffer.from("/caf\xe9\n", "latin1"))).toBe("/caf\\xe9\\x0a");
});
