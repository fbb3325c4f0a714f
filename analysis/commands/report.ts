/** `report`: everything on one page. */
import type { Argv } from "yargs";
import { compareWherePossible } from "../comparisons/compare.ts";
import { requireFile } from "../edges/drawing/write.ts";
import { toolVersion } from "../edges/repository.ts";
import { analysisOf } from "../summaries/summarise.ts";
import { platformOptions } from "./platform-options.ts";
import { complain, print } from "./print.ts";
import { readEach } from "./read-each.ts";

/** Adds the command; its handler throws. */
export const addReport = (cli: Argv): Argv =>
  cli.command(
    "report <platforms..>",
    "Write everything into one HTML file: answer, figures, every start, tables, warnings, how to repeat it",
    (command) =>
      platformOptions(command)
        .option("out", { type: "string", requiresArg: true, default: "report.html", describe: "File to write" })
        .example(
          "$0 report debian12-docker20 debian12-docker20-suite --out report.html",
          "One page that opens from disk, without a network",
        ),
    ({ platforms, results, out }) => writeReport(platforms, results, out),
  );

/** @throws Error when the file cannot be written */
async function writeReport(platforms: readonly string[], results: string, out: string): Promise<void> {
  requireFile(out, "report.html");
  const { subjects, unread, others } = readEach(platforms, results, 1, true);
  const { writeReportFile } = await import("../edges/drawing/write-report.ts"); // loads Vega, for which no other command should wait
  const input = {
    subjects,
    analysis: analysisOf(subjects, unread),
    comparison: subjects.length < 2 ? null : compareWherePossible(subjects, { reference: null, unread, others: others() }),
    toolVersion: toolVersion(),
  };
  print(`${await writeReportFile(out, input, (message) => complain(`warning: ${message}`))}\n`);
}
