/** What the declarations of metrics have in common. */
import { type Nanoseconds, toMilliseconds } from "../../../research/units.ts";
import type { Metric } from "../measured-table.ts";

export const ms = (time: Nanoseconds | null): number | null => (time === null ? null : toMilliseconds(time));

export const lower = <R>(unit: string, value: Metric<R>["value"]): Metric<R> => ({ unit, better: "lower", value });

export const us = (time: Nanoseconds | null): number | null => (time === null ? null : time / 1_000);
export const per = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : part / whole;
export const percent = (share: number | null): number | null => (share === null ? null : 100 * share);
