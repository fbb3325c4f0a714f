import { grouped } from "../../samples/grouped.ts";
import type { TimeOrder } from "../../samples/time-order.ts";
import type { Measurement } from "../../subjects/measurement.ts";

/** A condition, and what its order of collection tells; `null` where there are no values. */
export type OrderedCondition = readonly [measurement: Measurement, order: TimeOrder | null];
export type Ordered = readonly OrderedCondition[];

/** As {@link import("../by-metric.ts").byMetric}. */
export const orderedByMetric = (ordered: Ordered): OrderedCondition[][] => [
  ...grouped(ordered, ([{ experiment, metric }]) => JSON.stringify([experiment, metric])).values(),
];
