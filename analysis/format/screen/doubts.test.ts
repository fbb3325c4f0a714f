import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPlatforms } from "../../edges/reading/read-results.ts";
import { committedResults, toolVersion } from "../../edges/repository.ts";
import { toSubject } from "../../subjects/to-subject.ts";
import { summarise } from "../../summaries/summarise.ts";
import { studyCsv } from "../../testing/study-rows.ts";
import { fileOf, subjectOf } from "../../testing/subjects.ts";
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

describe("doubts of one experiment", () => {
  const platform = summarise(subjectOf([], "here", [fileOf("study-warm", studyCsv(1)["study-warm"])]));
  const { rows } = mainRows(platform);
  const told = (...summaries: readonly string[]): string[] =>
    doubtLines(
      { ...platform, findings: [], caveats: [], warnings: summaries.map((summary) => ({ summary, evidence: "", remedy: "" })) },
      rows.map((row) => ({ ...row, measured: { ...row.measured, cautions: [], defects: [] } })),
      80,
      7,
    );

  test("what is said of a total and of its parts in the same words is said once", () => {
    const alike = ["docker_run_ms", "total_ms"].map((metric) => `study-warm ${metric}: 16 trials have no value`);
    expect(told(...alike).filter((line) => line.includes("16 trials have no value"))).toHaveLength(1);
    expect(told(...alike).join()).not.toContain("more");
  });

  test("those about a part of a row stand on the screen that has the part, by its name there", () => {
    const [first] = rows;
    if (first === undefined) throw new Error("there is no row");
    const text = "study-warm removal_ms: 8 trials have no value";
    const of = { ...platform, warnings: [], findings: [], caveats: [] };
    const part = { name: "removal", measured: { ...first.measured, cautions: [text], defects: [] } };
    const clean = rows.map((row) => ({ ...row, measured: { ...row.measured, cautions: [], defects: [] } }));
    expect(doubtLines(of, clean, 80, 7, [part])).toEqual(["  ! removal: 8 trials have no value"]);
    expect(doubtLines(of, clean, 80, 7)).toEqual([]);
  });

  test("those about other experiments are counted as such, and no others", () => {
    const elsewhere = ["pull: 8 trials ended as failed", "cold starts also reload the engine's own programs"];
    expect(told(...elsewhere)).toEqual(["  ! 2 warnings about other experiments: --full"]);
    expect(told(...elsewhere, "the machine was busy").at(-1)).toBe("  ! 2 more warnings about other experiments: --full");
  });
});
