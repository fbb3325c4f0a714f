/** Two folders as `compare` reads and judges them, with its gate: what a user would be told. */
import { compare } from "../../../analysis/comparisons/compare.ts";
import { beyondThreshold } from "../../../analysis/comparisons/threshold.ts";
import { readPlatforms } from "../../../analysis/edges/reading/read-results.ts";
import { renderComparison } from "../../../analysis/format/comparison/comparison-report.ts";
import { toSubject } from "../../../analysis/subjects/to-subject.ts";

export interface Called {
  /** Totals of starts with a direction, by condition. */
  readonly different: Readonly<Record<string, boolean>>;
  /** The same of those conditions whose verdict is `none`. */
  readonly withoutVerdict: readonly string[];
  /** Whether the gate closes, exit code 3. */
  readonly beyond: boolean;
  readonly text: string;
}

const SHARE = 0.05;

/** @param reference the label of the platform that the other is held against @throws Error when a folder cannot be read */
export function whatCompareSays(folders: readonly [string, string], reference: string, toolVersion: string): Called {
  const subjects = readPlatforms(folders, { resultsFolder: "", toolVersion }, (_, error) => {
    throw error;
  }).map(toSubject);
  // How a difference divides into phases changes no verdict, and takes most of the time.
  const report = compare(subjects, { reference, explain: false });
  const totals = report.comparisons.filter(({ metric }) => metric === "total_ms");
  return {
    different: Object.fromEntries(
      totals.map(({ condition, verdict }) => [condition, verdict === "faster" || verdict === "slower"]),
    ),
    withoutVerdict: totals.filter(({ verdict }) => verdict === "none").map(({ condition }) => condition),
    beyond: beyondThreshold(report.comparisons, SHARE, true).length > 0,
    text: renderComparison(report, "text"),
  };
}
