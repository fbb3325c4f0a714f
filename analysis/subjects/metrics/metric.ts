/** What the declarations of metrics have in common. */
import { type Nanoseconds, toMilliseconds } from "../../../research/units.ts";
import type { Metric } from "../measured-table.ts";

export const ms = (time: Nanoseconds | null): number | null => (time === null ? null : toMilliseconds(time));

export const lower = <R>(unit: string, value: Metric<R>["value"]): Metric<R> => ({ unit, better: "lower", value });
