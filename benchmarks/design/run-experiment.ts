/** Runs the blocks of an experiment; tinybench drives the trials, and each trial's rows are recorded as it ends. */
import { Bench } from "tinybench";
import type { Outcome } from "../../research/protocol.ts";
import { type Nanoseconds, toMilliseconds } from "../../research/units.ts";
import type { Block } from "./schedule.ts";
import { Unmeasurable } from "./unmeasurable.ts";

/** The result of a trial. */
export interface Measured {
  readonly condition: string;
  readonly outcome: Outcome;
  /** Why it is not `ok`. */
  readonly problem: string | undefined;
  /** The duration that the trial is about, or `null`. */
  readonly total: Nanoseconds | null;
  /** Whether there was a kernel probe that did not see the container. */
  readonly unseen?: boolean;
  /** What the container printed, where the command prints something else. */
  readonly printed?: string | undefined;
}

/** The same, for progress output. */
export interface Report extends Measured {
  /** Its number. */
  readonly block: number;
  /** Whether the block ends with this trial. */
  readonly endsBlock: boolean;
  readonly warmup: boolean;
}

export interface Walk<T, M extends Measured> {
  readonly blocks: readonly Block<T>[];
  /** Which trials of a block are still to be run; all, where nothing is said. */
  readonly due?: (block: Block<T>) => readonly T[];
  /** Runs one trial, or several that share a container, and records them. */
  readonly measure: (block: Block<T>, trial: T) => Promise<readonly M[]>;
  readonly onTrial: (report: M & Report) => void;
  /** @throws EngineLost when the engine does not answer, or was started again */
  readonly stillThere: () => Promise<void>;
}

/** This many failures in a row are not by chance. */
const HOPELESS = 5;

/**
 * Runs every trial of every block.
 * @throws the signal's reason when it is aborted; EngineLost when the engine went away; Unmeasurable when trials fail
 *   every time. Rows recorded stay.
 */
export async function runBlocks<T extends { readonly warmup: boolean }, M extends Measured>(
  { blocks, due = ({ trials }) => trials, measure, onTrial, stillThere }: Walk<T, M>,
  signal: AbortSignal,
): Promise<void> {
  let inARow = 0;
  /** A failed trial is a row; an engine that does not answer, or none of whose containers works, ends the run. */
  const giveUpWhereHopeless = async (measured: readonly Measured[]): Promise<void> => {
    const last = measured.at(-1);
    inARow = measured.every(({ outcome }) => outcome === "failed" || outcome === "timeout") ? inARow + 1 : 0;
    if (inARow > 0) await stillThere();
    if (inARow === HOPELESS) throw new Unmeasurable(`${HOPELESS} starts in a row failed, the last: ${last?.problem}`);
  };
  for (const block of blocks) {
    // One pass over a block is one benchmark of single iterations. Nothing is timed by tinybench itself: the duration
    // of a trial is read from its marks. Its events and its signal stay unused: an event tells one duration, where a trial
    // may have several rows or have failed, and every task would leave a listener on a signal that outlives all blocks.
    const bench = new Bench({ iterations: 1, time: 0, warmup: false, throws: true });
    const trials = due(block);
    if (trials.length === 0) continue;
    for (const [index, trial] of trials.entries()) {
      const run = async () => {
        signal.throwIfAborted();
        const measured = await measure(block, trial);
        for (const [place, one] of measured.entries()) {
          const endsBlock = index === trials.length - 1 && place === measured.length - 1;
          onTrial({ ...one, block: block.block, endsBlock, warmup: trial.warmup });
        }
        await giveUpWhereHopeless(measured);
        const total = measured.at(-1)?.total ?? null;
        return { overriddenDuration: total === null ? 0 : toMilliseconds(total) };
      };
      bench.add(`trial ${index}`, run, { async: true });
    }
    await bench.run();
  }
}
