/** Every damage that a contributor's folder may have, made by hand in a copy of what was measured here, in each table. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TABLES } from "../../../research/tables/catalogue.ts";
import { V3_FILES } from "../../subjects/v3-files.ts";
import { paperData } from "../../testing/paper-data.ts";
import type { ValidatedPlatform } from "../../validation/problem.ts";
import { committedResults, toolVersion } from "../repository.ts";
import { checkFolder, validatePlatform } from "./validate-platform.ts";

/** The platform with most tables. */
const tablesOf = (label: string): string[] =>
  readdirSync(join(committedResults(), label)).filter((name) => name.endsWith(".csv"));
const labels = readdirSync(committedResults()).sort();
const richest = labels.reduce((most, label) => (tablesOf(label).length > tablesOf(most).length ? label : most));

const HAS_ROWS_OF_A_TRIAL: ReadonlySet<string> = new Set(["why.csv", "why-path.csv"]);

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "tierbench-validate-")), richest);
  cpSync(join(committedResults(), richest), folder, { recursive: true });
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true }));

const validate = (): ValidatedPlatform => checkFolder(folder, toolVersion());
const defects = () => validate().problems.filter(({ severity }) => severity === "defect");
const linesOf = (file: string): string[] => readFileSync(join(folder, file), "utf8").trimEnd().split("\n");
const write = (file: string, lines: readonly string[]): void => writeFileSync(join(folder, file), `${lines.join("\n")}\n`);
const json = () => JSON.parse(readFileSync(join(folder, "platform.json"), "utf8"));
const writeJson = (manifest: unknown): void => writeFileSync(join(folder, "platform.json"), JSON.stringify(manifest));
/** What the seals alone would tell must be told without them, too. */
const unseal = (): void => {
  const manifest = json();
  for (const session of manifest.sessions) delete session.seal;
  writeJson(manifest);
};

test.each(labels)("%s is valid and sealed", { timeout: 60_000 }, (label) => {
  const { valid, sealed, problems } = validatePlatform(join(committedResults(), label), toolVersion());
  expect(problems.filter(({ severity }) => severity === "defect")).toEqual([]);
  expect([valid, sealed, basename(label)]).toEqual([true, true, label]);
});

describe.each(tablesOf(richest))("%s", (file) => {
  // Alone, so that no other table has to be read.
  beforeEach(() => {
    for (const other of tablesOf(richest)) if (other !== file) rmSync(join(folder, other));
    const manifest = json();
    for (const session of manifest.sessions) {
      const name = file.replace(".csv", "");
      session.experiments = session.experiments.filter((experiment: { name: string }) => experiment.name === name);
      session.seal.tables = { [name]: session.seal.tables[name] };
    }
    writeJson(manifest);
  });

  const changed = (column: string, cell: string, line = 3): void => {
    const lines = linesOf(file);
    const cells = (lines[line - 1] as string).split(",");
    cells[(lines[0] as string).split(",").indexOf(column)] = cell;
    write(file, lines.with(line - 1, cells.join(",")));
  };

  test("edited in one digit breaks its seal", () => {
    const lines = linesOf(file);
    const last = lines.at(-1) as string;
    write(
      file,
      lines.with(
        -1,
        last.replace(/\d{9},/, (digits) => `${digits.replace(/./, (one) => (one === "9" ? "8" : "9"))}`),
      ),
    );
    if (lines.at(-1) !== linesOf(file).at(-1)) expect(defects().map(({ check }) => check)).toContain("seal");
  });

  test.each<[string, (lines: string[]) => string[]]>([
    ["a row is there twice", (lines) => [...lines.slice(0, 8), lines[7] as string, ...lines.slice(8)]],
    ["a row is missing", (lines) => [...lines.slice(0, 8), ...lines.slice(9)]],
    ["its last rows are missing", (lines) => lines.slice(0, Math.floor(lines.length / 2))],
    ["its first rows are missing", (lines) => [lines[0] as string, ...lines.slice(20)]],
    [
      "two rows are swapped",
      (lines) => [...lines.slice(0, 1), lines.at(-1) as string, ...lines.slice(2, -1), lines[1] as string],
    ],
    ["its last row is cut", (lines) => lines.with(-1, (lines.at(-1) as string).slice(0, 12))],
    ["it has another header", (lines) => lines.with(0, (lines[0] as string).replace("outcome", "result"))],
  ])("%s: a defect, also without a seal", (_, damage) => {
    unseal();
    write(file, damage(linesOf(file)));
    const [first] = defects();
    expect(first).toMatchObject({ file, check: expect.stringMatching(/^(table|plan)$/) });
  });

  test("cells that cannot be are named by line, column and value", () => {
    unseal();
    const partsRows = new Set(["session", "trial"]);
    const [header = ""] = linesOf(file);
    for (const [column, cell] of [
      ["session", "7"],
      ["started_unix_ns", "1"],
      ["trial", "999999"],
      ["outcome", "fine"],
    ] as const) {
      if (!header.split(",").includes(column)) continue;
      const before = linesOf(file);
      changed(column, cell);
      const [first] = defects();
      // A row that leaves its trial may make the next one the first that is wrong.
      if (first?.line === 4) expect(first.what).toContain("appears a second time");
      // It parts the rows of a trial, which is what is wrong then: with this row, or with those before it.
      else if (HAS_ROWS_OF_A_TRIAL.has(file) && partsRows.has(column))
        expect([`${file}:2`, `${file}:3`]).toContain(`${first?.file}:${first?.line}`);
      else expect(defects()).toContainEqual(expect.objectContaining({ file, line: 3, column, value: cell }));
      write(file, before);
    }
  });
});

test.each<[string, (session: Record<string, unknown> & { experiments: { iterations: number }[] }) => void, string]>([
  ["a time before Docker", (session) => (session.started = "2012-12-31T00:00:00.000Z"), "Docker did not exist then"],
  ["a time to come", (session) => (session.ended = new Date(Date.now() + 2 * 86_400_000).toISOString()), "it is in the future"],
  ["ended before it began", (session) => (session.ended = "2001-01-01T00:00:00.000Z"), "the session ended before it began"],
  [
    "more trials planned",
    (session) => (session.experiments[1] as { iterations: number }).iterations++,
    "session 1 has 10 trials of",
  ],
  ["no such image", (session) => (session.images = []), "platform.json does not describe this image"],
  ["another probe", (session) => ((session.probe as { name: string }).name = "events"), "another probe than the session's"],
  ["a field too many", (session) => (session.mood = "good"), "Unrecognized key"],
  ["a negative size", (session) => ((session.images as { size_bytes: number }[])[0] = { size_bytes: -1 }), "images.0"],
])("platform.json with %s is a defect", (_, damage, what) => {
  const manifest = json();
  damage(manifest.sessions[0]);
  writeJson(manifest);
  expect(
    defects()
      .map((problem) => problem.what)
      .join("\n"),
  ).toContain(what);
});

test("so many defects that no call takes them as arguments are all told", () => {
  const manifest = json();
  const conditions = Array.from({ length: 150_000 }, (_, index) => `c${index}`);
  manifest.sessions[0].experiments[1].conditions = conditions;
  writeJson(manifest);
  expect(defects().length).toBeGreaterThan(conditions.length);
});

test("a folder without platform.json is told so once", () => {
  rmSync(join(folder, "platform.json"));
  const [only, ...others] = validate().problems;
  expect([only?.file, others]).toEqual(["platform.json", []]);
  expect(only?.what).toMatch(/^no such file: this is not a platform's folder/);
  expect(only?.what.match(/no such file/g)).toHaveLength(1);
});

test("a table that is gone, and a file that is no table, are said", () => {
  rmSync(join(folder, `${TABLES[1]?.name}.csv`));
  writeFileSync(join(folder, "startup (1).csv"), "");
  const { problems } = validate();
  expect(problems).toContainEqual(expect.objectContaining({ check: "seal", what: expect.stringContaining("it is gone") }));
  expect(problems).toContainEqual(expect.objectContaining({ severity: "caution", file: "startup (1).csv" }));
});

test("what is no regular file is a defect by its name", () => {
  for (const name of ["write.csv", "why-path.csv"]) {
    rmSync(join(folder, name));
    execFileSync("mkfifo", [join(folder, name)]);
  }
  rmSync(join(folder, "startup.csv"));
  mkdirSync(join(folder, "startup.csv"));
  const found = defects();
  for (const file of ["write.csv", "why-path.csv", "startup.csv"])
    expect(found.filter((problem) => problem.file === file).map(({ what }) => what)).toEqual([`${file}: not a regular file`]);
  expect(validate().sealed).toBe(false);
});

test("lines are those of the file, blank ones counted", () => {
  unseal();
  const lines = linesOf("startup.csv");
  const cells = (lines[5] as string).split(",");
  cells[10] = "1";
  write("startup.csv", [lines[0] as string, "", "", ...lines.slice(1, 5), cells.join(","), ...lines.slice(6)]);
  expect(lines[0]?.split(",")[10]).toBe("started_unix_ns");
  expect(defects()).toContainEqual(expect.objectContaining({ column: "started_unix_ns", value: "1", line: 8 }));
});

test("a broken why.csv is said of it alone", () => {
  unseal();
  write("why.csv", linesOf("why.csv").with(4, "nonsense"));
  expect(defects().map(({ file, line }) => [file, line])).toEqual([["why.csv", 5]]);
});

test("a text that is not UTF-8 has its line as data", () => {
  unseal();
  const lines = linesOf("startup.csv");
  const [begin, end] = [lines.slice(0, 1), lines.slice(1)].map((part) => Buffer.from(`${part.join("\n")}\n`)) as [Buffer, Buffer];
  writeFileSync(join(folder, "startup.csv"), Buffer.concat([begin, Buffer.from([0xe9]), end]));
  expect(defects()).toContainEqual(
    expect.objectContaining({
      file: "startup.csv",
      line: 2,
      what: expect.stringMatching(/^startup\.csv:2: the text is not UTF-8/),
    }),
  );
});

test("trials that go back in time, a table that nobody planned, and bursts that lack starts", () => {
  unseal();
  const manifest = json();
  const [session] = manifest.sessions;
  session.experiments = session.experiments.filter(({ name }: { name: string }) => name !== "write");
  writeJson(manifest);

  const burst = linesOf("burst.csv");
  const [header = ""] = burst;
  const column = (name: string): number => header.split(",").indexOf(name);
  const isLast = (line: string): boolean => {
    const cells = line.split(",");
    return cells[column("size")] !== "1" && cells[column("start")] === cells[column("size")];
  };
  // Of every burst, so that the longest found are too short, too.
  write(
    "burst.csv",
    burst.filter((line) => !isLast(line)),
  );

  const startup = linesOf("startup.csv");
  const at = (startup[0] as string).split(",").indexOf("started_unix_ns");
  const cells = (startup.at(-1) as string).split(",");
  cells[at] = (startup[1] as string).split(",")[at] as string;
  write("startup.csv", startup.with(-1, cells.join(",")));

  const found = defects();
  expect(found).toContainEqual(
    expect.objectContaining({
      file: "startup.csv",
      line: startup.length,
      what: "the trial began before the one that precedes it",
    }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({ file: "write.csv", check: "plan", what: "session 1 was not to measure write" }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({ file: "burst.csv", what: "the burst lacks starts", value: "1 rows", expected: "2 rows" }),
  );
});

test("a session that planned nothing has no rows", () => {
  unseal();
  const manifest = json();
  for (const session of manifest.sessions) session.experiments = [];
  writeJson(manifest);
  expect(defects()).toContainEqual(
    expect.objectContaining({ file: "startup.csv", what: "session 1 was not to measure startup", expected: "no rows" }),
  );
});

describe.skipIf(paperData === undefined)("a folder in the study's format", () => {
  beforeEach(() => {
    rmSync(folder, { recursive: true });
    cpSync(join(paperData as string, "azure-standard-hdd"), folder, { recursive: true });
  });

  test("has the defects that its detectors find, and none of form", () => {
    expect(defects()).toEqual([]);
    const { problems } = validatePlatform(folder, toolVersion());
    expect(problems).toContainEqual(
      expect.objectContaining({ severity: "defect", check: "detector", file: "04-write-performance.csv" }),
    );
  });

  test.each(V3_FILES.map(({ file }) => file))("%s: rows twice, negative, of nothing, cut", (file) => {
    const lines = linesOf(file);
    for (const damaged of [
      [...lines, lines[4] as string],
      lines.with(4, (lines[4] as string).replace(/[\d.]+$/, "-5")),
      lines.with(4, (lines[4] as string).replace(/[\d.]+$/, "NaN")),
      lines.with(4, (lines[4] as string).replace(/,[^,]*$/, "")),
    ]) {
      write(file, damaged);
      expect(defects()).toContainEqual(expect.objectContaining({ file, check: "table", line: expect.any(Number) }));
    }
  });
});
