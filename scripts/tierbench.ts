/** The command. Errors are printed here, once: exit code 2 for misuse, 130 when interrupted, 1 for failure. */
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { addAnalysisCommands } from "../analysis/main.ts";
import { addBenchmarkCommands } from "../benchmarks/main.ts";
import { InterruptedError } from "../research/interrupted.ts";
import { MisuseError } from "../research/misuse.ts";

const cli = yargs(hideBin(process.argv))
  .scriptName("tierbench")
  .usage("$0 <command>\n\nWhere does a container's start time go? Measures it, splits it into three tiers, explains it.")
  // An option given twice: the last one counts, as in most programs.
  .parserConfiguration({ "camel-case-expansion": false, "duplicate-arguments-array": false })
  .completion("completion", "print a shell completion script")
  .strict()
  .recommendCommands()
  .demandCommand(1, "name a command; tierbench --help lists them")
  .wrap(Math.min(120, process.stdout.columns ?? 100))
  .epilogue("Errors: exit code 2 for misuse, 1 for failure.")
  .fail((message, error) => {
    throw error ?? new MisuseError(message);
  });

// `| head` closes our output early: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await addAnalysisCommands(addBenchmarkCommands(cli)).parseAsync();
} catch (error) {
  const misuse = error instanceof MisuseError || (error instanceof Error && error.name === "YError");
  const message = error instanceof Error ? error.message : String(error);
  console.error(`tierbench: ${message.trim().replace(/\s*\n\s*/g, " ")}`);
  if (process.env.TIERBENCH_DEBUG !== undefined) console.error(error);
  process.exitCode = misuse ? 2 : error instanceof InterruptedError ? 130 : 1;
}
