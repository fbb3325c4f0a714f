import process from "node:process";
import { InterruptedError } from "../../../research/interrupted.ts";

/** Ctrl-C, SIGTERM and a terminal that is closed end the work in order; a second one ends the program at once. */
export async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const interrupt = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write(`\n${name}: cleaning up (again to stop at once)\n`);
    controller.abort(new InterruptedError(`interrupted by ${name}`));
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  process.on("SIGHUP", interrupt);
  try {
    await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted && !(error instanceof InterruptedError) ? controller.signal.reason : error;
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
    process.off("SIGHUP", interrupt);
  }
}
