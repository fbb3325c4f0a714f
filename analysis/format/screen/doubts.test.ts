import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPlatforms } from "../../edges/reading/read-results.ts";
import { committedResults, toolVersion } from "../../edges/repository.ts";
import { toSubject } from "../../subjects/to-subject.ts";
import { summarise } from "../../summaries/summarise.ts";
import { doubtLines } from "./doubts.ts";
import { mainRows } from "./verdict.ts";

test("a table that was edited after it was sealed is the first caution of the screen", () => {
  const root = mkdtempSync(join(tmpdir(), "tierbench-doubts-"));
  try {
    cpSync(join(committedResults(), "hardening-costs-usual"), join(root, "other"), { recursive: true });
    const lines = (): string[] => {
      const [source] = readPlatforms(["other"], { resultsFolder: root, toolVersion: toolVersion() }, (_, error) => {
        throw error;
      });
      if (source === undefined) throw new Error("it was read");
      const platform = summarise(toSubject(source));
      return doubtLines(platform, mainRows(platform).rows, 80, 7);
    };
    const before = lines();
    expect(before.join()).not.toContain("not as it was measured");
    const file = join(root, "other", "startup.csv");
    // The last digit of when the last trial began.
    const text = readFileSync(file, "utf8");
    const time = text.match(/,\d{19},/g)?.at(-1) ?? "";
    writeFileSync(file, text.replace(time, `${time.slice(0, -2)}${time.at(-2) === "1" ? "2" : "1"},`));
    const [first, second, ...others] = lines();
    expect(`${first}${second}`.replaceAll(/\s+/g, " ")).toMatch(
      /^ ! startup\.csv is not as it was measured, see `tierbench platform validate \S+other` \(it was edited: its first/,
    );
    expect(others.join()).toContain(before[0]?.slice(0, 40));
  } finally {
    rmSync(root, { recursive: true });
  }
});
