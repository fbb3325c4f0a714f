/** The parser of all commands, and what becomes of their errors. */

import { resolve } from "node:path";
import { inspect } from "node:util";
import type { Argv, FallbackCompletionFunction } from "yargs";
import yargs from "yargs";
import { ANALYSIS_COMMANDS, addAnalysisCommands } from "../analysis/main.ts";
import { ratioOfMedians } from "../analysis/statistics/effects/ratio-of-medians.ts";
import { median } from "../analysis/statistics/one-sample/median.ts";
import { sessionHalfWidth } from "../analysis/statistics/sessions/session-half-width.ts";
import { sortedSamples } from "../analysis/statistics/sorted-samples.ts";
import { InterruptedError } from "../research/interrupted.ts";
import { MisuseError } from "../research/misuse.ts";
import { folded } from "../research/text/screen/folded.ts";
import { message } from "../research/text/visible.ts";
import { asMeant } from "./command-line.ts";
import { completions } from "./complete.ts";
import { asksHowToComplete, completionHelp, withoutEmptyDefaults } from "./help.ts";
import { type Declared, misuseWords } from "./misuse-words.ts";

/** What yargs keeps the rest in. */
const THE_REST: readonly string[] = ["_", "--"];

const oneLine = (error: unknown): string =>
  message((error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, " "));

const complain = (line: string): void => {
  const { isTTY, columns } = process.stderr;
  console.error(folded(line, { isTTY: isTTY === true, columns, env: process.env }));
};

/** Behind the option that asks for completions stands the command's own name. */
const complete =
  (args: readonly string[]): FallbackCompletionFunction =>
  (_current, _argv, usual, done) => {
    const offered = completions(args.slice(2), resolve("results"));
    if (offered !== null) done([...offered]);
    else usual();
  };

/** Its own types know nothing of it. */
interface WithUsage {
  readonly getInternalMethods: () => {
    readonly getUsageInstance: () => { cacheHelpMessage: () => void };
    readonly getContext: () => { readonly commands: readonly string[]; readonly fullCommands: readonly string[] };
  };
}

/** Once a command has begun, the parser puts its help together, in case that asks for it. None does, and it takes a while. */
function withoutSpareHelp(cli: Argv): Argv {
  (cli as unknown as WithUsage).getInternalMethods().getUsageInstance().cacheHelpMessage = () => undefined;
  return cli;
}

/** Its tables take more than the 80 columns of other texts that go through a pipe. */
const helpColumns = (): number =>
  Math.min(120, process.stdout.columns ?? Number(/^\d{2,3}$/.exec(process.env.COLUMNS ?? "")?.[0] ?? 100));

function parser(args: readonly string[], typed: readonly string[]): Argv {
  const cli: Argv = withoutEmptyDefaults(withoutSpareHelp(yargs(args)))
    .scriptName("tierbench")
    .usage("$0 <command>\n\nWhere does a container's start time go? Measure it, split it into three tiers, explain it.")
    .parserConfiguration({ "camel-case-expansion": false, "populate--": true, "parse-positional-numbers": false })
    // All other words are English, too.
    .locale("en")
    .alias("h", "help")
    .completion("completion", "Print a shell completion script", complete(args))
    .strict()
    .check((options, declared) => {
      // The parser makes a list of an option given twice, whatever its type. (Its own types call the declarations aliases.)
      const lists = new Set([...THE_REST, ...(declared as unknown as { readonly array: readonly string[] }).array]);
      const twice = Object.keys(options).find((name) => Array.isArray(options[name]) && !lists.has(name));
      if (twice !== undefined) throw new MisuseError(`--${twice} was given more than once`);
      return true;
    })
    .demandCommand(1, "name a command; tierbench --help lists them")
    .wrap(helpColumns())
    .epilogue("Exit codes: 1 for failure, 2 for misuse, 3 where a gate (--threshold, --fail-on) closes, 130 when interrupted.")
    .fail((message, error, usage) => {
      // What a command throws is said as it is; what the parser complains of has no error, or one of its own.
      if (error !== undefined && error !== null && error.name !== "YError") throw error;
      throw new MisuseError(misuseWords(message ?? error.message, declaredIn(cli, usage as unknown as Usage), typed));
    });
  return cli;
}

interface Usage {
  readonly getDescriptions: () => Declared["descriptions"];
  readonly getCommands: () => readonly (readonly [usage: string, ...rest: unknown[]])[];
}

/** What the parser knows when it gives up. Its own types know nothing of it. */
function declaredIn(cli: Argv, usage: Usage): Declared {
  const { commands, fullCommands } = (cli as unknown as WithUsage).getInternalMethods().getContext();
  const { choices } = (cli as unknown as { readonly getOptions: () => Pick<Declared, "choices"> }).getOptions();
  return {
    ...{ command: commands.join(" "), usage: fullCommands.at(-1) ?? "", descriptions: usage.getDescriptions(), choices },
    commands: usage.getCommands().map(([each]) => each.split(" ")[0] as string),
  };
}

/** No command that explains is loaded for these. */
const MEASURING: readonly string[] = ["run", "trace", "doctor", "inspect", "audit", "sweep"];

/** What measures takes as long to load as an analysis takes to run, and no analysis needs it. */
async function addMeasuring(to: Argv, name: string | undefined): Promise<Argv> {
  if (ANALYSIS_COMMANDS.some((command) => command === name)) return to;
  const { addBenchmarkCommands } = await import("../benchmarks/main.ts");
  return addBenchmarkCommands(
    to,
    {
      sessionHalfWidth: (sessions) => sessionHalfWidth(sessions.map((totals) => median(sortedSamples(totals)))),
      ratioOfMedians: (pairs) => ratioOfMedians(pairs, { seed: 1 }),
      explain: async (folders) => (await import("../analysis/commands/explain.ts")).explain(folders),
    },
    helpColumns(),
  );
}

/** The parser with every command that the arguments may name. @throws MisuseError when what is meant cannot be told */
export async function commandLine(typed: readonly string[]): Promise<Argv> {
  const args = await asMeant(typed);
  const [name] = args;
  const measuring = await addMeasuring(parser(args, typed), name);
  return MEASURING.some((command) => command === name) ? measuring : addAnalysisCommands(measuring, name);
}

/**
 * Runs what the arguments say. Errors are printed here, once, and set the process's exit code: 2 for misuse, 130 when
 * interrupted, 1 for failure.
 */
export async function runCommand(typed: readonly string[]): Promise<void> {
  try {
    if (asksHowToComplete(typed)) process.stdout.write(completionHelp(helpColumns()));
    else await (await commandLine(typed)).parseAsync();
  } catch (thrown) {
    // What went wrong first is the error; what failed while cleaning up after it is said, too.
    let error: unknown = thrown;
    for (; error instanceof Error && error.name === "SuppressedError"; error = (error as SuppressedError).suppressed) {
      complain(`tierbench: while cleaning up: ${oneLine((error as SuppressedError).error)}`);
    }
    const misuse = error instanceof MisuseError || (error instanceof Error && error.name === "YError");
    complain(`tierbench: ${oneLine(error)}`);
    if (process.env.TIERBENCH_DEBUG !== undefined) console.error(message(inspect(error)));
    process.exitCode = misuse ? 2 : error instanceof InterruptedError ? 130 : 1;
  }
}
