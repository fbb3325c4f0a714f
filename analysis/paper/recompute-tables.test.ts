import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readStudyData } from "../edges/read-study-data.ts";
import { paperData } from "../testing/paper-data.ts";
import { recomputeTables } from "./recompute-tables.ts";
import { STUDY } from "./source.ts";
import { studySubject } from "./study-subject.ts";
import { printedSummary } from "./testing/printed-summary.ts";

describe.skipIf(paperData === undefined)("the study's own data", () => {
  const folder = paperData as string;
  const subjects = () => readStudyData(folder, STUDY.sha256).platforms.map(studySubject);

  test.each(Object.keys(STUDY.sha256))("%s: every line that the study's script printed, to the last digit", (label) => {
    const text = readFileSync(join(folder, label, "analysis-summary.txt"), "utf8");
    const between = text.slice(text.indexOf("TEST 1:"), text.indexOf("ANALYSIS COMPLETE"));
    const printed = between
      .split("\n")
      .map((line) => line.trim().replace(/\s+/g, " ").replace("± ", "±"))
      .filter((line) => line !== "" && !/^([─=]+|Metric Value|TEST \d: .*)$/.test(line));
    const tables = recomputeTables(subjects().filter((subject) => subject.label === label));
    expect(printedSummary(tables, text.includes("Scipy available: YES"))).toEqual(printed);
    expect(printed.length).toBeGreaterThan(150);
  });
});
