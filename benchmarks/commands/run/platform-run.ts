/** One platform in a run: its engine, its folder, and its sessions as they were planned. */
import type { PlannedRun, PlannedSession, RunIdentity, Session } from "../../../research/manifest.ts";
import type { ExperimentName } from "../../../research/protocol.ts";
import { startupTable } from "../../../research/tables/startup.ts";
import { duration } from "../../../research/text/duration.ts";
import type { Warning } from "../../../research/warning.ts";
import { EngineLost } from "../../design/engine-lost.ts";
import type { ScheduledTrial } from "../../design/schedule.ts";
import type { FoundEngine } from "../../edges/engine/find-engine.ts";
import type { PlatformFolder } from "../../edges/files/platform-folder.ts";
import type { Progress } from "../../edges/terminal/progress.ts";
import { conditionOf, PrecisionGoal } from "../../start/precision-goal.ts";
import { renderWarning } from "../diagnose.ts";
import type { Estimators } from "./estimators.ts";
import { measureSession } from "./measure-session.ts";
import { type PreparedSession, type SessionWish, withSession } from "./prepare-session.ts";
import { answers, regainEngine } from "./regain-engine.ts";
import { familyOf, isDone, portionsOf, rootOf } from "./resume/interrupted-run.ts";
import type { RunRequest } from "./run-request.ts";

interface Parts {
  readonly label: string;
  /** Labels of the platforms that it takes turns with. */
  readonly partners: readonly string[];
  readonly folder: PlatformFolder;
  readonly found: FoundEngine;
  readonly plan: PlannedRun;
  readonly request: RunRequest;
  /** Whether it goes on with a run that was ended early. */
  readonly resumed: boolean;
  readonly estimators: Estimators;
  readonly progress: Progress;
  readonly say: (line: string) => void;
}

/** Approximate time of an engine's stop and start on a small machine. */
const RESTART_SECONDS = 5;
/** One that goes away more often in a run will not stay. */
const MOST_LOSSES = 5;

export class PlatformRun {
  readonly #parts: Parts;
  readonly #goal: PrecisionGoal;
  #plan: PlannedRun;
  /** How many sessions this process has measured, and how often it lost the engine. */
  #measured = 0;
  #losses = 0;
  /** Of startup; known once a session has been prepared. */
  #conditions: readonly string[] = [];
  #announced = false;
  /** Of the sessions to come; known once one has been prepared. */
  #identity: RunIdentity | undefined;
  #claimed = false;
  readonly #unmeasurable = new Set<ExperimentName>();
  readonly #told = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#plan = parts.plan;
    this.#goal = new PrecisionGoal(parts.request.precision, parts.estimators.sessionHalfWidth);
    if (parts.resumed) this.#recall();
  }

  /** What the sessions that were measured before have to say of the precision. */
  #recall(): void {
    const { folder } = this.#parts;
    const entries = folder.sessions();
    for (const root of portionsOf(this.#plan)) {
      const family = familyOf(root, this.#plan);
      const measured = entries.filter(({ session }) => family.some((planned) => planned.session === session));
      for (const { experiments = [] } of measured)
        this.#conditions = experiments.find(({ name }) => name === "startup")?.conditions ?? this.#conditions;
      for (const row of folder.rowsOf(startupTable).rows)
        if (measured.some(({ session }) => session === row.session)) this.#goal.recall(row);
      if (family.every((planned) => this.isDone(planned))) this.#goal.endSession();
    }
  }

  /** Whether anything of a portion is still to be measured. */
  #isLeft = (root: PlannedSession): boolean => familyOf(root, this.#plan).some((planned) => !this.isDone(planned));

  isDone(planned: PlannedSession): boolean {
    return isDone(planned, this.#plan, this.#parts.folder.sessions());
  }

  /** Prepares the first session and measures nothing. @throws what keeps it from being measured */
  async rehearse(signal: AbortSignal): Promise<void> {
    const next = this.#plan.sessions.find((planned) => !this.isDone(planned));
    if (next === undefined) return;
    await withSession(this.#wish(next, [this], true), this.#parts.say, signal, async (prepared) => this.#announce(prepared));
  }

  /**
   * Measures a session, and what is left of it where the engine goes away meanwhile.
   * @param platforms those that are measured in turns, this one included
   */
  async measure(planned: PlannedSession, platforms: readonly PlatformRun[], signal: AbortSignal): Promise<void> {
    let fresh = await this.#renewEngine();
    for (let next = planned; ; ) {
      try {
        await this.#measureOnce(next, platforms, fresh, signal);
        break;
      } catch (error) {
        fresh = await this.#regainEngine(error as Error, signal);
        next = this.#restOf(next, error as Error);
      }
    }
    this.#measured += 1;
    this.#goal.endSession();
  }

  async #measureOnce(
    planned: PlannedSession,
    platforms: readonly PlatformRun[],
    freshEngine: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { folder, request, progress, say } = this.#parts;
    const wish = this.#wish(planned, platforms, freshEngine);
    await withSession(wish, say, signal, async (prepared) => {
      this.#announce(prepared);
      for (const platform of platforms) platform.#claim();
      for (const warning of [...prepared.session.warnings, ...prepared.engine.warnings()]) this.#warn(warning);
      // Everything planned for it may have turned out not to be measurable.
      if (prepared.experiments.length === 0) return;
      const { registry, names, keepTraces } = request;
      const place = this.#place(planned);
      const warn = (warning: Warning): void => this.#warn(warning);
      const task = {
        prepared,
        platform: folder,
        portion: wish.portion,
        registry,
        keepTraces,
        place,
        several: names.length > 1,
        progress,
        say,
        warn,
      };
      for (const name of await measureSession(task, signal)) this.#unmeasurable.add(name);
    });
  }

  /** @returns whether it was started by this process @throws the error, where the engine is not what went wrong, or stays away */
  async #regainEngine(error: Error, signal: AbortSignal): Promise<boolean> {
    const { found, say } = this.#parts;
    if (signal.aborted || (!(error instanceof EngineLost) && (await answers(found)))) throw error;
    this.#losses += 1;
    if (this.#losses > MOST_LOSSES)
      throw new Error(`the engine went away ${MOST_LOSSES} times: ${error.message}`, { cause: error });
    return regainEngine(found, error, say, signal);
  }

  /** What is left of a session is another one's, on the engine's next start; of one that had not begun, it is itself. */
  #restOf(planned: PlannedSession, { message }: Error): PlannedSession {
    const { folder, say } = this.#parts;
    const entry = folder.sessions().find(({ session }) => session === planned.session);
    if (entry === undefined) return planned;
    const { session: last } = this.#plan.sessions.reduce((a, b) => (a.session > b.session ? a : b));
    const rest = { ...planned, session: last + 1, rest_of: planned.session };
    this.#plan = { ...this.#plan, sessions: [...this.#plan.sessions, rest] };
    folder.claim(this.#plan);
    folder.save({
      ...entry,
      warnings: [
        ...entry.warnings,
        {
          summary: `the engine went away during session ${planned.session}`,
          evidence: message,
          remedy: `what was left of it was measured as session ${rest.session}`,
        },
      ],
    });
    say(`The rest of session ${planned.session} is measured as session ${rest.session}.`);
    return rest;
  }

  /** Whether every condition has reached the precision asked for, on all platforms that have it. */
  isPrecise(platforms: readonly PlatformRun[]): boolean {
    return this.#conditions.length > 0 && this.#conditions.every((condition) => isReached(condition, platforms));
  }

  sayEnd(ending: NonNullable<Session["ending"]>): void {
    const { folder, label, partners, say } = this.#parts;
    // It may have been named for whoever typed none; engines in turns were all named.
    const named = partners.length === 0 ? `--platform ${label} ` : "";
    const goOn = ending === "interrupted" ? `; to go on, the same command with ${named}--resume` : "";
    if (this.#claimed && folder.sessions().length > 0) say(`${ending}: ${folder.folder}${goOn}`);
  }

  reaches(condition: string): boolean {
    return !this.#conditions.includes(condition) || this.#goal.reachedBy(condition);
  }

  #wish(planned: PlannedSession, platforms: readonly PlatformRun[], freshEngine: boolean): SessionWish {
    const { request, found, folder, partners, estimators, resumed } = this.#parts;
    const [plan, entries] = [this.#plan, folder.sessions()];
    const portions = portionsOf(plan);
    const index = portions.indexOf(rootOf(planned, plan));
    const continues = entries.find(({ session }) => session === planned.session);
    const family = familyOf(planned, plan).map(({ session }) => session);
    return {
      ...{ planned, continues, identity: resumed ? plan.identity : undefined },
      recordedIn: family.filter((number) => entries.some(({ session }) => session === number)),
      ...{ request, found, freshEngine, pairedWith: partners, unmeasurable: this.#unmeasurable },
      earlier: entries.filter(({ session }) => session !== planned.session),
      portion: { iterations: plan.iterations, sessions: portions.length, index },
      left: portions.flatMap((root, place) => (this.#isLeft(root) ? place : [])),
      goal: {
        note: (report) => this.#goal.note(report),
        reached: (trial: ScheduledTrial) => !trial.warmup && isReached(conditionOf(trial), platforms),
      },
      ratioOfMedians: request.calibrate && index === 0 && continues === undefined ? estimators.ratioOfMedians : undefined,
    };
  }

  /** Restarts only an engine that this run started. @returns whether it was restarted for the next session */
  async #renewEngine(): Promise<boolean> {
    const { found, say } = this.#parts;
    if (found.restart === undefined) return false;
    if (this.#measured === 0 && found.startedNow) return true;
    say("Restarting the private engine for the next session.");
    const restarted = await found.restart();
    if (!restarted) say("Another tierbench uses the private engine: it was not restarted.");
    return restarted;
  }

  #claim(): void {
    if (this.#claimed) return;
    if (this.#identity !== undefined) this.#plan = { identity: this.#identity, ...this.#plan };
    this.#parts.folder.claim(this.#plan);
    this.#claimed = true;
  }

  #announce({ session, identity, probe, trials, seconds }: PreparedSession): void {
    if (this.#announced) return;
    this.#announced = true;
    this.#identity = identity;
    const { found, request, resumed, say } = this.#parts;
    const plan = this.#plan;
    this.#conditions = session.experiments?.find(({ name }) => name === "startup")?.conditions ?? [];
    const of = this.#ofIts();
    const portions = portionsOf(plan);
    const sessions = portions.length;
    const restarts = found.restart === undefined ? 0 : portions.filter(this.#isLeft).length - 1;
    const whole = seconds + restarts * RESTART_SECONDS;
    this.#parts.progress.expect(seconds);
    say(
      `${of}Engine ${session.engine.server} from ${found.source}; probe ${probe.name} (${session.probe.reason}); seed ${plan.seed}.`,
    );
    const upTo = request.precision === undefined ? "" : ", at most";
    const divided = sessions === 1 ? "" : ` in ${sessions} sessions${restarts > 0 ? ", the engine restarted before each" : ""}`;
    const takes = `${resumed ? "what is left takes " : ""}about ${duration(whole)}`;
    say(`${of}Trials of each condition${upTo}: ${trials}; ${takes}${divided}.`);
  }

  /** Warnings that every session would repeat are printed once. */
  #warn(warning: Warning): void {
    if (this.#told.has(warning.summary)) return;
    this.#told.add(warning.summary);
    this.#parts.say(`${this.#ofIts()}${renderWarning(warning)}`);
  }

  /** Whose a line is, where several platforms are measured in turns. */
  #ofIts(): string {
    const { label, partners } = this.#parts;
    return partners.length === 0 ? "" : `${label}: `;
  }

  /** The session's number, as a prefix of progress lines. */
  #place(planned: PlannedSession): string {
    const { label, partners } = this.#parts;
    const sessions = portionsOf(this.#plan);
    const place = [
      ...(partners.length === 0 ? [] : [label]),
      ...(sessions.length === 1 ? [] : [`session ${sessions.indexOf(rootOf(planned, this.#plan)) + 1}/${sessions.length}`]),
    ];
    return place.length === 0 ? "" : `${place.join(", ")}: `;
  }
}

const isReached = (condition: string, platforms: readonly PlatformRun[]): boolean =>
  platforms.every((platform) => platform.reaches(condition));
