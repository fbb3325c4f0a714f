/** The first pages that a reader opens quote what our commands print of the committed measurements. */
import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { committedResults } from "../../analysis/edges/repository.ts";
import { tierbenchHere } from "../testing/command.ts";

const PLATFORM = "debian12-docker20";

async function analyzed(...words: readonly string[]): Promise<string> {
  vi.stubEnv("LC_ALL", "C.UTF-8");
  const { stdout } = await tierbenchHere(["analyze", PLATFORM, "--results", committedResults(), ...words]);
  vi.unstubAllEnvs();
  return stdout.replaceAll(/\s+/g, " ");
}

const linesOf = (page: string, says: RegExp): string[] =>
  readFileSync(new URL(`../../${page}`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => says.test(line));

/** `12.4 % (10.9–13.9)`: the number and its interval, as they stand in a sentence or in two columns. */
const quoted = (line: string): [string, string][] =>
  [...line.matchAll(/([\d.]+) %[^%()]*\((?:95 % CI )?([\d.]+–[\d.]+)\)/g)].map(([, value, ends]) => [
    value as string,
    ends as string,
  ]);

describe.each([
  ["README.md", /^\*\*(The answer|What it waits for)/],
  ["research/ARTIFACT.md", /`scripts\/tierbench analyze debian12-docker20/],
])("%s", (page, says) => {
  test("quotes numbers and intervals that analyze prints", async () => {
    const printed = (await analyzed()) + (await analyzed("--experiment", "why"));
    const found = linesOf(page, says).flatMap(quoted);
    expect(found.length).toBeGreaterThan(2);
    for (const [value, ends] of found) {
      const row = printed.indexOf(ends);
      expect(row, `${value} (${ends})`).toBeGreaterThan(0);
      expect(printed.slice(row - 12, row), ends).toContain(value);
    }
  });
});
