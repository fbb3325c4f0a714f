/** What each command prints first: golden texts at 80 columns, and one screen for whatever there is. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import width from "string-width";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { tierbenchHere } from "./testing/command.ts";
import { SCREEN_PLATFORMS, writeScreenPlatforms } from "./testing/screen-platforms.ts";

const fixtures = fileURLToPath(new URL("fixtures/screens/", import.meta.url));
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "tierbench-screens-"));
  writeScreenPlatforms(root);
  mkdirSync(join(root, "study"));
  const rows = [1, 2, 3, 4, 5, 6, 7].map((iteration) => `${iteration},alpine,warm,${500 + 7 * iteration}`);
  writeFileSync(join(root, "study", "01-startup-latency.csv"), `iteration,image,mode,startup_ms\n${rows.join("\n")}\n`);
});
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** @param words of the command; a label is looked up among the platforms made here */
async function screen(words: readonly string[], columns = 80, env: Readonly<Record<string, string>> = {}): Promise<string> {
  for (const [name, value] of Object.entries({ LC_ALL: "C.UTF-8", COLUMNS: String(columns), ...env })) vi.stubEnv(name, value);
  const ended = await tierbenchHere([...words, "--results", root]);
  return ended.stdout + ended.stderr;
}

const all = Object.keys(SCREEN_PLATFORMS);
const ANALYZED: readonly (readonly string[])[] = [
  [join(fixtures, "one-session")],
  [join(fixtures, "suite")],
  [join(fixtures, "suite"), "--experiment", "write"],
  [join(fixtures, "one-session"), "--condition", "small cold", "--phases"],
  ["docker20"],
  ["docker28"],
  ["many-images", "--phases"],
  ["docker20", "docker28", "gvisor", "study", "failures", "cold-only"],
  ["three-starts"],
  ["failures"],
  ["gvisor"],
  ["events-only"],
  ["host-network"],
  ["cold-only"],
  ["study"],
];
const golden = (words: readonly string[]): string =>
  `fixtures/screens/golden/${words
    .map((word) =>
      word
        .replace(fixtures, "")
        .replaceAll(/[^\w]+/g, "-")
        .replace(/^-+/, ""),
    )
    .join(".")}.txt`;

function oneScreen(text: string, columns: number): void {
  const lines = text.split("\n").slice(0, -1);
  expect(lines.filter((line) => width(line) > columns)).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(40);
  expect(lines.length).toBeGreaterThan(2);
}

describe("analyze", () => {
  test.each(ANALYZED)("%s %s %s", async (...words) => {
    const text = await screen(["analyze", ...words]);
    oneScreen(text, 80);
    await expect(text).toMatchFileSnapshot(golden(["analyze", ...words]));
  });

  test.each([100, 120])("is one screen of %i columns, too", async (columns) => {
    for (const words of [[join(fixtures, "suite")], ["many-images"], all])
      oneScreen(await screen(["analyze", ...words], columns), columns);
  });

  test("where the locale has no more, it is ASCII", async () => {
    const text = await screen(["analyze", "docker20"], 80, { LC_ALL: "C" });
    expect(text).toMatch(/^[\n -~]+$/);
    expect(text).toContain(":::");
  });

  test.each([
    [["--experiment", "pull"], /--experiment "pull": there is startup/],
    [["--condition", "small"], /--condition "small": there is small warm/],
    [["--phases", "--format", "json"], /--format json is always complete/],
  ])("%j is misuse", async (words, complaint) => {
    const ended = await tierbenchHere(["analyze", "docker20", "--results", root, ...words]);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(complaint)]);
  });
});

describe("compare", () => {
  test.each([
    ["docker28", "docker20"],
    ["docker28", "docker20", "--phases"],
    ["docker28", "docker20", "--reference", "docker20", "--threshold", "5%"],
    [join(fixtures, "one-session"), join(fixtures, "suite")],
    ["docker20", "docker28", "one-of-each", "host-network", ...all.filter((label) => label.startsWith("a-platform"))],
  ])("%s %s %s", async (...words) => {
    const text = await screen(["compare", ...words]);
    oneScreen(text, words.includes("--threshold") ? 200 : 80);
    await expect(text).toMatchFileSnapshot(golden(["compare", ...words]));
  });

  test("a choice of what was not compared is misuse, and names what was", async () => {
    const ended = await tierbenchHere(["compare", "docker20", "docker28", "--image", "nope", "--results", root]);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(/--image "nope": there is small, large$/m)]);
  });

  test("one session a side gives no verdict, and says what would", async () => {
    const text = (await screen(["compare", "one-of-each", "host-network"])).replaceAll(/\s+/g, " ");
    expect(text).toContain("No verdict.");
    expect(text).toContain("one session a side cannot say which is faster.");
    expect(text).toContain("For a verdict: tierbench run startup --platform one-of-each=ENGINE --platform host-network=ENGINE");
  });

  test("the gate keeps its exit codes, and stands on the screen", async () => {
    const words = ["compare", "docker20", "docker28", "--reference", "docker28", "--threshold", "5%", "--results", root];
    const ended = await tierbenchHere(words);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain("threshold 5%: beyond it small warm total_ms (docker20 against docker28)");
    expect(ended.stderr).toContain("beyond the threshold of 5%: docker20 / docker28");
  });
});
