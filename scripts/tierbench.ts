/** The command's process: its arguments, and its two streams. */
import { hideBin } from "yargs/helpers";
import { runCommand } from "./run-command.ts";

// `| head` closes our output early: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

// Progress may have nobody left to read it (Ctrl-C ends `| tee` first): the measurement and its cleanup go on.
process.stderr.on("error", () => undefined);

await runCommand(hideBin(process.argv));
