/** Walks the blocks of an experiment; tinybench drives the trials, each trial's rows are recorded as it ends. */
import { Bench } from "tinybench";
import type { Outcome } from "../research/protocol.ts";
import { type Nanoseconds, toMilliseconds } from "../research/units.ts";
import type { ObservedStart } from "./experiments/startup.ts";
import type { Block, ScheduledTrial } from "./schedule.ts";
import { Unmeasurable } from "./unmeasurable.ts";

/** What a trial came to. */
export interface Measured {
  readonly condition: string;
  readonly outcome: Outcome;
  /** Why it is not `ok`. */
  readonly problem: string | undefined;
  /** The duration that the trial is about, or `null`. */
  readonly total: Nanoseconds | null;
  /** Whether there was a kernel probe that did not see the container. */
  readonly unseen?: boolean;
}

/** The same, for whoever watches. */
export interface Report extends Measured {
  readonly block: Pick<Block, "block"> & { readonly trials: { readonly length: number } };
  readonly warmup: boolean;
}

/** A trial of the experiment startup. */
export interface TrialReport extends Report {
  readonly trial: ScheduledTrial;
  readonly start: ObservedStart;
}

export interface Walk<T, M extends Measured> {
  readonly blocks: readonly Block<T>[];
  /** Which trials of a block are still to be run; all, where nothing is said. */
  readonly due?: (trials: readonly T[]) => readonly T[];
  /** Runs one trial and records it. */
  readonly measure: (block: Block<T>, trial: T) => Promise<M>;
  readonly onTrial: (report: M & Report) => void;
  /** @throws Error when the engine does not answer */
  readonly ping: () => Promise<void>;
}

/** So many trials in a row that fail are no accident. */
const HOPELESS = 5;

/**
 * Runs every trial of every block.
 * @throws the signal's reason when it is aborted; an Error when the engine stops answering; Unmeasurable when trials fail
 *   every time. Rows recorded stay.
 */
export async function runBlocks<T extends { readonly warmup: boolean }, M extends Measured>(
  { blocks, due = (trials) => trials, measure, onTrial, ping }: Walk<T, M>,
  signal: AbortSignal,
): Promise<void> {
  let inARow = 0;
  /** A failed trial is a row; an engine that does not answer, or fails every time, ends the run. */
  const giveUpWhereHopeless = async ({ outcome, problem }: Measured): Promise<void> => {
    inARow = outcome === "failed" || outcome === "timeout" ? inARow + 1 : 0;
    if (inARow > 0) await ping();
    if (inARow === HOPELESS) throw new Unmeasurable(`${HOPELESS} starts in a row did not go well, the last: ${problem}`);
  };
  for (const block of blocks) {
    // One pass over a block is one benchmark of single iterations. Nothing is timed by tinybench itself: the duration
    // of a trial is read from its marks.
    const bench = new Bench({ iterations: 1, time: 0, warmup: false, throws: true });
    for (const [index, trial] of due(block.trials).entries()) {
      const run = async () => {
        signal.throwIfAborted();
        const measured = await measure(block, trial);
        onTrial({ ...measured, block, warmup: trial.warmup });
        await giveUpWhereHopeless(measured);
        return { overriddenDuration: measured.total === null ? 0 : toMilliseconds(measured.total) };
      };
      bench.add(`trial ${index}`, run, { async: true });
    }
    await bench.run();
  }
}
