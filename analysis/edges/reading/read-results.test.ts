import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Manifest } from "../../../research/manifest.ts";
import { MisuseError } from "../../../research/misuse.ts";
import { memoryTable } from "../../../research/tables/memory.ts";
import { startupTable } from "../../../research/tables/startup.ts";
import type { Platform, StudyPlatform } from "../../subjects/platform.ts";
import { platformSubject } from "../../subjects/platform-subject.ts";
import { summarise } from "../../summaries/summarise.ts";
import { manifest, session, startupRow } from "../../testing/rows.ts";
import { readPlatforms } from "./read-results.ts";

let root: string;
let results: string;
const refuse = (_: string, error: Error): never => {
  throw error;
};
const read = (...platforms: string[]): Platform[] =>
  readPlatforms(platforms, { resultsFolder: results, toolVersion: "0.1.0" }, refuse) as Platform[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tierbench-read-"));
  results = join(root, "results");
  mkdirSync(results);
});
afterEach(() => rmSync(root, { recursive: true }));

const oneRow = startupTable.header + startupTable.formatRow(startupRow());

function platform(folder: string, { csv = oneRow, ...fields }: Partial<Manifest> & { csv?: string | null } = {}): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "platform.json"), JSON.stringify(manifest(fields)));
  if (csv !== null) writeFileSync(join(folder, "startup.csv"), csv);
  return folder;
}

describe("a platform is", () => {
  test("a label in results/", () => {
    platform(join(results, "here"));
    const [here, ...others] = read("here");
    expect(here).toMatchObject({ label: "here", folder: join(results, "here"), manifest: manifest() });
    expect(here?.experiments).toMatchObject([{ experiment: "startup", content: { census: { rows: 1 } } }]);
    expect(others).toEqual([]);
  });

  test("a folder's path, whose manifest has the label", () => {
    expect(read(platform(join(root, "some copy"), { label: "there" }))[0]?.label).toBe("there");
  });

  test("read up to its last whole row, and the unfinished row is reported beside its numbers", () => {
    const rows = [1, 2].map((trial) => startupTable.formatRow(startupRow({ trial })));
    const folder = platform(join(results, "here"), { csv: startupTable.header + rows.join("").slice(0, -1) });
    const row = {
      trial: 1,
      session: 1,
      block: 1,
      warmup: false,
      population: "1",
      outcome: "ok",
      container_id: null,
      reason: null,
    };
    const bytes = { containers: 1, rss_bytes: 10_000, pss_bytes: 5_120, cgroup_file_bytes: 1, cgroup_anon_bytes: 1 };
    const sets = [1, 2].map((trial) =>
      memoryTable.formatRow({ ...row, trial, ...bytes, started_unix_ns: startupRow().started_unix_ns } as never),
    );
    writeFileSync(join(folder, "memory.csv"), memoryTable.header + sets.join("").slice(0, -3));
    const [here] = read("here") as [Platform];
    const said = ["startup.csv", "memory.csv"].map((file) =>
      expect.stringMatching(new RegExp(`${file}:3: the last line is unfinished .* it is left out, the rows before it are read$`)),
    );
    expect(platformSubject(here).caveats).toEqual(expect.arrayContaining(said));
    expect(summarise(platformSubject(here))).toMatchObject({
      caveats: expect.arrayContaining(said),
      tables: { startup: { rows: 1 }, memory: { rows: 1 } },
    });
  });

  test("one of several, in the order asked for", () => {
    platform(join(results, "b"), { label: "b" });
    platform(join(results, "a"), { label: "a" });
    expect(read("b", "a").map(({ label }) => label)).toEqual(["b", "a"]);
  });
});

test("a platform.json that is not UTF-8 is refused by its line", () => {
  const folder = platform(join(results, "here"));
  const text = JSON.stringify(manifest(), null, 2).replace('"a processor"', '"un processeur \u00e9conome"');
  writeFileSync(join(folder, "platform.json"), Buffer.from(text, "latin1"));
  const line = text.slice(0, text.indexOf("un processeur")).split("\n").length;
  expect(() => read("here")).toThrow(`${join(folder, "platform.json")}:${line}: the text is not UTF-8`);
  writeFileSync(join(folder, "platform.json"), text);
  expect(read("here")[0]?.manifest.sessions[0]?.host.cpu).toBe("un processeur \u00e9conome");
});

describe("a folder in the study's format", () => {
  const study = (info: string | null, notes: string | null): StudyPlatform => {
    const folder = join(root, "study");
    mkdirSync(folder);
    writeFileSync(join(folder, "06-image-pull-time.csv"), "iteration,image,pull_time_ms\n1,alpine,600.5\n");
    if (info !== null) writeFileSync(join(folder, "platform-info.txt"), info);
    if (notes !== null) writeFileSync(join(folder, "10-qualitative-observations.txt"), notes);
    return readPlatforms([folder], { resultsFolder: results, toolVersion: "0.1.0" }, (_, error) => {
      throw error;
    })[0] as StudyPlatform;
  };
  const at = (time: string): string => `=== Notes ===\nCollected: ${time}\nPlatform: here\n`;

  test("says by its notes when the run began, how long it took, and on what", () => {
    const info = `${at("2026-02-15T00:48:41Z")}--- Docker ---\n28.2.2\noverlay2\n`;
    expect(study(info, at("2026-02-15T01:28:55Z"))).toMatchObject({
      ...{ began: "2026-02-15T00:48:41Z", run_seconds: 2414 },
      facts: { engine: "28.2.2", "storage driver": "overlay2" },
    });
  });

  test.each([
    ["the notes are missing", at("2026-02-15T00:48:41Z"), null],
    ["a time is missing", at("2026-02-15T00:48:41Z"), "nothing here"],
    ["a time is none", at("2026-02-15T00:48:41Z"), at("2026-99-15T01:28:55Z")],
    ["the end comes before the begin", at("2026-02-15T01:28:55Z"), at("2026-02-15T00:48:41Z")],
  ])("does not say so when %s", (_, info, notes) => {
    expect(study(info, notes).run_seconds).toBeNull();
  });
});

describe("misuse", () => {
  beforeEach(() => {
    platform(join(results, "docker28"), { label: "docker28" });
    platform(join(results, "docker20"), { label: "docker20" });
    mkdirSync(join(results, "not-a-platform"));
  });

  test.each(["nope", "", "../nope", "a\u0000b", "bad\u001b[31m"])(
    "%j is unknown, and the labels that there are, are named",
    (label) => {
      expect(() => read(label)).toThrow(
        new MisuseError(`unknown platform ${JSON.stringify(label)}; ${results} has docker20, docker28; or give a folder's path`),
      );
    },
  );

  test("a label never leads out of results/", () => {
    platform(join(root, "outside"));
    expect(() => read("../outside")).toThrow(MisuseError); // would be found from results/, is not there from here
  });

  test("a platform without measurements is reported as such", () => {
    rmSync(results, { recursive: true });
    expect(() => read("nope")).toThrow(`no platforms in ${results} yet`);
  });

  test("a file is no platform", () => {
    const file = join(results, "docker20", "startup.csv");
    expect(() => read(file)).toThrow(new MisuseError(`"${file}" is a file; give the platform's folder`));
  });

  test("a platform named twice: by label and path, or through a link", () => {
    symlinkSync(join(results, "docker20"), join(root, "link"));
    for (const second of ["docker20", `${join(results, "docker20")}/`, join(root, "link")]) {
      expect(() => read("docker20", second)).toThrow(MisuseError);
      expect(() => read("docker20", second)).toThrow(/are the same platform .*; name it once/);
    }
  });
});

test("folders of the same name are distinguished by their paths", () => {
  platform(join(results, "docker20"), { label: "docker20" });
  platform(join(root, "copy"), { label: "docker20" });
  platform(join(root, "before", "docker20"), { label: "docker20" });
  const labels = (...folders: string[]) => read(...folders).map(({ label }) => label);
  expect(labels("docker20", join(root, "copy"))).toEqual(["docker20", "copy"]);
  expect(labels("docker20", join(root, "before", "docker20"))).toEqual(["results/docker20", "before/docker20"]);
  expect(labels(join(root, "copy"))).toEqual(["docker20"]);
});

describe("a folder that cannot be used", () => {
  test("has no platform.json", () => {
    mkdirSync(join(results, "empty"));
    expect(() => read("empty")).toThrow(
      `${join(results, "empty", "platform.json")}: no such file: this is not a platform's folder; give one that \`tierbench run\` wrote`,
    );
  });

  test("is a folder of platforms: they are named", () => {
    platform(join(root, "out", "mine"), { label: "mine" });
    expect(() => read(join(root, "out"))).toThrow(
      `platforms are in folders of their own here: give ${join(root, "out", "mine")}`,
    );
  });

  test("has no startup.csv", () => {
    platform(join(results, "here"), { csv: null });
    expect(() => read("here")).toThrow(
      /startup\.csv: no such file: nothing was measured here; measure it with .*--platform here/,
    );
  });

  test("has a startup.csv with a header but no rows", () => {
    platform(join(results, "here"), { csv: startupTable.header });
    expect(() => read("here")).toThrow(/startup\.csv: a header but no rows: nothing was measured yet; measure it with/);
  });

  test("has a broken row: file, line and column are named", () => {
    platform(join(results, "here"), { csv: oneRow + startupTable.formatRow(startupRow()).replace("warm", "tepid") });
    expect(() => read("here")).toThrow(/startup\.csv:3, column mode: got "tepid", expected warm \| cold/);
  });

  test("was written by another version", () => {
    platform(join(results, "here"), { sessions: [session({ tool: { version: "0.9.0", commit: null } })] });
    expect(() => read("here")).toThrow(/platform\.json: written by tierbench 0\.9\.0, this is 0\.1\.0/);
  });

  test("has a folder where a file should be: it is named", () => {
    platform(join(results, "here"), { csv: null });
    const file = join(results, "here", "startup.csv");
    mkdirSync(file);
    expect(() => read("here")).toThrow(`${file}: not a regular file`);
  });

  test.each(["platform.json", "startup.csv"])("has a pipe for its %s: it is named, not waited for", (name) => {
    const folder = platform(join(results, "here"));
    rmSync(join(folder, name));
    execFileSync("mkfifo", [join(folder, name)]);
    expect(() => read("here")).toThrow(`${join(folder, name)}: not a regular file`);
  });

  test.each(["01-startup-latency.csv", "platform-info.txt"])("is the study's, with a pipe for its %s", (name) => {
    const folder = join(results, "study");
    mkdirSync(folder);
    if (name === "platform-info.txt")
      writeFileSync(join(folder, "06-image-pull-time.csv"), "iteration,image,pull_time_ms\n1,alpine,600.5\n");
    execFileSync("mkfifo", [join(folder, name)]);
    expect(() => read("study")).toThrow(`${join(folder, name)}: not a regular file`);
  });
});

test("a table that is a link to a file is read; one that is a pipe leaves the others readable, seals and all", () => {
  const seal = { made: "later", tables: { write: { rows: 1, bytes: 9, sha256: "0".repeat(64) } } } as const;
  const folder = platform(join(results, "here"), { csv: null, sessions: [session({ seal })] });
  writeFileSync(join(root, "elsewhere.csv"), oneRow);
  symlinkSync(join(root, "elsewhere.csv"), join(folder, "startup.csv"));
  execFileSync("mkfifo", [join(folder, "write.csv")]);
  const [here] = read("here");
  expect(here?.experiments).toMatchObject([
    { experiment: "startup", content: { census: { rows: 1 } } },
    { experiment: "write", content: { problem: `${join(folder, "write.csv")}: not a regular file` } },
  ]);
});
