/** Walks the schedule; tinybench drives the trials, each trial's row is recorded as it ends. */
import { Bench } from "tinybench";
import { partition } from "../research/phases.ts";
import { STARTUP } from "../research/protocol.ts";
import { type ClockNs, elapsedNs, type Nanoseconds, toMilliseconds } from "../research/units.ts";
import { type Instruments, type ObservedStart, observeStart, unstarted } from "./experiments/startup.ts";
import type { PageCache, Recorder } from "./ports.ts";
import type { Block, ScheduledTrial } from "./schedule.ts";
import { startupRow } from "./startup-row.ts";

export interface TrialReport {
  readonly block: Block;
  readonly trial: ScheduledTrial;
  readonly start: ObservedStart;
  /** create_sent → entry_acts, or `null`. */
  readonly total: Nanoseconds | null;
  /** Whether the kernel showed the entrypoint's exec. */
  readonly attributed: boolean;
}

export interface Experiment extends Instruments {
  readonly blocks: readonly Block[];
  /** The reference by which the engine knows each image. */
  readonly references: ReadonlyMap<string, string>;
  /** Or why there is none: then no cold trial may be scheduled. */
  readonly pageCache: PageCache | { readonly problem: string };
  readonly recorder: Recorder;
  readonly onTrial: (report: TrialReport) => void;
  /** Conditions that need no further trial. */
  readonly isDone: (trial: ScheduledTrial) => boolean;
}

/** So many starts in a row that fail are no accident. */
const HOPELESS = 5;

/**
 * Runs every trial of every block. The container of a trial is gone, and its network torn down, before the next begins.
 * @throws the signal's reason when it is aborted; an Error when the engine stops answering. Rows recorded stay.
 */
export async function runExperiment(experiment: Experiment, signal: AbortSignal): Promise<void> {
  let teardownEnd: ClockNs | undefined;
  let inARow = 0;
  /** A failed start is a row; an engine that does not answer, or fails every time, ends the run. */
  const giveUpWhereHopeless = async ({ outcome, problem }: ObservedStart, ping: () => Promise<void>): Promise<void> => {
    inARow = outcome === "failed" || outcome === "timeout" ? inARow + 1 : 0;
    if (inARow > 0) await ping();
    if (inARow === HOPELESS) throw new Error(`${HOPELESS} starts in a row did not go well, the last: ${problem}`);
  };
  for (const block of experiment.blocks) {
    // One pass over a block is one benchmark of single iterations. Nothing is timed by tinybench itself: the duration
    // of a trial is read from its milestones.
    const bench = new Bench({ iterations: 1, time: 0, warmup: false, throws: true });
    const due = stillDue(block.trials, experiment.isDone);
    for (const [index, trial] of due.entries()) {
      const run = async () => {
        signal.throwIfAborted();
        const report = await runTrial(experiment, block, trial, teardownEnd, signal);
        teardownEnd = report.start.teardownEnd;
        experiment.onTrial(report);
        await giveUpWhereHopeless(report.start, () => experiment.engine.ping());
        return { overriddenDuration: report.total === null ? 0 : toMilliseconds(report.total) };
      };
      bench.add(`${index} ${trial.image} ${trial.mode}`, run, { async: true });
    }
    await bench.run();
  }
}

/** Without the trials of conditions that are done; warming starts go with the cold one that they follow. */
function stillDue(trials: readonly ScheduledTrial[], isDone: (trial: ScheduledTrial) => boolean): ScheduledTrial[] {
  let cause: ScheduledTrial | undefined;
  return trials.filter((trial) => {
    if (!trial.warmup) cause = trial;
    return !isDone(trial.warmup && cause !== undefined ? cause : trial);
  });
}

async function runTrial(
  experiment: Experiment,
  block: Block,
  trial: ScheduledTrial,
  teardownEnd: ClockNs | undefined,
  signal: AbortSignal,
): Promise<TrialReport> {
  const { clock, probe, recorder } = experiment;
  const image = experiment.references.get(trial.image);
  if (image === undefined) throw new Error(`no reference for image ${trial.image}`);
  const request = { image, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
  const warm = trial.mode === "cold" ? await stillWarm(experiment.pageCache, image) : undefined;
  const wall = clock.wallOffset();
  const start = warm === undefined ? await observeStart(experiment, request, signal) : unstarted(warm, clock);
  const gap = teardownEnd === undefined ? null : elapsedNs(teardownEnd, start.client.create_sent);
  const { row, milestones } = startupRow({
    block: block.block,
    trial,
    start,
    gap,
    wall,
    engineIsLocal: experiment.engine.local,
    probe,
  });
  recorder.record(row);
  return { block, trial, start, total: partition(milestones).total_ns, attributed: milestones.entry_exec !== undefined };
}

/** Why a start would not be cold; `undefined` when the cache is empty. */
async function stillWarm(pageCache: Experiment["pageCache"], image: string): Promise<string | undefined> {
  if ("problem" in pageCache) return pageCache.problem;
  return pageCache.drop(image).then(
    () => undefined,
    (error: Error) => error.message,
  );
}
