/** What starts waited for, by cause. */
import { whyTable } from "../../../research/tables/why.ts";
import type { Nanoseconds } from "../../../research/units.ts";
import { CAUSE_NAMES, type Cause } from "../../../research/why/causes.ts";
import { sum } from "../../statistics/sum.ts";
import { causeMetric } from "../causes/cause-times.ts";
import { ms } from "../metrics/metric.ts";
import { trials } from "./trials.ts";

type WhyRow = { readonly total_ns: Nanoseconds | null; readonly cause: Cause | null; readonly ns: Nanoseconds | null };
/** `null` where rows of the trial are missing: its file was cut off within it. */
const explained =
  (value: (rows: readonly WhyRow[]) => number | null) =>
  (rows: readonly WhyRow[]): number | null =>
    sum(rows.map(({ ns }) => ns ?? 0)) === rows[0]?.total_ns ? value(rows) : null;
const causeTime = (cause: Cause) => explained((rows) => sum(rows.map((row) => (row.cause === cause ? (row.ns ?? 0) : 0))) / 1e6);

export const why = trials(whyTable, {
  factors: ({ image }) => ({ image }),
  metrics: {},
  causes: (rows) => rows,
  // One for each cause that was found: they add up to the total.
  trialMetrics: {
    total_ms: { unit: "ms", better: "lower", value: explained(([first]) => ms(first?.total_ns ?? null)) },
    ...Object.fromEntries(
      CAUSE_NAMES.map((cause) => [
        causeMetric(cause),
        { unit: "ms", better: "lower", from: ["total_ms"], onlyWhereSeen: true, value: causeTime(cause) } as const,
      ]),
    ),
  },
});
