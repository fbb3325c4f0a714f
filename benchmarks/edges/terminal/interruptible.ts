import process from "node:process";
import { InterruptedError } from "../../../research/interrupted.ts";
import { folded } from "../../../research/text/screen/folded.ts";
import { message } from "../../../research/text/visible.ts";
import { endingByItself } from "../ends-by-itself.ts";
import { givenUp } from "../given-up.ts";
import { status } from "./status-line.ts";
import { errorSurroundings } from "./terminal.ts";

/** How long the work may take to clean up: an interrupt wins within two seconds, whatever does not answer. */
const PATIENCE_MS = 1_800;

/**
 * Ctrl-C, SIGTERM and a terminal that is closed end the work in order; a second one ends the program at once, and so does
 * the end of its patience.
 * @param remedy the command that removes what could not be cleaned up
 */
export async function interruptible(work: (signal: AbortSignal) => Promise<void>, remedy = "tierbench sweep"): Promise<void> {
  const controller = new AbortController();
  let patience: NodeJS.Timeout | undefined;
  const interrupt = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(130);
    status("");
    process.stderr.write(`\n${name}: cleaning up (again to stop at once)\n`);
    patience = setTimeout(() => {
      const ending = endingByItself();
      const what =
        ending.length > 0
          ? `${ending.join(" and ")}, and ends by itself`
          : `not all could be cleaned up in time, something does not answer: what is left is removed by ${remedy}`;
      process.stderr.write(`${folded(message(`tierbench: interrupted by ${name}; ${what}`), errorSurroundings())}\n`);
      process.exit(130);
    }, PATIENCE_MS);
    controller.abort(new InterruptedError(`interrupted by ${name}`));
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  process.on("SIGHUP", interrupt);
  try {
    await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    const reason = error instanceof InterruptedError ? error : (controller.signal.reason as InterruptedError);
    const calls = givenUp();
    if (calls.length === 0) throw reason;
    throw new InterruptedError(
      `${reason.message}; ${calls.join(" and ")} ${calls.length === 1 ? "was" : "were"} not waited for: what may be left is removed by ${remedy}`,
      { cause: reason },
    );
  } finally {
    clearTimeout(patience);
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
    process.off("SIGHUP", interrupt);
  }
}
