/** The experiment startup: its schedule of warm and cold starts, and the row of each. */
import { partition } from "../../research/phases.ts";
import { type Mode, STARTUP } from "../../research/protocol.ts";
import { type StartupRow, startupCondition, startupTable } from "../../research/tables/startup.ts";
import { type ClockNs, elapsedNs } from "../../research/units.ts";
import type { Experiment, Laboratory } from "../design/experiment.ts";
import type { Variant } from "../design/flags/variants.ts";
import type { PageCache, Recorder } from "../design/ports.ts";
import { RecordedTrials } from "../design/recorded-trials.ts";
import { runBlocks } from "../design/run-experiment.ts";
import { type Block, iterationsOf, type ScheduledTrial, schedule } from "../design/schedule.ts";
import { type Portion, portionOf } from "../design/session-plan.ts";
import { type ObservedStart, observeStart, type StartRequest, unstarted } from "../start/observe-start.ts";
import { conditionOf, type PrecisionGoal } from "../start/precision-goal.ts";
import { startupRow, type TrialReport } from "../start/startup-row.ts";
import { watchListens } from "../start/watch-listens.ts";
import { watchWall } from "../start/watch-wall.ts";

export interface StartupDesign {
  /** Of docker's flags; one without a name where none were asked for. */
  readonly variants: readonly Variant[];
  /** Of every start; `undefined`: the image's own. */
  readonly command: readonly string[] | undefined;
  /** Beyond the end of a start. */
  readonly wait: Pick<StartRequest, "until" | "expectExit">;
  /** The reference by which the engine knows each image. */
  readonly references: ReadonlyMap<string, string>;
  /** Or why there is none: then there are no cold trials. */
  readonly pageCache: PageCache | { readonly problem: string };
  /** Conditions that have reached it need no further trial. */
  readonly goal: Pick<PrecisionGoal, "note" | "reached">;
}

/** Duration of a start with its removal on a small machine; a cold one takes twice as long. */
const START_SECONDS = 0.4;

export interface StartupExperiment extends Experiment {
  /** Of each image, in a session. */
  readonly iterations: (portion: Portion) => Readonly<Record<Mode, number>>;
}

/** The container of a trial is gone, and its network torn down, before the next begins. */
export function startupExperiment({ references, variants, command, wait, pageCache, goal }: StartupDesign): StartupExperiment {
  const images = [...references.keys()];
  const modes = "problem" in pageCache ? (["warm"] as const) : (["warm", "cold"] as const);
  const iterations = (portion: Portion): Record<Mode, number> => {
    const { warm, cold } = iterationsOf(portion.iterations, !("problem" in pageCache));
    return { warm: portionOf(warm, portion), cold: portionOf(cold, portion) };
  };
  const blocksOf = (portion: Portion, seed: number): Block[] =>
    schedule({
      images,
      variants: variants.map(({ name }) => name),
      iterations: iterations(portion),
      warmupBlocks: STARTUP.warmupBlocks,
      seed,
    });
  return {
    name: "startup",
    roles: [],
    ofImages: [],
    conditionsIn: () => [],
    plan: (portion) => ({
      name: "startup",
      conditions: images.flatMap((image) =>
        variants.flatMap(({ name: variant }) => modes.map((mode) => startupCondition({ image, mode, variant }))),
      ),
      iterations: iterations(portion).warm,
      warmup_blocks: STARTUP.warmupBlocks,
    }),
    iterations,
    size: (portion) => {
      const blocks = blocksOf(portion, 0);
      const trials = blocks.flatMap((block) => block.trials);
      const seconds = trials.reduce((sum, { mode }) => sum + (mode === "cold" ? 2 : 1) * START_SECONDS, 0);
      return { blocks: blocks.length, trials: trials.length, seconds };
    },
    run: async ({ laboratory, openRecorder, recorded, portion, seed, onTrial }, signal) => {
      const blocks = blocksOf(portion, seed);
      const rows = new RecordedTrials(recorded(startupTable).map((row) => ({ ...row, condition: conditionOf(row) })));
      const due = blocks
        .map(({ block, trials }) => ({
          block,
          trials: stillDue(trials, (trial) => goal.reached(trial)).filter(
            (trial) => !rows.take({ block, warmup: trial.warmup, condition: conditionOf(trial) }),
          ),
        }))
        .filter(({ trials }) => trials.length > 0);
      if (due.length === 0) return;
      using recorder = openRecorder(startupTable);
      await using _listens = await watchListens(laboratory.probe, wait.until);
      let teardownEnd: ClockNs | undefined;
      const measureWith =
        ({ record }: Pick<Recorder<StartupRow>, "record">) =>
        async ({ block }: Block, trial: ScheduledTrial) => {
          const place = { block, trial, teardownEnd };
          const measured = await runTrial({ references, variants, command, wait, pageCache, laboratory, record }, place, signal);
          teardownEnd = measured.start.teardownEnd;
          return [measured];
        };
      const stillThere = (): Promise<void> => laboratory.engine.stillThere();
      // A continued session warms up again; its warm-up trials are in the table already.
      const warming = blocks.slice(0, STARTUP.warmupBlocks);
      if (rows.any && (due[0] as Block).block > warming.length) {
        const nowhere = { record: () => undefined };
        await runBlocks({ blocks: warming, measure: measureWith(nowhere), onTrial: () => undefined, stillThere }, signal);
      }
      await runBlocks(
        {
          blocks: due,
          measure: measureWith(recorder),
          onTrial: (report: TrialReport) => {
            goal.note(report);
            onTrial(report);
          },
          stillThere,
        },
        signal,
      );
    },
  };
}

/** Without the trials of conditions that are done, and without warming starts where no cold one is left to follow. */
function stillDue(trials: readonly ScheduledTrial[], isDone: (trial: ScheduledTrial) => boolean): ScheduledTrial[] {
  const due = trials.filter((trial) => !isDone(trial));
  const warms = trials.every(({ warmup }) => warmup) || due.some(({ mode }) => mode === "cold");
  return warms ? due : due.filter(({ warmup }) => !warmup);
}

interface Means extends Pick<StartupDesign, "references" | "variants" | "command" | "wait" | "pageCache"> {
  readonly laboratory: Laboratory;
  readonly record: Recorder<StartupRow>["record"];
}

interface Place {
  readonly block: number;
  readonly trial: ScheduledTrial;
  /** Of the trial before. */
  readonly teardownEnd: ClockNs | undefined;
}

async function runTrial(
  { references, variants, command, wait, pageCache, laboratory, record }: Means,
  { block, trial, teardownEnd }: Place,
  signal: AbortSignal,
): Promise<Omit<TrialReport, "block" | "endsBlock" | "warmup">> {
  const { clock, probe, engine } = laboratory;
  const image = references.get(trial.image);
  if (image === undefined) throw new Error(`no reference for image ${trial.image}`);
  const body = variants.find(({ name }) => name === trial.variant)?.body;
  const untilFirstByte = wait.until !== undefined && wait.until.kind !== "exits";
  const request = { ...{ image, command, body, ...wait, untilFirstByte }, timeout: STARTUP.timeout };
  const warm = trial.mode === "cold" ? await stillWarm(pageCache, image) : undefined;
  const wall = watchWall(clock);
  const start = warm === undefined ? await observeStart(laboratory, request, signal) : unstarted(warm, clock);
  const gap = teardownEnd === undefined ? null : elapsedNs(teardownEnd, start.client.create_sent);
  const { row, milestones, judged } = startupRow({ block, trial, start, gap, wall: wall(), engineIsLocal: engine.local, probe });
  record(row);
  return {
    condition: startupCondition(trial),
    trial,
    start: { ...start, ...judged },
    ...judged,
    total: partition(milestones).total_ns,
    unseen: start.trace.length > 0 && milestones.entry_exec === undefined,
    printed: command === STARTUP.command ? otherOutput(start) : undefined,
  };
}

/** An entrypoint that takes the command for arguments of its own, or ignores it, prints something else; or nothing. */
function otherOutput({ outcome, output, errors }: ObservedStart): string | undefined {
  const printed = output.map(({ text }) => text).join("");
  return outcome !== "ok" || printed === STARTUP.prints ? undefined : printed + errors;
}

/** Why a start would not be cold; `undefined` when the files have left the cache. */
async function stillWarm(pageCache: StartupDesign["pageCache"], image: string): Promise<string | undefined> {
  if ("problem" in pageCache) return pageCache.problem;
  return pageCache.drop(image).then(
    () => undefined,
    (error: Error) => error.message,
  );
}
