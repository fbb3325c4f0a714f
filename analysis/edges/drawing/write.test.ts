import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFiles } from "./write.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tierbench-write-"));
});
afterEach(() => rmSync(root, { recursive: true }));

test("files are written into a folder that is made, replace older ones, and leave nothing else behind", () => {
  const folder = join(root, "a", "b");
  writeFiles(folder, { "x.svg": "old" });
  const paths = writeFiles(folder, { "x.svg": "new", "x.png": new Uint8Array([1, 2]) });
  expect(paths).toEqual([join(folder, "x.svg"), join(folder, "x.png")]);
  expect(readFileSync(join(folder, "x.svg"), "utf8")).toBe("new");
  expect(readdirSync(folder).sort()).toEqual(["x.png", "x.svg"]);
});

test("what is no regular file is not waited for, and stays", () => {
  execFileSync("mkfifo", [join(root, "x.svg")]);
  expect(() => writeFiles(root, { "x.svg": "new" })).toThrow("not a regular file");
  expect(readdirSync(root)).toEqual(["x.svg"]);
});

test("a folder that cannot be written to is an error that says what to do, and leaves nothing behind", () => {
  writeFileSync(join(root, "file"), "");
  expect(() => writeFiles(join(root, "file"), { "x.svg": "" })).toThrow(
    /cannot write to .*file: .*; give another folder with --out/,
  );
  expect(readFileSync(join(root, "file"), "utf8")).toBe("");
});

test.runIf(process.platform === "linux")("where no folder can be made it fails at once, instead of trying for ever", () => {
  expect(() => writeFiles("/proc/nope/deep", { "x.svg": "" })).toThrow("cannot write to /proc/nope/deep");
});
