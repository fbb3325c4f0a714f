/** What is wrong with a platform's files, in one sentence a file: for readers, who need not have every line of it. */
import type { Warning } from "../../research/warning.ts";
import type { Problem } from "./problem.ts";

/** The command comes before the reason: a screen may have no room for all of it. */
const ALTERED = " is not as it was measured, see `tierbench platform validate ";

/** Whether it is what a file is said of here. */
export const isOfAltered = (said: string): boolean => said.includes(ALTERED);

/**
 * Of defects alone: what merely says less has words of its own beside the numbers.
 * @param platform as a command names it
 * @returns by file
 */
export function alteredFiles(problems: readonly Problem[], platform: string): Map<string, Warning> {
  const files = new Map<string, Problem[]>();
  for (const problem of problems)
    if (problem.severity === "defect") files.set(problem.file, [...(files.get(problem.file) ?? []), problem]);
  return new Map(
    [...files].map(([file, [first, ...more]]) => {
      const what = `${first?.what}${more.length === 0 ? "" : `, and ${more.length} more`}`;
      const [value, expected] = [first?.value, first?.expected];
      return [
        file,
        {
          summary: `${file}${ALTERED}${platform}\` (${what})`,
          evidence: [value && `found ${value}`, expected && `expected ${expected}`].filter(Boolean).join(", ") || what,
          remedy: "restore the file as it was measured; what was edited is no measurement",
        },
      ];
    }),
  );
}
