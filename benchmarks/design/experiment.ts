/** What an experiment is: one table, one list of conditions, one way to measure a trial. */
import type { PlannedExperiment } from "../../research/manifest.ts";
import { BESIDE_THE_QUESTION, type ExperimentName, type Outcome, USUAL_ITERATIONS } from "../../research/protocol.ts";
import type { Table } from "../../research/table.ts";
import { conditionName, type TrialPlace, type TrialRow, type TrialTable } from "../../research/tables/columns/trial-table.ts";
import { type ClockNs, type Nanoseconds, unixNs } from "../../research/units.ts";
import type { PathStep } from "../timeline/causes/start-causes.ts";
import { oneLine } from "./one-line.ts";
import type {
  Accounts,
  DockerCommand,
  ImageRole,
  ImageStore,
  Instruments,
  Launchers,
  OpenRecorder,
  PageCache,
  Recorder,
  Registry,
  RootfsCache,
} from "./ports.ts";
import { oneOfEach, RecordedTrials } from "./recorded-trials.ts";
import { type Report, runBlocks } from "./run-experiment.ts";
import { type Block, blocksOf, type Group } from "./schedule.ts";
import { type Portion, portionOf } from "./session-plan.ts";
import { Unmeasurable } from "./unmeasurable.ts";

/** What trials may use of the world. */
export interface Laboratory extends Instruments {
  /** This process, where the machine that is traced is its own. */
  readonly clientPid: number | undefined;
  /** References of the images that the experiment asked for. */
  readonly images: Readonly<Record<ImageRole, string>>;
  readonly store: ImageStore;
  readonly accounts: Accounts;
  readonly rootfsCache: RootfsCache;
  /** @throws Error when there can be none */
  readonly openRegistry: (signal: AbortSignal) => Promise<Registry>;
  /** Keeps the capture of a start beside the rows; `undefined`: nobody asked for that. @throws Error when it cannot be written */
  readonly keepTrace: ((containerId: string, capture: string) => void) | undefined;
  /** Takes the critical path of a start, of which the session may keep it; `undefined`: nobody does. */
  readonly keepPath: ((containerId: string, path: readonly PathStep[]) => void) | undefined;
  /** @throws Error that says what is missing */
  readonly openDockerCommand: () => Promise<DockerCommand>;
  /** Of these images. @throws Error when no start can be made cold here, or shown to be */
  readonly openPageCache: (images: readonly string[]) => Promise<PageCache>;
  /** @throws Error that says what is missing */
  readonly openLaunchers: (image: string, signal: AbortSignal) => Promise<Launchers>;
}

/** What a trial measured in one container, or other subject of a row. */
export interface Part<M> {
  readonly outcome: Outcome;
  /** Why it is not `ok`, or why something of it is missing. */
  readonly problem: string | undefined;
  readonly began: ClockNs;
  readonly containerId: string | undefined;
  readonly measured: M;
}

export interface Trial<M> {
  /** One row each; mostly one. */
  readonly parts: readonly Part<M>[];
  /** The number shown while it runs; `null` where it is not known. */
  readonly headline: Nanoseconds | null;
}

interface Common<C, M> {
  readonly table: TrialTable<C, M>;
  /** Each is run once in every block. */
  readonly conditions: readonly C[];
  /** How many of {@link USUAL_ITERATIONS} are run: what takes long is repeated less often. */
  readonly share: number;
  /** The conditions that are run so often; the others as often as {@link BESIDE_THE_QUESTION}. All, unless it is given. */
  readonly asked?: (condition: C) => boolean;
  readonly warmupBlocks: number;
  /** About how long a block takes on a small machine (two cores, Docker 20.10); for the estimate alone. */
  readonly blockSeconds: number;
  readonly roles: readonly ImageRole[];
  /** Names of images that were chosen, each of which is a condition; none, unless it is given. */
  readonly ofImages?: readonly string[];
  /** In which of the roles a condition is run; in all of them by default. */
  readonly roleOf?: (condition: C) => ImageRole;
  /** What a trial does, in words that change when something does on which its numbers depend. */
  readonly workload: string;
}

/**
 * Makes what the trials need.
 * @throws Error that says what is missing where the experiment cannot be measured
 */
type Open<B> = (laboratory: Laboratory, signal: AbortSignal) => Promise<B>;

interface Declaration<C, M> extends Common<C, M> {
  readonly open: Open<Bench<C, M>>;
}

interface SharingDeclaration<C, M> extends Common<C, M> {
  /** Conditions of which it is the same share a container. */
  readonly container: (condition: C) => string;
  readonly open: Open<SharingBench<C, M>>;
}

/** Ready for trials; disposal removes what was made for them. */
interface Ready<C> extends AsyncDisposable {
  /** Conditions that are unavailable here, and why; the others are measured. */
  readonly lacking?: ReadonlyMap<C, string>;
}

export interface Bench<C, M> extends Ready<C> {
  readonly trial: (condition: C, signal: AbortSignal) => Promise<Trial<M>>;
}

export interface SharingBench<C, M> extends Ready<C> {
  /** One trial of each of these conditions, in this order, in one container. */
  readonly trials: (conditions: readonly C[], signal: AbortSignal) => Promise<readonly Trial<M>[]>;
}

export const NOTHING_TO_REMOVE: AsyncDisposable = { [Symbol.asyncDispose]: async () => undefined };

export type Recorded = <R extends TrialPlace>(table: Table<R>) => readonly R[];

/** Of a session that begins. */
export const NOTHING_RECORDED: Recorded = () => [];

export interface Setting {
  readonly laboratory: Laboratory;
  readonly openRecorder: OpenRecorder;
  /** Rows of this session that are there already: it is continued, and runs what is left. */
  readonly recorded: Recorded;
  readonly portion: Portion;
  readonly seed: number;
  readonly onTrial: (report: Report) => void;
  /** Called for each condition that is unavailable. */
  readonly onLack: (condition: string, problem: string) => void;
}

export interface Size {
  readonly blocks: number;
  readonly trials: number;
  /** About how long it takes on a small machine. */
  readonly seconds: number;
}

/** An experiment with its own types erased. */
export interface Experiment {
  readonly name: ExperimentName;
  readonly roles: readonly ImageRole[];
  /** Names of images that were chosen, each of which is a condition. */
  readonly ofImages: readonly string[];
  /** Names of the conditions that are run in the image of a role. */
  readonly conditionsIn: (role: ImageRole) => readonly string[];
  /** The portion for a session; an experiment with 0 iterations has no part in it. */
  readonly plan: (portion: Portion) => PlannedExperiment;
  readonly size: (portion: Portion) => Size;
  /** Measures that portion of it and records every trial. */
  readonly run: (setting: Setting, signal: AbortSignal) => Promise<void>;
}

/** Each trial has its own resources, mostly a container. */
export const defineExperiment = <C extends object, M extends object>(
  name: ExperimentName,
  declared: Declaration<C, M>,
): Experiment =>
  defineSharingExperiment(name, {
    ...declared,
    container: (condition) => conditionName(declared.table, condition),
    open: async (laboratory, signal) => {
      const bench = await declared.open(laboratory, signal);
      return {
        ...(bench.lacking === undefined ? {} : { lacking: bench.lacking }),
        trials: async (conditions, trialSignal) => {
          const trials = [];
          for (const condition of conditions) trials.push(await bench.trial(condition, trialSignal));
          return trials;
        },
        [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
      };
    },
  });

/**
 * Several conditions are measured in one container, one after the other in an order drawn from the seed, each a trial with
 * rows of its own: where starting it would take much longer than measuring in it, and what one leaves behind is cleared
 * before the next.
 */
export function defineSharingExperiment<C extends object, M extends object>(
  name: ExperimentName,
  declared: SharingDeclaration<C, M>,
): Experiment {
  const { table, conditions, share, warmupBlocks, blockSeconds, roles, ofImages = [], roleOf, workload } = declared;
  const nameOf = (condition: C): string => conditionName(table, condition);
  const groups = [...new Set(conditions.map(declared.container))].map((container) =>
    conditions.filter((condition) => declared.container(condition) === container),
  );
  const timesOf = (portion: Portion, of: number): number =>
    portionOf(Math.max(1, Math.round((portion.iterations * of) / USUAL_ITERATIONS)), portion);
  const iterationsOf = (portion: Portion): number => timesOf(portion, share);
  const timesIn = (portion: Portion) => (condition: C) =>
    timesOf(portion, declared.asked?.(condition) === false ? BESIDE_THE_QUESTION : share);
  const scheduleOf = (of: readonly (readonly C[])[], portion: Portion, seed: number): Block<Group<C>>[] =>
    blocksOf(of, iterationsOf(portion), warmupBlocks, seed, timesIn(portion));
  return {
    name,
    roles,
    ofImages,
    conditionsIn: (role) => conditions.filter((condition) => (roleOf?.(condition) ?? role) === role).map(nameOf),
    size: (portion) => {
      const iterations = iterationsOf(portion);
      const blocks = iterations === 0 ? 0 : iterations + warmupBlocks;
      const warmups = (blocks - iterations) * conditions.length;
      const trials = conditions.map(timesIn(portion)).reduce((sum, times) => sum + times, warmups);
      return { blocks, trials, seconds: (trials / conditions.length) * blockSeconds };
    },
    plan: (portion) => {
      const iterations = iterationsOf(portion);
      const fewer = conditions
        .map((condition) => [nameOf(condition), timesIn(portion)(condition)] as const)
        .filter(([, times]) => times < iterations);
      return {
        ...{ name, conditions: conditions.map(nameOf), iterations },
        ...(fewer.length === 0 ? {} : { fewer: Object.fromEntries(fewer) }),
        ...{ warmup_blocks: warmupBlocks, workload },
      };
    },
    run: async ({ laboratory, openRecorder, recorded, portion, seed, onTrial, onLack }, signal) => {
      const rows = oneOfEach(recorded(table)).map((row) => ({ ...row, condition: nameOf(row) }));
      const left = (of: readonly Block<Group<C>>[]): Block<Group<C>>[] => withoutRecorded(of, nameOf, new RecordedTrials(rows));
      if (left(scheduleOf(groups, portion, seed)).length === 0) return;
      await using bench = await declared.open(laboratory, signal).catch(async (cause: Error) => {
        signal.throwIfAborted();
        await laboratory.engine.stillThere();
        throw new Unmeasurable(cause.message, { cause });
      });
      const { lacking = new Map<C, string>() } = bench;
      for (const [condition, problem] of lacking) onLack(nameOf(condition), problem);
      using recorder = openRecorder(table);
      const had = groups.map((group) => group.filter((condition) => !lacking.has(condition))).filter((group) => group.length > 0);
      const blocks = scheduleOf(had, portion, seed);
      const measure = async (
        { block }: { readonly block: number },
        group: Group<C>,
        record: Recorder<TrialRow<C, M>>["record"] = recorder.record,
      ) => {
        const { clock } = laboratory;
        const wall = clock.wallOffset();
        const began = clock.now();
        const trials = await bench.trials(group.conditions, signal).catch((error: Error): Trial<M>[] => {
          // An interrupt, and what it kept from being removed, is not a measurement.
          if (signal.aborted) throw error;
          const { unmeasured } = table;
          const part = {
            outcome: "failed",
            problem: error.message,
            began,
            containerId: undefined,
            measured: unmeasured,
          } as const;
          return group.conditions.map(() => ({ parts: [part], headline: null }));
        });
        return trials.map(({ parts, headline }, index) => {
          const condition = group.conditions[index] as C;
          const rows = parts.map(({ outcome, problem, began, containerId, measured }) => ({
            ...condition,
            ...measured,
            block,
            warmup: group.warmup,
            outcome,
            container_id: containerId ?? null,
            started_unix_ns: unixNs(began + wall.offset),
            reason: problem === undefined ? null : oneLine(problem),
          }));
          // The compiler does not see that C, M and the rest are all the columns there are.
          record(...(rows as unknown as TrialRow<C, M>[]));
          const { outcome, problem } = worst(parts);
          return { condition: nameOf(condition), outcome, problem, total: headline };
        });
      };
      const stillThere = (): Promise<void> => laboratory.engine.stillThere();
      const [due, warming] = [left(blocks), blocks.slice(0, warmupBlocks)];
      if (rows.length > 0 && due.every(({ trials }) => trials.every(({ warmup }) => !warmup)))
        await runBlocks(
          { blocks: warming, measure: (block, group) => measure(block, group, unrecorded), onTrial: unreported, stillThere },
          signal,
        );
      await runBlocks({ blocks: due, measure, onTrial, stillThere }, signal);
    },
  };
}

/** The blocks with the trials that are not recorded; those that have none left are gone. */
const withoutRecorded = <C>(
  blocks: readonly Block<Group<C>>[],
  nameOf: (condition: C) => string,
  recorded: RecordedTrials,
): Block<Group<C>>[] =>
  blocks
    .map(({ block, trials }) => ({
      block,
      trials: trials
        .map(({ conditions, warmup }) => ({
          warmup,
          conditions: conditions.filter((condition) => !recorded.take({ block, warmup, condition: nameOf(condition) })),
        }))
        .filter(({ conditions }) => conditions.length > 0),
    }))
    .filter(({ trials }) => trials.length > 0);

/** A continued session warms up again; its warm-up trials are in the table already. */
const unrecorded = (): void => undefined;
const unreported = (): void => undefined;

/** The worst part decides the outcome of a trial. */
const worst = (parts: readonly Part<unknown>[]): Pick<Part<unknown>, "outcome" | "problem"> =>
  parts.find(({ outcome }) => outcome !== "ok") ??
  parts.find(({ problem }) => problem !== undefined) ?? { outcome: "ok", problem: undefined };
