/** When a condition has been measured precisely enough: by the width of its interval over sessions, never by a p-value. */
import { MILESTONE_NAMES } from "../../research/milestones.ts";
import { type Milestones, partition } from "../../research/phases.ts";
import { SESSIONS } from "../../research/protocol.ts";
import { type StartupRow, startupCondition } from "../../research/tables/startup.ts";
import { type Nanoseconds, toMilliseconds } from "../../research/units.ts";
import type { ScheduledTrial } from "../design/schedule.ts";
import type { TrialReport } from "./startup-row.ts";

/** Half the 95 % interval of a platform's level over that level, from the totals of each session; `null` when there is no interval. */
export type SessionHalfWidth = (sessions_ms: readonly (readonly number[])[]) => number | null;

export class PrecisionGoal {
  readonly #share: number | undefined;
  readonly #halfWidth: SessionHalfWidth;
  /** By condition, the totals of each session that has ended. */
  readonly #ended = new Map<string, (readonly number[])[]>();
  /** By condition, the totals of the present session. */
  readonly #present = new Map<string, number[]>();
  readonly #reached = new Set<string>();

  /** @param share half-width to reach, 0.02 for 2 %; `undefined`: every trial of the schedule is run */
  constructor(share: number | undefined, halfWidth: SessionHalfWidth) {
    this.#share = share;
    this.#halfWidth = halfWidth;
  }

  note({ trial, start, total }: TrialReport): void {
    if (start.outcome === "ok" && total !== null) this.#add(trial, total);
  }

  /** The same of a start that was recorded before this process began. */
  recall(row: StartupRow): void {
    if (row.outcome !== "ok") return;
    const times = MILESTONE_NAMES.map((name) => [name, row[`${name}_ns`] ?? undefined]);
    const total = partition(Object.fromEntries(times) as Milestones).total_ns;
    if (total !== null) this.#add(row, total);
  }

  #add(trial: Pick<ScheduledTrial, "image" | "mode" | "variant" | "warmup">, total: Nanoseconds): void {
    if (this.#share === undefined || trial.warmup) return;
    const condition = conditionOf(trial);
    const totals = this.#present.get(condition) ?? [];
    this.#present.set(condition, totals);
    totals.push(toMilliseconds(total));
  }

  /** Only whole sessions are judged: a condition has as many trials in each. */
  endSession(): void {
    if (this.#share === undefined) return;
    for (const [condition, totals] of this.#present) {
      const sessions = [...(this.#ended.get(condition) ?? []), totals];
      this.#ended.set(condition, sessions);
      if (sessions.length < SESSIONS.precisionMinimum) continue;
      const width = this.#halfWidth(sessions);
      if (width !== null && width <= this.#share) this.#reached.add(condition);
    }
    this.#present.clear();
  }

  /** A warm-up is never done. */
  reached(trial: ScheduledTrial): boolean {
    return !trial.warmup && this.reachedBy(conditionOf(trial));
  }

  reachedBy(condition: string): boolean {
    return this.#reached.has(condition);
  }
}

/** As the experiment names it. */
export const conditionOf = (trial: Pick<ScheduledTrial, "image" | "mode" | "variant">): string => startupCondition(trial);
