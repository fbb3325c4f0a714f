/** When a condition has been measured precisely enough: by the width of its interval, never by a p-value. */
import { STARTUP } from "../../research/protocol.ts";
import { toMilliseconds } from "../../research/units.ts";
import type { ScheduledTrial } from "../design/schedule.ts";
import type { TrialReport } from "./startup-row.ts";

/** Half the 95 % interval of the median over the median; `null` when there is no interval. */
export type RelativeHalfWidth = (totals_ms: readonly number[]) => number | null;

export class PrecisionGoal {
  readonly #share: number | undefined;
  readonly #relativeHalfWidth: RelativeHalfWidth;
  readonly #totals = new Map<string, number[]>();
  readonly #reached = new Set<string>();

  /** @param share half-width to reach, 0.02 for 2 %; `undefined`: every trial of the schedule is run */
  constructor(share: number | undefined, relativeHalfWidth: RelativeHalfWidth) {
    this.#share = share;
    this.#relativeHalfWidth = relativeHalfWidth;
  }

  note({ trial, start, total }: TrialReport): void {
    if (this.#share === undefined || trial.warmup || start.outcome !== "ok" || total === null) return;
    const condition = nameOf(trial);
    const totals = this.#totals.get(condition) ?? [];
    this.#totals.set(condition, totals);
    totals.push(toMilliseconds(total));
    if (totals.length < STARTUP.precisionMinimum) return;
    const width = this.#relativeHalfWidth(totals);
    if (width !== null && width <= this.#share) this.#reached.add(condition);
  }

  /** A warm-up is never done. */
  reached(trial: ScheduledTrial): boolean {
    return !trial.warmup && this.#reached.has(nameOf(trial));
  }
}

const nameOf = ({ image, mode }: ScheduledTrial): string => `${image} ${mode}`;
