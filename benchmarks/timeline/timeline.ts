/** What the client, the kernel and Docker's events saw of one start → milestones, as offsets from create_sent. */
import type { ActRule } from "../../research/act-rule.ts";
import { MILESTONE_NAMES, type Milestone } from "../../research/milestones.ts";
import type { Milestones } from "../../research/phases.ts";
import { type ClockNs, elapsedNs, type Nanoseconds, nanoseconds } from "../../research/units.ts";
import type { ClockMapping } from "./clock-mapping.ts";
import { type EventMarks, mapEvents, type WallOffset } from "./event-clock.ts";
import { type KernelSightings, kernelSightings } from "./kernel-milestones.ts";
import { entryActs } from "./output/entry-acts.ts";
import type { TraceEvent } from "./trace-line.ts";
import { readTraceText } from "./trace-text.ts";

/** The client's marks: readings of its monotonic clock, which on one machine is the kernel's. */
export type ClientMarks = { readonly create_sent: ClockNs } & Readonly<
  Partial<Record<"create_done" | "start_sent" | "start_done" | "first_byte" | "wait_done" | "removed", ClockNs>>
>;

export interface Sightings {
  /** `undefined` when the engine never told the id: create failed. */
  readonly containerId: string | undefined;
  readonly client: ClientMarks;
  readonly events: EventMarks;
  /** Daemon's wall clock against the client's monotonic clock; `undefined` when it could not be measured, or why it is none. */
  readonly wall: WallOffset | { readonly problem: string } | undefined;
  /** Kernel's clock against the client's; absent where they are one. */
  readonly kernelClock?: KernelClock | undefined;
  /** Trace lines of the whole machine in the order of time; empty without a kernel probe. */
  readonly trace: readonly string[];
  /** All bytes of the container's output, where the client read it to the end of a container that exited by itself. */
  readonly received?: number | undefined;
  /** Process of the client, where the traced machine is its own. */
  readonly clientPid?: number | undefined;
}

/** How a kernel that is not the client's keeps time, as measured around one start. */
export interface KernelClock extends ClockMapping {
  /** Daemon's wall clock against the client's monotonic clock; `undefined` when it could not be read there, or why it is none. */
  readonly wall: WallOffset | { readonly problem: string } | undefined;
}

export interface Timeline {
  readonly milestones: Milestones;
  /** When programs of the container began to listen, where that was traced. */
  readonly listens: readonly { readonly port: number; readonly at: ClockNs }[];
  /** How entry_acts was told. */
  readonly actRule: ActRule;
  /** Bound of the error of the kernel's and the client's times. */
  readonly clockError: Nanoseconds;
  /** Bound of the error of Docker's events; `null` when there are none. */
  readonly eventError: Nanoseconds | null;
}

/** @param traceResolution error bound of the kernel's times where its clock is the client's, 0 when there is no kernel probe */
export function timeline(sightings: Sightings, traceResolution: number): Timeline {
  const { client, containerId } = sightings;
  const wall = sightings.wall === undefined || "problem" in sightings.wall ? undefined : sightings.wall;
  const events = wall === undefined ? {} : mapEvents(sightings.events, wall);
  const kernel = containerId === undefined ? undefined : fromTrace(sightings, containerId);
  const clockError = sightings.kernelClock?.error ?? nanoseconds(traceResolution);
  const act = entryActs({
    writes: kernel?.writes ?? [],
    isFollowed: kernel?.milestones.entry_exec === undefined ? undefined : kernel.isFollowed,
    exit: kernel?.milestones.entry_exit,
    firstByte: client.first_byte,
    received: sightings.received,
    clockError,
  });
  const absolute: Partial<Record<Milestone, ClockNs>> = {
    ...client,
    ...events,
    ...kernel?.milestones,
    ...(act.at === undefined ? {} : { entry_acts: act.at }),
  };
  const offsets = MILESTONE_NAMES.flatMap((name) => {
    const at = absolute[name];
    return at === undefined ? [] : [[name, elapsedNs(client.create_sent, at)]];
  });
  const eventError = Object.keys(events).length === 0 ? null : (wall?.error ?? null);
  return {
    milestones: Object.fromEntries(offsets),
    listens: (kernel?.acts ?? []).flatMap(({ event }) => (event.kind === "listen" ? [{ port: event.port, at: event.at }] : [])),
    actRule: act.rule,
    clockError,
    eventError,
  };
}

/** What the kernel traced, on the client's clock. */
export function kernelEvents({ trace, kernelClock }: Pick<Sightings, "trace" | "kernelClock">): readonly TraceEvent[] {
  const { events } = readTraceText(trace);
  return kernelClock === undefined ? events : events.map((event) => ({ ...event, at: kernelClock.toClient(event.at) }));
}

function fromTrace(sightings: Sightings, containerId: string): KernelSightings {
  const { client } = sightings;
  return kernelSightings(kernelEvents(sightings), containerId, client.create_done ?? client.create_sent);
}
