/** The parser of all commands, and what becomes of their errors. */

import type { Argv } from "yargs";
import yargs from "yargs";
import { ANALYSIS_COMMANDS, addAnalysisCommands } from "../analysis/main.ts";
import { ratioOfMedians } from "../analysis/statistics/effects/ratio-of-medians.ts";
import { relativeHalfWidth } from "../analysis/statistics/one-sample/relative-half-width.ts";
import { sortedSamples } from "../analysis/statistics/sorted-samples.ts";
import { InterruptedError } from "../research/interrupted.ts";
import { MisuseError } from "../research/misuse.ts";

/** What yargs keeps the rest in. */
const THE_REST: readonly string[] = ["_", "--"];

const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, " ");

const parser = (args: readonly string[]): Argv =>
  yargs(args)
    .scriptName("tierbench")
    .usage("$0 <command>\n\nWhere does a container's start time go? Measure it, split it into three tiers, explain it.")
    .parserConfiguration({ "camel-case-expansion": false, "populate--": true })
    .completion("completion", "Print a shell completion script")
    .strict()
    .recommendCommands()
    .check((options, declared) => {
      // The parser makes a list of an option given twice, whatever its type. (Its own types call the declarations aliases.)
      const lists = new Set([...THE_REST, ...(declared as unknown as { readonly array: readonly string[] }).array]);
      const twice = Object.keys(options).find((name) => Array.isArray(options[name]) && !lists.has(name));
      if (twice !== undefined) throw new MisuseError(`--${twice} was given more than once`);
      return true;
    })
    .demandCommand(1, "name a command; tierbench --help lists them")
    .wrap(Math.min(120, process.stdout.columns ?? 100))
    .epilogue("Exit codes: 2 for misuse, 1 for failure, 130 when interrupted.")
    .fail((message, error) => {
      throw error ?? new MisuseError(message);
    });

/** What measures takes as long to load as an analysis takes to run, and no analysis needs it. */
async function addMeasuring(to: Argv, name: string | undefined): Promise<Argv> {
  if (ANALYSIS_COMMANDS.some((command) => command === name)) return to;
  const { addBenchmarkCommands } = await import("../benchmarks/main.ts");
  return addBenchmarkCommands(to, {
    relativeHalfWidth: (totals) => relativeHalfWidth(sortedSamples(totals)),
    ratioOfMedians: (pairs) => ratioOfMedians(pairs, { seed: 1 }),
  });
}

/**
 * Runs what the arguments say. Errors are printed here, once, and set the process's exit code: 2 for misuse, 130 when
 * interrupted, 1 for failure.
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    await addAnalysisCommands(await addMeasuring(parser(args), args[0])).parseAsync();
  } catch (thrown) {
    // What went wrong first is the error; what failed while cleaning up after it is said, too.
    let error: unknown = thrown;
    for (; error instanceof Error && error.name === "SuppressedError"; error = (error as SuppressedError).suppressed) {
      console.error(`tierbench: while cleaning up: ${oneLine((error as SuppressedError).error)}`);
    }
    const misuse = error instanceof MisuseError || (error instanceof Error && error.name === "YError");
    console.error(`tierbench: ${oneLine(error)}`);
    if (process.env.TIERBENCH_DEBUG !== undefined) console.error(error);
    process.exitCode = misuse ? 2 : error instanceof InterruptedError ? 130 : 1;
  }
}
