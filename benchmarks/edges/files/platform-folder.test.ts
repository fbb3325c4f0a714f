import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { count, optional, since } from "../../../research/csv/cells.ts";
import type { Manifest, Session } from "../../../research/manifest.ts";
import { MisuseError } from "../../../research/misuse.ts";
import { defineTable } from "../../../research/table.ts";
import { openPlatformFolder } from "./platform-folder.ts";

const table = defineTable("t", "a table", {
  trial: count("a trial", 1),
  more: since(2, optional(count("a column that came later"))),
  last: count("a column"),
});

const plan = { seed: 7, iterations: 10, sessions: [{ session: 2, seed: 7 }] };

let results: string;
beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), "tierbench-folder-"));
  mkdirSync(join(results, "here"));
});
afterEach(() => rmSync(results, { recursive: true }));

const rowsOf = (csv: string) => {
  writeFileSync(join(results, "here", "t.csv"), csv);
  using platform = openPlatformFolder(results, "here", true, "0.1.0");
  return platform.rowsOf(table);
};

test("a platform that is added to is taken before anything of it is read, and free again after an error", () => {
  writeFileSync(join(results, "here", "platform.json"), "{");
  const open = () => openPlatformFolder(results, "here", true, "0.1.0");
  expect(open).toThrow(/platform\.json/);
  rmSync(join(results, "here", "platform.json"));
  {
    using _held = open();
    expect(open).toThrow("platform here is being measured by another run");
  }
  expect(readdirSync(join(results, "here"))).toEqual([]);
});

test("a new platform is made when it is claimed; a run that finds it made meanwhile says so", () => {
  using first = openPlatformFolder(results, "new", false, "0.1.0");
  using second = openPlatformFolder(results, "new", true, "0.1.0");
  expect(readdirSync(results)).toEqual(["here"]);
  first.claim(plan);
  expect(() => second.claim(plan)).toThrow("platform new exists already");
  expect(readdirSync(join(results, "new"))).toEqual([".lock"]);
});

test("a platform whose turn never came leaves no folder", () => {
  {
    using platform = openPlatformFolder(results, "new", false, "0.1.0");
    platform.claim(plan);
  }
  expect(readdirSync(results)).toEqual(["here"]);
});

test("sessions stand in the order of their numbers, each as it was saved last, with the plans of their runs", () => {
  const file = new URL("../../../results/debian12-docker20/platform.json", import.meta.url);
  const { sessions } = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  const [session] = sessions as [Session];
  writeFileSync(join(results, "here", "platform.json"), JSON.stringify({ label: "here", sessions: [session] }));
  {
    using platform = openPlatformFolder(results, "here", true, session.tool.version);
    platform.claim(plan);
    for (const number of [2, 3]) {
      platform.save({ ...session, session: number, ending: null });
      platform.save({ ...session, session: number, ending: "complete", round: number });
    }
    expect(platform.sessions().map(({ session: number }) => number)).toEqual([1, 2, 3]);
  }
  const written = JSON.parse(readFileSync(join(results, "here", "platform.json"), "utf8")) as Manifest;
  expect(written.runs).toEqual([plan]);
  expect(written.sessions.map(({ session: number, ending, round }) => [number, ending, round])).toEqual([
    [1, "complete", undefined],
    [2, "complete", 2],
    [3, "complete", 3],
  ]);
});

test("rows are added behind those that are there", () => {
  expect(rowsOf(`${table.header}1,,0\n2,5,0\n`).lastTrial).toBe(2);
  expect(rowsOf(table.header).lastTrial).toBe(0);
  expect(rowsOf("").lastTrial).toBe(0);
});

test.each([
  ["an older version wrote", "trial,last\n1,0\n", "t.csv has no column more, so this version of tierbench cannot add rows to it"],
  ["someone turned", "last,more,trial\n0,,1\n", "t.csv has its columns in another order"],
])("rows are not added to a file that %s: its header has no place for them", (_, csv, message) => {
  expect(() => rowsOf(csv)).toThrow(MisuseError);
  expect(() => rowsOf(csv)).toThrow(message);
});

test("rows are not added behind half a row", () => {
  expect(() => rowsOf(`${table.header}1,,0\n2,`)).toThrow(/t\.csv:3: the last line is unfinished .*; remove this line/);
});

test("a session that has ended is sealed, and nothing is added to a folder that was edited, not sealed, or is the study's", () => {
  const file = new URL("../../../results/debian12-docker20/", import.meta.url);
  const { sessions } = JSON.parse(readFileSync(new URL("platform.json", file), "utf8")) as Manifest;
  const { seal, ...session } = sessions[0] as Session;
  const { bytes, sha256, rows: measured } = seal?.tables.startup ?? {};
  const [json, csv] = ["platform.json", "startup.csv"].map((name) => join(results, "here", name)) as [string, string];
  const write = (...saved: Session[]): void => writeFileSync(json, JSON.stringify({ label: "here", sessions: saved }));
  const refusal = (): string => {
    using platform = openPlatformFolder(results, "here", true, session.tool.version);
    try {
      platform.refuseUnsound(false);
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  // As the first session left it.
  const rows = readFileSync(new URL("startup.csv", file)).subarray(0, bytes).toString();
  writeFileSync(csv, rows);
  expect(refusal()).toContain("has startup.csv and no platform.json");
  write({ ...session, ended: null, ending: null });
  expect(refusal()).toContain("session 1 has no seal (it was killed)");
  {
    using platform = openPlatformFolder(results, "here", true, session.tool.version);
    platform.save({ ...session, ending: "interrupted" });
    expect(platform.sessions()[0]?.seal?.tables.startup).toMatchObject({ rows: measured, sha256 });
  }
  expect(refusal()).toBe("");
  writeFileSync(csv, rows.replace(",warm,", ",cold,"));
  expect(refusal()).toContain(`startup.csv is not as it was measured (it was edited: its first ${bytes} bytes`);
});

test("a results folder that is a link to nothing is refused before anything is measured", () => {
  const link = join(results, "link");
  symlinkSync(join(results, "nowhere"), link);
  using platform = openPlatformFolder(link, "new", false, "0.1.0");
  expect(platform.checkWritable).toThrow(`${link} is a link to what is not there: make that folder, or give another with --out`);
});

test("a folder that would be waited for, or whose characters would be lost, is refused and free again", () => {
  const folder = join(results, "here");
  const file = new URL("../../../results/debian12-docker20/platform.json", import.meta.url);
  const { sessions } = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  const open = () => openPlatformFolder(results, "here", true, sessions[0]?.tool.version ?? "");
  const json = join(folder, "platform.json");
  writeFileSync(json, Buffer.from(JSON.stringify({ label: "here", sessions }).replace("Debian", "D\u00e9bian"), "latin1"));
  expect(open).toThrow(`${json}: the text is not UTF-8`);
  rmSync(json);
  execFileSync("mkfifo", [join(folder, "startup.csv")]);
  expect(open).toThrow(`${join(folder, "startup.csv")}: not a regular file`);
  expect(readdirSync(folder)).toEqual(["startup.csv"]);
});
