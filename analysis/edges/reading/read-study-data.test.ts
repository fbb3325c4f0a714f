import { createHash } from "node:crypto";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { STUDY } from "../../paper/source.ts";
import { paperData } from "../../testing/paper-data.ts";
import { readStudyData } from "./read-study-data.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tierbench-study-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const STARTUP = "iteration,image,mode,startup_ms\n1,alpine,warm,100\n2,alpine,warm,110\n";
const SUMS = {
  one: { "01-startup-latency.csv": createHash("sha256").update(STARTUP).digest("hex") },
  two: { "01-startup-latency.csv": createHash("sha256").update(STARTUP).digest("hex") },
};
const write = (platform: string, text: string) => {
  mkdirSync(join(folder, platform));
  writeFileSync(join(folder, platform, "01-startup-latency.csv"), text);
};
const contents = (of: ReturnType<typeof readStudyData>) =>
  of.platforms.map(({ label, files }) => [label, files.find(({ file }) => file === "01-startup-latency.csv")?.content] as const);

test("platforms in the order of the study, a missing one named", () => {
  write("two", STARTUP);
  const data = readStudyData(folder, SUMS);
  expect(contents(data)).toEqual([["two", expect.objectContaining({ rows: 2, missing: 0 })]]);
  expect(data.unread).toEqual([{ platform: "one", reason: `${join(folder, "one")}: no such folder` }]);
});

test("a changed file is not the study's, and left out", () => {
  write("one", STARTUP);
  write("two", STARTUP.replace("110", "111"));
  expect(contents(readStudyData(folder, SUMS))).toEqual([
    ["one", expect.objectContaining({ rows: 2 })],
    ["two", { problem: `${join(folder, "two", "01-startup-latency.csv")}: another file than the study's, by its SHA-256` }],
  ]);
});

test.each([
  ["a folder that is not there", () => join(folder, "nope"), /nope: no such folder\)/],
  ["an empty folder", () => folder, /one: no such folder; .*two: no such folder\)/],
])("%s: says to fetch", (_, at, why) => {
  const read = () => readStudyData(at(), SUMS);
  expect(read).toThrow(why);
  expect(read).toThrow(/; run `tierbench paper fetch`, or name its folder with --data$/);
});

describe.skipIf(paperData === undefined)("the study's own data", () => {
  test("a file cut off names its line, one that is gone its path, and the rest is read", () => {
    cpSync(paperData as string, folder, { recursive: true });
    const [cut, gone, longer] = ["04-write-performance.csv", "06-image-pull-time.csv", "08-network-latency.csv"].map((file) =>
      join(folder, "azure-premium-ssd", file),
    ) as [string, string, string];
    truncateSync(cut, 697);
    rmSync(gone);
    appendFileSync(longer, "51,bridge,2.000\n");
    const { platforms, unread } = readStudyData(folder, STUDY.sha256);
    expect(unread).toEqual([]);
    const problems = platforms.flatMap(({ files }) =>
      files.flatMap(({ content }) => ("problem" in content ? [content.problem] : [])),
    );
    expect(problems).toEqual([
      expect.stringMatching(/azure-premium-ssd\/04-write-performance\.csv:\d+.*; is it truncated\?$/),
      `${gone}: no such file: a folder of the study's has it`,
      `${longer}: another file than the study's, by its SHA-256`,
    ]);
  });
});
