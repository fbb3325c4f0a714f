/** What one would take for the tiers of a start without a kernel probe: all that the client and Docker's events show. */
import { type Milestones, partition, TIERS, type Tier } from "../../../research/phases.ts";

export const SPANS = [...TIERS, "total"] as const;
export type Span = (typeof SPANS)[number];
/** In ns. */
export type Spans = Readonly<Record<Span, number>>;

/** What a guess by events takes for each tier, and what it cannot see. */
export const GUESSES: Readonly<Record<Span, string>> = {
  daemon: "create_sent → start_sent",
  runtime: "start_sent → event_start",
  process: "event_start → first_byte",
  total: "create_sent → first_byte",
};

/** @returns `undefined` when a mark or event is missing */
export function tiersByEvents({ start_sent, event_start, first_byte }: Milestones): Spans | undefined {
  if (start_sent === undefined || event_start === undefined || first_byte === undefined) return undefined;
  return { daemon: start_sent, runtime: event_start - start_sent, process: first_byte - event_start, total: first_byte };
}

/** @returns `undefined` when a tier cannot be told apart */
export function tiersByKernel(milestones: Milestones): Spans | undefined {
  const { tiers, total_ns } = partition(milestones);
  const known = Object.fromEntries(TIERS.map((tier): [Tier, number | null] => [tier, tiers[`${tier}_ns`]]));
  const spans = { ...known, total: total_ns };
  return Object.values(spans).includes(null) ? undefined : (spans as unknown as Spans);
}
