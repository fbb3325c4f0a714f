/** The commands that explain what was measured, by us or by the study: parse → read → compute → print. */
import type { Argv } from "yargs";
import { addAnalyze } from "./commands/analyze.ts";
import { addCompare } from "./commands/compare.ts";
import { addFigures } from "./commands/figures.ts";
import { addPaper } from "./commands/paper.ts";
import { addPlatformCommand } from "./commands/platform.ts";
import { addReport } from "./commands/report.ts";

const COMMANDS = {
  analyze: addAnalyze,
  compare: addCompare,
  figures: addFigures,
  report: addReport,
  paper: addPaper,
  platform: addPlatformCommand,
};

/** The names of the commands that are added here. */
export const ANALYSIS_COMMANDS: readonly string[] = Object.keys(COMMANDS);

/** Adds them all. Their handlers throw; the caller of the parser prints the error once. */
export const addAnalysisCommands = (cli: Argv): Argv => Object.values(COMMANDS).reduce((all, add) => add(all), cli);
