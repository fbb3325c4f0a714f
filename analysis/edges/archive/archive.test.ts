/** Platforms handed out and in, and what a stranger's archive may try. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MisuseError } from "../../../research/misuse.ts";
import { committedResults, toolVersion } from "../repository.ts";
import { addPlatform } from "./add-platform.ts";
import { exportPlatform } from "./export-platform.ts";
import { sealPlatform } from "./seal-platform.ts";
import { packTar, unpackTar } from "./tar.ts";

const [label] = readdirSync(committedResults()).sort() as [string];
const measured = join(committedResults(), label);
const bytesOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));

let root: string;
let results: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tierbench-archive-"));
  results = join(root, "results");
});
afterEach(() => rmSync(root, { recursive: true }));

const add = (path: string, name?: string) => addPlatform(path, name, results, toolVersion());
const archive = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const path = join(root, "handed-in.tar.gz");
  const entries = Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.from(content) }));
  writeFileSync(path, gzipSync(packTar(entries)));
  return path;
};

test("what is exported is the same bytes each time, and is added with every byte", async () => {
  const [first, second] = ["a.tar.gz", "b.tar.gz"].map((name) => join(root, name)) as [string, string];
  for (const out of [first, second]) await exportPlatform(measured, "tierbench", out, toolVersion());
  expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
  const { folder, leftOut, validated } = add(first);
  expect([folder, leftOut, validated.valid, validated.sealed]).toEqual([join(results, label), [], true, true]);
  expect(bytesOf(folder)).toEqual(bytesOf(measured));
  expect(readdirSync(results)).toEqual([label]);
});

test("nothing is overwritten; another label changes the label alone", () => {
  add(measured);
  expect(() => add(measured)).toThrow(MisuseError);
  expect(() => add(measured)).toThrow("is never overwritten: choose another name with --label");
  const { folder } = add(measured, "other");
  const [own, other] = [measured, folder].map((each) => readFileSync(join(each, "platform.json"), "utf8"));
  expect(other).toBe(own?.replace(`"label": "${label}"`, '"label": "other"'));
  expect(() => add(measured, "../other")).toThrow(MisuseError);
  expect(readdirSync(results).sort()).toEqual([label, "other"].sort());
});

test("a platform that was edited is neither added nor exported, and leaves nothing", async () => {
  const edited = join(root, label);
  cpSync(measured, edited, { recursive: true });
  const csv = "startup.csv";
  writeFileSync(join(edited, csv), readFileSync(join(edited, csv), "utf8").replace(/,ok,/, ",failed,"));
  expect(() => add(edited)).toThrow(/was not added: .*it was edited/);
  await expect(exportPlatform(edited, "tierbench", join(root, "x"), toolVersion())).rejects.toThrow(
    /is not exported: .*it was edited/,
  );
  await expect(exportPlatform(join(committedResults(), "flag-costs"), "v3", undefined, toolVersion())).rejects.toThrow(
    MisuseError,
  );
  expect(() => sealPlatform(edited, toolVersion())).toThrow("what was edited is not sealed anew");
  expect(readdirSync(results)).toEqual([]);
});

describe("an archive", () => {
  test.each<[string, Record<string, string>, string]>([
    ["with a path that leads out", { "../startup.csv": "" }, "leads elsewhere"],
    ["with an absolute path", { "/etc/startup.csv": "" }, "leads elsewhere"],
    ["with folders in folders", { "a/b/startup.csv": "" }, "leads elsewhere"],
    ["with a backslash", { "a\\startup.csv": "" }, "leads elsewhere"],
    ["of two platforms", { "a/startup.csv": "", "b/write.csv": "" }, "several folders"],
    ["with a file twice", { "a/startup.csv": "", "./a/startup.csv": "" }, "startup.csv is in it twice"],
    ["of something else", { "a/.bashrc": "" }, "no file of a platform is in it"],
    ["without platform.json", { "a/startup.csv": "" }, "platform.json: no such file"],
    ["with a broken platform.json", { "a/platform.json": "{", "a/startup.csv": "" }, "not JSON"],
  ])("%s is refused", (_, files, message) => {
    expect(() => add(archive(files))).toThrow(message);
    expect(existsSync(results) ? readdirSync(results) : []).toEqual([]);
  });

  test("with a link is refused, and so is a folder with one", () => {
    const tar = packTar([{ name: "a/startup.csv", bytes: Buffer.from("x") }]);
    const linked = Buffer.from(tar);
    linked.write("2", 156);
    linked.write((Number.parseInt(tar.toString("utf8", 148, 155), 8) + 2).toString(8).padStart(7, "0"), 148);
    expect(() => unpackTar(linked)).toThrow("a/startup.csv: a symbolic link, and only files are taken");
    const folder = join(root, "linked");
    mkdirSync(folder);
    symlinkSync("/etc/passwd", join(folder, "startup.csv"));
    expect(() => add(folder)).toThrow("startup.csv: a symbolic link, and only files are taken");
  });

  test("that is none, or cut off, says so", () => {
    const path = join(root, "x.tar.gz");
    writeFileSync(path, "hello");
    expect(() => add(path)).toThrow("not an archive of `tierbench platform export`");
    writeFileSync(path, gzipSync(Buffer.alloc(2048, 1)));
    expect(() => add(path)).toThrow("not an archive, or a broken one");
    writeFileSync(path, gzipSync(packTar([{ name: "a/startup.csv", bytes: Buffer.alloc(3000) }]).subarray(0, 1024)));
    expect(() => add(path)).toThrow("the archive is cut off within a/startup.csv");
    expect(() => add(join(root, "nope"))).toThrow(MisuseError);
  });
});

test("a pipe is refused by its name, handed in or handed out", async () => {
  const pipe = join(root, "pipe.tar.gz");
  execFileSync("mkfifo", [pipe]);
  expect(() => add(pipe)).toThrow(`${pipe}: not a regular file`);
  const folder = join(root, label);
  cpSync(measured, folder, { recursive: true });
  execFileSync("mkfifo", [join(folder, "write.csv")]);
  const refused = "write.csv: not a regular file";
  expect(() => add(folder)).toThrow(refused);
  expect(() => sealPlatform(folder, toolVersion())).toThrow(`${join(folder, refused)}`);
  await expect(exportPlatform(folder, "tierbench", join(root, "x.tar.gz"), toolVersion())).rejects.toThrow(refused);
  rmSync(join(folder, "write.csv"));
  execFileSync("mkfifo", [join(folder, "platform-info.txt")]);
  await expect(exportPlatform(folder, "tierbench", join(root, "x.tar.gz"), toolVersion())).rejects.toThrow(
    "platform-info.txt: not a regular file",
  );
});
