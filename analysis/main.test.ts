import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import yargs from "yargs";
import { MisuseError } from "../research/misuse.ts";
import { startupTable } from "../research/tables.ts";
import { addAnalysisCommands } from "./main.ts";
import { manifest, session, startupRow } from "./testing/rows.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "tierbench-main-"));
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  for (const label of ["here", "there"]) {
    mkdirSync(join(root, label));
    const described = manifest({ label, sessions: [session({ tool: { version, commit: null } })] });
    writeFileSync(join(root, label, "platform.json"), JSON.stringify(described));
    writeFileSync(join(root, label, "startup.csv"), startupTable.header + startupTable.formatRow(startupRow()).repeat(6));
  }
});
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** What the command prints; it rejects with what the handler throws. */
async function run(...args: string[]): Promise<string> {
  let printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    printed += chunk;
    return true;
  });
  await addAnalysisCommands(yargs(args)).strict().exitProcess(false).fail(false).parseAsync();
  return printed;
}

test("analyze prints the platforms in the order asked for", async () => {
  const { platforms } = JSON.parse(await run("analyze", "there", join(root, "here"), "--results", root, "--format", "json"));
  expect(platforms.map(({ label }: { label: string }) => label)).toEqual(["there", "here"]);
  expect(platforms[0].experiments.startup.conditions[0]).toMatchObject({ image: "small", mode: "warm", probe: "tracefs", n: 6 });
});

test("analyze writes text unless told otherwise", async () => {
  expect(await run("analyze", "here", "--results", root)).toMatch(/^here: starting `small` warm takes 100 ms \(median of 6, /);
});

test("figures writes five files a figure, names them, and writes the same bytes again", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const out = join(root, "figures");
  const printed = await run("figures", "here", "--results", root, "--out", out);
  const written = readdirSync(out).sort();
  expect(printed.trim().split("\n").sort()).toEqual(written.map((name) => join(out, name)));
  for (const figure of ["startup-tiers", "start-timeline", "warm-start-latency", "start-distribution"]) {
    for (const kind of ["vl.json", "svg", "png", "pdf", "tex"]) expect(written).toContain(`${figure}.${kind}`);
  }
  expect(said.mock.calls.flat()).toContain("not drawn: pull-time: here has no measurement of pull");
  expect(said.mock.calls.flat().every((line) => String(line).startsWith("not drawn: "))).toBe(true);
  const first = written.map((name) => readFileSync(join(out, name)));
  await run("figures", "here", "--results", root, "--out", out);
  expect(written.filter((name, index) => !first[index]?.equals(readFileSync(join(out, name))))).toEqual([]);
}, 60_000);

test("figures draws what is asked for only, and says why when that is nothing", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const out = join(root, "one");
  await run("figures", "here", "--only", "startup-tiers", "--results", root, "--out", out);
  expect(new Set(readdirSync(out).map((name) => name.split(".")[0]))).toEqual(new Set(["startup-tiers"]));
  await expect(run("figures", "here", "--only", "pull-time", "--results", root, "--out", out)).rejects.toThrow(
    "nothing to draw: pull-time: here has no measurement of pull",
  );
});

test.each([
  [["analyze", "nope"], "unknown platform"],
  [["figures", "here", "here"], "the same platform"],
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
