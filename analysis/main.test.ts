import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import yargs from "yargs";
import type { Session } from "../research/manifest.ts";
import { MisuseError } from "../research/misuse.ts";
import { type StartupRow, startupTable } from "../research/tables/startup.ts";
import { committedResults } from "./edges/repository.ts";
import { addAnalysisCommands } from "./main.ts";
import { paperData } from "./testing/paper-data.ts";
import { EVENTS_START_MS, manifest, session, startupRow } from "./testing/rows.ts";

type Image = Session["images"][number];

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "tierbench-main-"));
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  for (const label of ["here", "there"]) writePlatform(label, six());
  for (const label of ["thrice", "thrice-again"])
    writePlatform(
      label,
      [1, 2, 3].flatMap((number) => six({ session: number })).map((row, index) => ({ ...row, trial: index + 1 })),
      {},
      3,
    );
  writePlatform("broken", six()).replaceIn("startup.csv", "100000000", "100 ms");
  writePlatform("cut-off", six()).replaceIn("startup.csv", /.{9}$/s, "");
  writePlatform("newer", six(), { tool: { version: "99.0.0", commit: null } });
  writePlatform("empty", []);
  writePlatform("single", six().slice(0, 1));
  writePlatform("all-failed", six({ outcome: "failed", offsets_ms: { create_sent: 0 } }));
  writePlatform("other-image", six(), { images: [{ ...session().images[0], name: "small", digest: "sha256:1" } as Image] });
  writePlatform("other-command", six(), { command: ["true"] });
  writePlatform("other-probe", six({ probe: "events", offsets_ms: EVENTS_START_MS }));
  writePlatform("other-condition", six({ image: "elsewhere" }));
  mkdirSync(join(root, "study"));
  writeFileSync(join(root, "study", "01-startup-latency.csv"), "iteration,image,mode,startup_ms\n1,alpine,warm,500\n");

  function writePlatform(label: string, rows: readonly StartupRow[], fields: Partial<Session> = {}, sessions = 1) {
    mkdirSync(join(root, label));
    const numbers = Array.from({ length: sessions }, (_, index) => index + 1);
    const described = manifest({
      label,
      sessions: numbers.map((number) => session({ session: number, tool: { version, commit: null }, ...fields })),
    });
    writeFileSync(join(root, label, "platform.json"), JSON.stringify(described));
    const csv = [startupTable.header, ...rows.map((row) => startupTable.formatRow(row))].join("");
    writeFileSync(join(root, label, "startup.csv"), csv);
    const replaceIn = (file: string, what: string | RegExp, by: string): void => {
      const path = join(root, label, file);
      writeFileSync(path, readFileSync(path, "utf8").replace(what, by));
    };
    return { replaceIn };
  }
});
const six = (fields: Parameters<typeof startupRow>[0] = {}): StartupRow[] =>
  [1, 2, 3, 4, 5, 6].map((trial) => startupRow({ trial, block: trial, ...fields }));
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** What the command prints; it rejects with what the handler throws. */
async function run(...args: string[]): Promise<string> {
  let printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    printed += chunk;
    return true;
  });
  const cli = await addAnalysisCommands(yargs(args), args[0]);
  await cli.strict().exitProcess(false).fail(false).parseAsync();
  return printed;
}

test("analyze prints the platforms in the order asked for", async () => {
  const { platforms } = JSON.parse(await run("analyze", "there", join(root, "here"), "--results", root, "--format", "json"));
  expect(platforms.map(({ label }: { label: string }) => label)).toEqual(["there", "here"]);
  expect(platforms[0].conditions[0]).toMatchObject({
    condition: "small warm",
    probe: "tracefs",
    metrics: { total_ms: { n: 6 } },
  });
});

test("analyze writes all of it as text where it is asked to", async () => {
  expect((await run("analyze", "here", "--full", "--results", root)).replaceAll(/\s+/g, " ")).toMatch(
    /^here: A warm start of “small” takes 100 ms \(95 % CI 100–100; 6 starts in one session\)/,
  );
});

test("figures writes six files a figure, names them, and leaves them alone when nothing has changed", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const out = join(root, "figures");
  const only = ["--only", "startup-tiers", "start-timeline", "pull-time"];
  const printed = await run("figures", "here", ...only, "--results", root, "--out", out);
  const written = readdirSync(out).sort();
  expect(printed.trim().split("\n").sort()).toEqual(written.map((name) => join(out, name)));
  const kinds = ["caption.txt", "pdf", "png", "svg", "tex", "vl.json"];
  expect(written).toEqual(["start-timeline", "startup-tiers"].flatMap((figure) => kinds.map((kind) => `${figure}.${kind}`)));
  expect(said.mock.calls.flat()).toEqual(["not drawn: pull-time: here has no measurement of pull"]);

  const inodes = () => written.map((name) => statSync(join(out, name)).ino);
  const first = inodes();
  writeFileSync(join(out, "startup-tiers.tex"), "another");
  await run("figures", "here", ...only, "--results", root, "--out", out);
  expect(written.filter((_name, index) => first[index] !== inodes()[index])).toEqual(["startup-tiers.tex"]);
}, 60_000);

test.each([
  [
    ["svg", "png"],
    ["caption.txt", "png", "svg", "vl.json"],
  ],
  [["pdf"], ["caption.txt", "pdf", "tex", "vl.json"]],
])(
  "figures writes the pictures that --format names: %j",
  async (formats, kinds) => {
    const out = join(root, `figures-${formats[0]}`);
    await run("figures", "here", "--only", "startup-tiers", "--format", ...formats, "--results", root, "--out", out);
    expect(readdirSync(out).sort()).toEqual(kinds.map((kind) => `startup-tiers.${kind}`));
  },
  60_000,
);

test("pictures of an earlier drawing are named when they are not drawn again", async () => {
  const out = join(root, "figures-again");
  const drawn = (...formats: readonly string[]) =>
    run("figures", "here", "--only", "startup-tiers", "--format", ...formats, "--results", root, "--out", out);
  await drawn("png", "svg");
  writeFileSync(join(out, "startup-tiers-2.png"), "a page more");
  writeFileSync(join(out, "startup-tiers-of-mine.png"), "somebody's");
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await drawn("png");
  expect(said.mock.calls.flat()).toEqual([
    expect.stringMatching(/^not redrawn: startup-tiers-2\.png and 1 more in .*figures-again: of an earlier drawing/),
  ]);
  said.mockClear();
  rmSync(join(out, "startup-tiers-2.png"));
  await drawn("png", "svg");
  expect(said.mock.calls).toEqual([]);
}, 60_000);

test("of what nobody asked for and was not measured, figures says one line", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await run("figures", "here", "--results", root, "--out", join(root, "all"));
  const lines = said.mock.calls.flat().filter((line) => /^not drawn: \d/.test(String(line)));
  expect(lines).toEqual([expect.stringMatching(/^not drawn: \d\d figures of what was not measured here; --only NAME says/)]);
}, 60_000);

test("and of each of several platforms one line says of how many it is no part", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await run("figures", "here", join(committedResults(), "debian12-docker20"), "--results", root, "--out", join(root, "both"));
  const lines = said.mock.calls.flat().map(String);
  expect(lines.filter((line) => / has no measurement of /.test(line))).toEqual([]);
  expect(lines).toContainEqual(
    expect.stringMatching(/^not drawn: here in \d+ figures? of what it did not measure; --only NAME says what$/),
  );
}, 60_000);

test("figures says why it draws nothing", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const out = join(root, "nothing");
  await expect(run("figures", "here", "--only", "pull-time", "--results", root, "--out", out)).rejects.toThrow(
    "nothing to draw: pull-time: here has no measurement of pull",
  );
});

test.each([
  [["analyze", "nope"], "unknown platform"],
  [["figures", "here", "there"], "--out is required for several platforms (got 2)"],
  [["figures", "here", "here", "--out", "nowhere"], "the same platform"],
])("%j is misuse", async (args, message) => {
  await expect(run(...args, "--results", root)).rejects.toThrow(MisuseError);
  await expect(run(...args, "--results", root)).rejects.toThrow(message);
});

test.each([[["analyze"]], [["analyze", "here", "--format", "xml"]], [["figures", "here", "--out"]]])(
  "%j is refused by the parser",
  async (args) => {
    await expect(run(...args)).rejects.toThrow();
  },
);

describe("what cannot be read or compared", () => {
  const compare = async (...platforms: string[]) =>
    JSON.parse(await run("compare", ...platforms, "--results", root, "--format", "json"));
  const silent = () => vi.spyOn(console, "error").mockImplementation(() => undefined);

  test.each([
    ["broken", /startup\.csv:2, column entry_acts_ns: got "100 ms", expected a whole number/],
    ["empty", /startup\.csv: a header but no rows/],
    ["newer", /platform\.json: written by tierbench 99\.0\.0/],
  ])("%s is named with its file, the others are compared, and the exit code is 1", async (platform, reason) => {
    const said = silent();
    const { comparisons, unread } = await compare("here", platform, "there");
    expect(comparisons.map(({ a, b }: { a: string; b: string }) => `${a} ${b}`)).toContain("here there");
    expect(unread).toEqual([{ platform, reason: expect.stringMatching(reason) }]);
    expect(said).toHaveBeenCalledWith(expect.stringMatching(reason));
    expect(process.exitCode).toBe(1);
    await expect(compare("here", platform)).rejects.toThrow(reason);
    expect(await run("analyze", "here", platform, "--full", "--results", root)).toMatch(/Not read:\n\n- /);
    expect(await run("analyze", "here", platform, "--results", root)).toMatch(/^ {2}not read: /m);
    await expect(run("analyze", platform, "--results", root)).rejects.toThrow(reason);
  });

  test.each([
    ["all-failed", "all-failed has no successful trials"],
    ["other-image", "another image (sha256:0000"],
    ["other-command", "another command (echo hello and true)"],
    ["other-condition", "other-condition has none"],
    ["other-probe", "another probe, which ends a start at another event; --mix-probes compares them anyway (kernel and events)"],
    ["study", "study has none"],
  ])("%s shares no condition, which is said with the reason", async (platform, reason) => {
    await expect(compare("here", platform)).rejects.toThrow(reason);
    const { comparisons, not_compared } = await compare("here", platform, "there");
    expect(comparisons).not.toHaveLength(0);
    expect(JSON.stringify(not_compared)).toContain(reason);
  });

  test("a broken file of the study is named, and the exit code is 1; one that is not there is not broken", async () => {
    const said = silent();
    const study = (name: string, value: string): string => {
      const folder = join(root, name);
      mkdirSync(folder);
      writeFileSync(join(folder, "01-startup-latency.csv"), "iteration,image,mode,startup_ms\n1,alpine,warm,500\n");
      writeFileSync(join(folder, "06-image-pull-time.csv"), `iteration,image,pull_time_ms\n1,alpine,${value}\n`);
      return folder;
    };
    const [whole, unit] = [study("whole", "2.1"), study("unit", "2.1 ms")];
    await run("compare", whole, join(root, "study"));
    expect(process.exitCode).toBeUndefined();
    expect(said).not.toHaveBeenCalled();
    await run("compare", whole, unit);
    expect(process.exitCode).toBe(1);
    expect(said).toHaveBeenCalledWith(
      expect.stringMatching(/^not read: unit: .*time\.csv:2, column pull_time_ms: got "2\.1 ms"/),
    );
  });

  test("results of different probes are compared on request, with a note", async () => {
    const { comparisons, caveats } = await compare("here", "other-probe", "--mix-probes");
    expect(comparisons).toMatchObject([{ metric: "total_ms", trials: { n_a: 6, n_b: 6 } }]);
    expect(caveats[1]).toMatch(/^other-probe: seen by events; with another probe a start ends at another event/);
  });

  test("a gate says what it cannot judge, and is not passed", async () => {
    const said = silent();
    await run("compare", "here", "there", "all-failed", "single", "--reference", "here", "--threshold", "5%", "--results", root);
    const lines = said.mock.calls
      .map(([line]) => String(line))
      .filter((line) => line.startsWith("not judged by the threshold: "));
    expect(lines.join("\n")).toContain("all-failed and here, startup small warm: all-failed has no successful trials");
    expect(lines.join("\n")).toContain("single and here, startup small warm total_ms: one session a side; it takes 3 a side");
    expect(lines.length).toBeGreaterThan(2);
    expect(process.exitCode).toBe(1);
  });

  test("a gate that could judge everything and found nothing is passed", async () => {
    await run("compare", "thrice", "thrice-again", "--reference", "thrice", "--threshold", "5%", "--results", root);
    expect(process.exitCode).toBeUndefined();
  });

  test("one session a side is not judged: exit code 1, and neither passed nor failed", async () => {
    const said = silent();
    await run("compare", "here", "there", "--reference", "here", "--threshold", "5%", "--results", root);
    expect(said.mock.calls.join()).toContain("there and here, startup small warm total_ms: one session a side");
    expect(process.exitCode).toBe(1);
  });

  test("a single trial is compared, without intervals", async () => {
    const { comparisons } = await compare("here", "single");
    expect(comparisons[0]).toMatchObject({ trials: { n_a: 6, n_b: 1, ratio: 1, ratio_ci: null, shift_ci: null } });
  });
});

describe("two folders of one name", () => {
  const folders = (): readonly [string, string] => {
    for (const place of ["a", "b"]) cpSync(join(root, "here"), join(root, place, "linux"), { recursive: true });
    return [join(root, "a", "linux"), join(root, "b", "linux")];
  };

  test("are compared under names that tell them apart, with any of their names as the reference", async () => {
    const [a, b] = folders();
    for (const reference of [a, `${a}/`, relative(".", a), "a/linux", join(root, "b", "..", "a", "linux")]) {
      const printed = await run(
        "compare",
        a,
        b,
        "--reference",
        reference,
        "--threshold",
        "50%",
        "--results",
        root,
        "--format",
        "json",
      );
      const { comparisons } = JSON.parse(printed);
      expect(comparisons[0]).toMatchObject({ a: "b/linux", b: "a/linux" });
    }
  });

  test("what may be either, or is neither, is refused with their names", async () => {
    const [a, b] = folders();
    const refused = (reference: string) => run("compare", a, b, "--reference", reference, "--results", root);
    await expect(refused("linux")).rejects.toThrow('--reference "linux" is ambiguous: it may be "a/linux", "b/linux"');
    await expect(refused("there")).rejects.toThrow('--reference "there" is not among the platforms named: "a/linux", "b/linux"');
    await expect(refused("linux")).rejects.toThrow(MisuseError);
  });

  test("are distinguished in the tables of figures, too", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const out = join(root, "alike");
    await run("figures", ...folders(), "--only", "platform-ratios", "startup-tiers", "--out", out);
    for (const figure of ["platform-ratios", "startup-tiers"]) {
      const [tex, svg] = ["tex", "svg"].map((kind) => readFileSync(join(out, `${figure}.${kind}`), "utf8"));
      for (const label of ["a/linux", "b/linux"]) {
        expect(tex).toContain(`${label} &`);
        expect(svg).toContain(label);
      }
    }
  });
});

test("the reference that cannot be read is named with the reason", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await expect(run("compare", "here", "there", "broken", "--reference", "broken", "--results", root)).rejects.toThrow(
    /--reference broken cannot be read: .*startup\.csv:2/,
  );
});

test("csv has a row for every quantity, unrounded", async () => {
  const [header, first] = (await run("analyze", "here", "--results", root, "--format", "csv")).split("\n");
  expect(header?.split(",").slice(0, 7)).toEqual(["platform", "experiment", "condition", "probe", "quantity", "unit", "n"]);
  expect(first).toMatch(/^here,startup,small warm,tracefs,total_ms,ms,6,0,100,/);
});

test("a folder in the study's format is analysed by its columns", async () => {
  const { platforms } = JSON.parse(await run("analyze", join(root, "study"), "--format", "json"));
  expect(platforms[0]).toMatchObject({
    label: "study",
    sessions: null,
    conditions: [{ experiment: "startup", condition: "alpine warm", metrics: { startup_ms: { n: 1, mean: 500, unit: "ms" } } }],
  });
});

test("paper tables without the data says how to fetch it", async () => {
  await expect(run("paper", "tables", "--data", join(root, "nope"))).rejects.toThrow(/no such folder.*`tierbench paper fetch`/);
});

test.skipIf(paperData === undefined)("paper fetch --from, then paper tables; what is missing makes the exit code 1", async () => {
  const data = join(root, "paper-data");
  expect(await run("paper", "fetch", "--data", data, "--from", paperData as string)).toBe(
    `${data}: 36 files with the right SHA-256 (0 kept, 36 fetched)\n`,
  );
  const { tables, missing } = JSON.parse(await run("paper", "tables", "--data", data, "--format", "json"));
  expect(tables).toHaveLength(15);
  expect(missing).toEqual([expect.stringContaining("07-namespace-overhead.csv: 1 of 1 row without a measurement (N/A)")]);
  expect(process.exitCode).toBeUndefined();

  rmSync(join(data, "azure-premium-ssd", "06-image-pull-time.csv"));
  rmSync(join(data, "macos-docker-desktop"), { recursive: true });
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const partial = JSON.parse(await run("paper", "tables", "--data", data, "--format", "json"));
  expect(partial.tables).toHaveLength(15);
  expect(partial.missing.map((line: string) => line.slice(0, line.indexOf(":")))).toEqual([
    "macos-docker-desktop",
    "azure-premium-ssd",
  ]);
  expect(said.mock.calls.join()).toContain("`tierbench paper fetch` downloads them");
  expect(process.exitCode).toBe(1);

  await expect(run("paper", "fetch", "--data", data, "--from", join(data, "azure-standard-hdd"))).rejects.toThrow(
    /^13 of 36 files are missing in .*paper-data; run it again/,
  );
});
