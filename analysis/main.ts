/** The commands that explain what was measured, by us or by the study: parse → read → compute → print. */
import type { Argv } from "yargs";

type Add = (cli: Argv) => Argv;

/** Loaded when they are asked for: what draws takes longer to load than an analysis takes. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  analyze: async () => (await import("./commands/analyze.ts")).addAnalyze,
  compare: async () => (await import("./commands/compare.ts")).addCompare,
  figures: async () => (await import("./commands/figures.ts")).addFigures,
  report: async () => (await import("./commands/report.ts")).addReport,
  paper: async () => (await import("./commands/paper.ts")).addPaper,
  platform: async () => (await import("./commands/platform.ts")).addPlatformCommand,
};

/** The names of the commands that are added here. */
export const ANALYSIS_COMMANDS: readonly string[] = Object.keys(COMMANDS);

/**
 * Their handlers throw; the caller of the parser prints the error once.
 * @param name of the command that is meant; all are added where it is none of them
 */
export async function addAnalysisCommands(cli: Argv, name: string | undefined): Promise<Argv> {
  const wanted = ANALYSIS_COMMANDS.filter((command) => command === name);
  let all = cli;
  for (const command of wanted.length > 0 ? wanted : ANALYSIS_COMMANDS) all = (await COMMANDS[command]?.())?.(all) ?? all;
  return all;
}
