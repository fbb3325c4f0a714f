/** One platform in a run: its engine, its folder, and its sessions as they were planned. */
import type { PlannedRun, PlannedSession, RunIdentity, Session } from "../../../research/manifest.ts";
import type { ExperimentName } from "../../../research/protocol.ts";
import type { Warning } from "../../../research/warning.ts";
import type { ScheduledTrial } from "../../design/schedule.ts";
import type { FoundEngine } from "../../edges/engine/find-engine.ts";
import type { PlatformFolder } from "../../edges/files/platform-folder.ts";
import { conditionOf, PrecisionGoal } from "../../start/precision-goal.ts";
import { renderWarning } from "../diagnose.ts";
import type { Estimators } from "./estimators.ts";
import { measureSession } from "./measure-session.ts";
import { type PreparedSession, type SessionWish, withSession } from "./prepare-session.ts";
import type { RunRequest } from "./run-request.ts";

interface Parts {
  readonly label: string;
  /** Labels of the platforms that it takes turns with. */
  readonly partners: readonly string[];
  readonly folder: PlatformFolder;
  readonly found: FoundEngine;
  readonly plan: PlannedRun;
  readonly request: RunRequest;
  readonly estimators: Estimators;
  readonly say: (line: string) => void;
}

/** About how long an engine takes to end and to start, on a small machine. */
const RESTART_SECONDS = 5;

export class PlatformRun {
  readonly #parts: Parts;
  readonly #goal: PrecisionGoal;
  /** Index of the next session of the plan. */
  #next = 0;
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
    this.#goal = new PrecisionGoal(parts.request.precision, parts.estimators.sessionHalfWidth);
  }

  /** Prepares the first session and measures nothing. @throws what keeps it from being measured */
  async rehearse(signal: AbortSignal): Promise<void> {
    await withSession(this.#wish([this], true), this.#parts.say, signal, async (prepared) => this.#announce(prepared));
  }

  /** @param platforms those that are measured in turns, this one included */
  async measureNext(platforms: readonly PlatformRun[], signal: AbortSignal): Promise<void> {
    const { folder, request, say } = this.#parts;
    const wish = this.#wish(platforms, await this.#renewEngine());
    await withSession(wish, say, signal, async (prepared) => {
      this.#announce(prepared);
      for (const platform of platforms) platform.#claim();
      for (const warning of [...prepared.session.warnings, ...prepared.engine.warnings()]) this.#warn(warning);
      // All that falls to it may have turned out not to be measurable.
      if (prepared.experiments.length === 0) return;
      const { registry, names } = request;
      const place = this.#place();
      const warn = (warning: Warning): void => this.#warn(warning);
      const task = { prepared, platform: folder, portion: wish.portion, registry, place, several: names.length > 1, say, warn };
      for (const name of await measureSession(task, signal)) this.#unmeasurable.add(name);
    });
    this.#goal.endSession();
    this.#next += 1;
  }

  /** Whether every condition has reached the precision asked for, on all platforms that have it. */
  isPrecise(platforms: readonly PlatformRun[]): boolean {
    return this.#conditions.length > 0 && this.#conditions.every((condition) => isReached(condition, platforms));
  }

  sayEnd(ending: NonNullable<Session["ending"]>): void {
    const { folder, say } = this.#parts;
    if (this.#claimed && folder.sessions().length > 0) say(`${ending}: ${folder.folder}`);
  }

  reaches(condition: string): boolean {
    return !this.#conditions.includes(condition) || this.#goal.reachedBy(condition);
  }

  #wish(platforms: readonly PlatformRun[], freshEngine: boolean): SessionWish {
    const { request, found, folder, plan, partners, estimators } = this.#parts;
    return {
      ...{ request, found, freshEngine, pairedWith: partners, unmeasurable: this.#unmeasurable },
      earlier: folder.sessions(),
      planned: plan.sessions[this.#next] as PlannedSession,
      portion: { iterations: plan.iterations, sessions: plan.sessions.length, index: this.#next },
      goal: {
        note: (report) => this.#goal.note(report),
        reached: (trial: ScheduledTrial) => !trial.warmup && isReached(conditionOf(trial), platforms),
      },
      ratioOfMedians: request.calibrate && this.#next === 0 ? estimators.ratioOfMedians : undefined,
    };
  }

  /** Only an engine that this run started is ours to end. @returns whether it was started for the session to come */
  async #renewEngine(): Promise<boolean> {
    const { found, say } = this.#parts;
    if (found.restart === undefined) return false;
    if (this.#next === 0) return true;
    say("restarting the private engine for the next session");
    const restarted = await found.restart();
    if (!restarted) say("another tierbench uses the private engine: it was not restarted");
    return restarted;
  }

  #claim(): void {
    if (this.#claimed) return;
    const { folder, plan } = this.#parts;
    folder.claim({ ...plan, ...(this.#identity === undefined ? {} : { identity: this.#identity }) });
    this.#claimed = true;
  }

  #announce({ session, identity, probe, trials, seconds }: PreparedSession): void {
    if (this.#announced) return;
    this.#announced = true;
    this.#identity = identity;
    const { label, found, partners, request, plan, say } = this.#parts;
    this.#conditions = session.experiments?.find(({ name }) => name === "startup")?.conditions ?? [];
    const of = partners.length === 0 ? "" : `${label}: `;
    const sessions = plan.sessions.length;
    const restarts = found.restart === undefined ? 0 : sessions - 1;
    const minutes = Math.ceil((seconds + restarts * RESTART_SECONDS) / 60);
    say(
      `${of}engine ${session.engine.server} from ${found.source}; probe ${probe.name} (${session.probe.reason}); seed ${plan.seed}`,
    );
    const upTo = request.precision === undefined ? "" : ", at most";
    const divided = sessions === 1 ? "" : ` in ${sessions} sessions${restarts > 0 ? ", the engine restarted before each" : ""}`;
    say(`${of}trials of each condition${upTo}: ${trials}; about ${minutes} minutes${divided}`);
  }

  /** What is said of every session is told once. */
  #warn(warning: Warning): void {
    if (this.#told.has(warning.summary)) return;
    this.#told.add(warning.summary);
    this.#parts.say(renderWarning(warning));
  }

  /** Which session it is, before what is shown while it runs. */
  #place(): string {
    const { label, partners, plan } = this.#parts;
    const sessions = plan.sessions.length;
    const place = [
      ...(partners.length === 0 ? [] : [label]),
      ...(sessions === 1 ? [] : [`session ${this.#next + 1}/${sessions}`]),
    ];
    return place.length === 0 ? "" : `${place.join(", ")}: `;
  }
}

const isReached = (condition: string, platforms: readonly PlatformRun[]): boolean =>
  platforms.every((platform) => platform.reaches(condition));
