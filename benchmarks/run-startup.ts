/** The experiment startup: its schedule of warm and cold starts, and the row of each. */
import { partition } from "../research/phases.ts";
import { STARTUP } from "../research/protocol.ts";
import type { StartupRow } from "../research/tables.ts";
import { type ClockNs, elapsedNs } from "../research/units.ts";
import { type Instruments, observeStart, unstarted } from "./experiments/startup.ts";
import type { PageCache, Recorder } from "./ports.ts";
import { runBlocks, type TrialReport } from "./run-experiment.ts";
import type { Block, ScheduledTrial } from "./schedule.ts";
import { startupRow } from "./startup-row.ts";

export interface StartupRun extends Instruments {
  readonly blocks: readonly Block[];
  /** The reference by which the engine knows each image. */
  readonly references: ReadonlyMap<string, string>;
  /** Or why there is none: then no cold trial may be scheduled. */
  readonly pageCache: PageCache | { readonly problem: string };
  readonly recorder: Recorder<StartupRow>;
  readonly onTrial: (report: TrialReport) => void;
  /** Conditions that need no further trial. */
  readonly isDone: (trial: ScheduledTrial) => boolean;
}

/**
 * Runs every trial of every block. The container of a trial is gone, and its network torn down, before the next begins.
 * @throws the signal's reason when it is aborted; an Error when the engine stops answering. Rows recorded stay.
 */
export async function runStartup(run: StartupRun, signal: AbortSignal): Promise<void> {
  let teardownEnd: ClockNs | undefined;
  const measure = async (block: Block, trial: ScheduledTrial) => {
    const measured = await runTrial(run, block, trial, teardownEnd, signal);
    teardownEnd = measured.start.teardownEnd;
    return measured;
  };
  const { blocks, engine, onTrial, isDone } = run;
  const due = (trials: readonly ScheduledTrial[]): ScheduledTrial[] => stillDue(trials, isDone);
  await runBlocks({ blocks, due, measure, onTrial, ping: () => engine.ping() }, signal);
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
  run: StartupRun,
  block: Block,
  trial: ScheduledTrial,
  teardownEnd: ClockNs | undefined,
  signal: AbortSignal,
): Promise<Omit<TrialReport, "block" | "warmup">> {
  const { clock, probe, recorder } = run;
  const image = run.references.get(trial.image);
  if (image === undefined) throw new Error(`no reference for image ${trial.image}`);
  const request = { image, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
  const warm = trial.mode === "cold" ? await stillWarm(run.pageCache, image) : undefined;
  const wall = clock.wallOffset();
  const start = warm === undefined ? await observeStart(run, request, signal) : unstarted(warm, clock);
  const gap = teardownEnd === undefined ? null : elapsedNs(teardownEnd, start.client.create_sent);
  const { row, milestones } = startupRow({
    block: block.block,
    trial,
    start,
    gap,
    wall,
    engineIsLocal: run.engine.local,
    probe,
  });
  recorder.record(row);
  const { outcome, problem } = start;
  return {
    condition: `${trial.image} ${trial.mode}`,
    trial,
    start,
    outcome,
    problem,
    total: partition(milestones).total_ns,
    attributed: milestones.entry_exec !== undefined,
  };
}

/** Why a start would not be cold; `undefined` when the cache is empty. */
async function stillWarm(pageCache: StartupRun["pageCache"], image: string): Promise<string | undefined> {
  if ("problem" in pageCache) return pageCache.problem;
  return pageCache.drop(image).then(
    () => undefined,
    (error: Error) => error.message,
  );
}
