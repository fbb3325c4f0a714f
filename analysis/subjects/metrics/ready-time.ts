/** A time until something was ready, beyond the start's own end. */
import type { Nanoseconds } from "../../../research/units.ts";
import type { Metric } from "../measured-table.ts";
import { lower, ms } from "./metric.ts";
import type { Told } from "./start-metrics.ts";

export interface Awaited extends Told {
  readonly ready_ns: Nanoseconds | null;
}
/** A time after the total. */
export const readyTime: Metric<Awaited> = { ...lower("ms", ({ ready_ns }) => ms(ready_ns)), onlyWhereSeen: true };
