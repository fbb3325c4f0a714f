/** What was measured just now, on one screen: of one platform its analysis, of several their comparison. */
import { compareWherePossible } from "../comparisons/compare.ts";
import { writeStudyFiles } from "../edges/archive/study-files.ts";
import { calledByLabel } from "../edges/reading/called.ts";
import { terminal } from "../edges/terminal/terminal.ts";
import { comparisonScreen } from "../format/screen/comparison-screen.ts";
import { analysisOf } from "../summaries/summarise.ts";
import { printAnalysis } from "./analyze.ts";
import { complain, printScreen } from "./print.ts";
import { readEach } from "./read-each.ts";

/** @param folders of platforms @throws Error when one of them cannot be read */
export function explain(folders: readonly string[]): void {
  const { subjects, unread } = readEach(folders, "", folders.length);
  for (const { source } of subjects)
    if ("manifest" in source) for (const file of writeStudyFiles(source)) complain(`in the study's format: ${file}`);
  if (subjects.length === 1) {
    printAnalysis(subjects, analysisOf(subjects, unread), {}, false);
    return;
  }
  const report = compareWherePossible(subjects, { reference: null, unread });
  printScreen(
    comparisonScreen(report, subjects, {
      terminal: terminal(),
      phases: false,
      choice: {},
      threshold: [],
      called: calledByLabel(subjects),
    }),
  );
}
