/** What is wrong with a data set, whosever it is: every detector on every measurement, defects first. */

import type { TimeOrder } from "../samples/time-order.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { coldFasterThanWarm } from "./cold-faster.ts";
import { copiedTrials } from "./edits/copied-trials.ts";
import { filledDown } from "./edits/filled-down.ts";
import { thousandfolds } from "./edits/thousandfold.ts";
import type { Finding } from "./finding.ts";
import { missingTrials } from "./missing-trials.ts";
import { conditionOrder } from "./order/condition-order.ts";
import { dependentTrials } from "./order/dependent-trials.ts";
import { levelShifts } from "./order/level-shift.ts";
import { partLonger } from "./part-longer.ts";
import { clampedAtLimit } from "./values/clamped-at-limit.ts";
import { clampedAtZero } from "./values/clamped-at-zero.ts";
import { codedMissing } from "./values/coded-missing.ts";
import { derivedMetrics } from "./values/derived-metric.ts";
import { lostUnits } from "./values/lost-unit.ts";
import { quantised } from "./values/quantised.ts";

/** What is known of a platform. */
export interface Evidence {
  readonly measurements: readonly Measurement[];
  /** Of each measurement; `null` where it has no values. */
  readonly timeOrders: readonly (TimeOrder | null)[];
  /** What the whole run took by its own clock; `null` when it does not say. */
  readonly run_seconds: number | null;
}

/** A metric that is computed from another is reported once, and not searched for what the other has. */
export function detect({ measurements, timeOrders, run_seconds }: Evidence): Finding[] {
  const derived = derivedMetrics(measurements);
  const repeats = new Set(derived.map(({ experiment, metric }) => JSON.stringify([experiment, metric])));
  const ordered = measurements
    .map((measurement, index) => [measurement, timeOrders[index] ?? null] as const)
    .filter(([{ experiment, metric }]) => !repeats.has(JSON.stringify([experiment, metric])));
  const own = ordered.map(([measurement]) => measurement);
  const lost = lostUnits(own, run_seconds);
  const findings = [
    ...lost,
    ...clampedAtZero(own),
    ...codedMissing(own),
    ...coldFasterThanWarm(own),
    ...partLonger(own),
    ...missingTrials(own),
    ...thousandfolds(own, lost),
    ...filledDown(own),
    ...copiedTrials(own),
    ...derived,
    ...conditionOrder(own),
    ...quantised(own),
    ...clampedAtLimit(own),
    ...levelShifts(ordered),
    ...dependentTrials(ordered),
  ];
  return [
    ...findings.filter(({ severity }) => severity === "defect"),
    ...findings.filter(({ severity }) => severity === "caution"),
  ];
}
