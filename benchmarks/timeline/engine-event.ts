/** A line of the engine's event stream → what it announces of a container, in Docker's words or in Podman's. */
import * as z from "zod";
import { type UnixNs, unixNs } from "../../research/units.ts";
import type { EventName } from "./event-clock.ts";

const event = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()).nullish() }),
});

/** Podman says `remove` for `destroy`, and before 4.0 said `died` for `die`. */
export const MARKS: Readonly<Record<string, EventName>> = {
  create: "event_create",
  start: "event_start",
  die: "event_die",
  died: "event_die",
  destroy: "event_destroy",
  remove: "event_destroy",
};

/** What to ask the engine for. Podman up to 4.3 sends `die`, and knows it by the name `died` alone when it is asked for it. */
export const EVENT_FILTERS = { type: ["container", "network"], event: [...Object.keys(MARKS), "connect", "disconnect"] } as const;

export type EngineEvent = { readonly container: string } & (
  | { readonly mark: EventName; readonly at: UnixNs }
  /** Joined (1) or left (−1). Podman says nothing of the networks that a start joins. */
  | { readonly networks: 1 | -1; readonly at: UnixNs }
);

/** @returns `undefined` for what is of no concern to a start, and for what is no event */
export function readEngineEvent(line: string): EngineEvent | undefined {
  // timeNano has more digits than a double holds, so it is read from the text.
  const time = /"timeNano":(\d{1,19})\b/.exec(line)?.[1];
  const parsed = event.safeParse(parseJson(line));
  if (!parsed.success || time === undefined) return undefined;
  const { Type, Action, Actor } = parsed.data;
  if (Type === "container") {
    const mark = MARKS[Action];
    return mark === undefined ? undefined : { container: Actor.ID, mark, at: unixNs(BigInt(time)) };
  }
  const container = Actor.Attributes?.container;
  if (Type !== "network" || container === undefined) return undefined;
  const networks = { connect: 1, disconnect: -1 } as const;
  if (Action !== "connect" && Action !== "disconnect") return undefined;
  return { container, networks: networks[Action], at: unixNs(BigInt(time)) };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
