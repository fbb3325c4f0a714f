/** The command's process: its arguments, and its two streams. In a thread that it started: what that is there for. */
import { isMainThread } from "node:worker_threads";
import { hideBin } from "yargs/helpers";
import { drawInThread } from "../analysis/edges/drawing/drawing-thread.ts";
import { runCommand } from "./run-command.ts";

// `| head` closes our output early: that is no failure. The command goes on all the same, as what it cleans up, and what its
// exit code says, is not for the reader alone.
process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED") return;
  process.stderr.write(`tierbench: the output could not be written: ${message}\n`);
  process.once("exit", (ending) => {
    if (ending === 0) process.exitCode = 1;
  });
});

// Progress may have nobody left to read it (Ctrl-C ends `| tee` first): the measurement and its cleanup go on.
process.stderr.on("error", () => undefined);

if (isMainThread) runCommand(hideBin(process.argv));
else drawInThread();
