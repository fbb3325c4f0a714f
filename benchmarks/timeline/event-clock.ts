/**
 * Docker stamps its events with the daemon's wall clock, the client its marks with a monotonic clock. The offset between
 * the two is measured with a bound, and an event's time is never better than that bound.
 */
import { type ClockNs, clockNs, type Nanoseconds, nanoseconds, type UnixNs } from "../../research/units.ts";

export type EventName = "event_create" | "event_start" | "event_die" | "event_destroy";
export type EventMarks = Readonly<Partial<Record<EventName, UnixNs>>>;

/** wall clock − monotonic clock = `offset` ± `error`. */
export interface WallOffset {
  readonly offset: bigint;
  readonly error: Nanoseconds;
}

export const mapEvents = (marks: EventMarks, wall: WallOffset): Partial<Record<EventName, ClockNs>> =>
  Object.fromEntries(Object.entries(marks).map(([name, at]) => [name, clockNs(at - wall.offset)]));

/** An event that cannot have happened before `after` nor after `before`. */
export interface Bracket {
  readonly after: ClockNs | undefined;
  readonly event: UnixNs | undefined;
  readonly before: ClockNs | undefined;
}

/** The client's marks between which each event must lie. */
export const causalBrackets = (
  client: Readonly<Partial<Record<"create_sent" | "create_done" | "start_sent" | "start_done" | "wait_done", ClockNs>>>,
  events: EventMarks,
): Bracket[] => [
  { after: client.create_sent, event: events.event_create, before: client.create_done },
  { after: client.start_sent, event: events.event_start, before: client.start_done },
  { after: client.start_sent, event: events.event_die, before: client.wait_done },
  { after: client.wait_done, event: events.event_destroy, before: undefined },
];

/**
 * The offset that causality leaves possible: `create` happens after create was sent and before it was answered, and so
 * on. The middle of what all brackets allow, with half its width as the bound.
 * @returns `undefined` when the brackets leave a side open, or contradict each other (a clock was set)
 */
export function offsetByCausality(brackets: readonly Bracket[]): WallOffset | undefined {
  let low: bigint | undefined;
  let high: bigint | undefined;
  for (const { after, event, before } of brackets) {
    if (event === undefined) continue;
    if (before !== undefined && (low === undefined || event - before > low)) low = event - before;
    if (after !== undefined && (high === undefined || event - after < high)) high = event - after;
  }
  if (low === undefined || high === undefined || low > high) return undefined;
  return { offset: (low + high) / 2n, error: nanoseconds(Number((high - low + 1n) / 2n)) };
}
