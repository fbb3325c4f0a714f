/** What the client, the kernel and Docker's events saw of one start → milestones, as offsets from create_sent. */
import { MILESTONE_NAMES, type Milestone } from "../../research/milestones.ts";
import type { Milestones } from "../../research/phases.ts";
import { type ClockNs, elapsedNs, type Nanoseconds, nanoseconds } from "../../research/units.ts";
import type { ClockMapping } from "./clock-mapping.ts";
import { type EventMarks, mapEvents, type WallOffset } from "./event-clock.ts";
import { type KernelMilestones, kernelSightings } from "./kernel-milestones.ts";
import { parseTraceLine, type TraceEvent } from "./trace-line.ts";

/** The client's marks: readings of its monotonic clock, which on one machine is the kernel's. */
export type ClientMarks = { readonly create_sent: ClockNs } & Readonly<
  Partial<Record<"create_done" | "start_sent" | "start_done" | "first_byte" | "wait_done" | "removed", ClockNs>>
>;

export interface Sightings {
  /** `undefined` when the engine never told the id: create failed. */
  readonly containerId: string | undefined;
  readonly client: ClientMarks;
  readonly events: EventMarks;
  /** Daemon's wall clock against the client's monotonic clock; `undefined` when it could not be measured. */
  readonly wall: WallOffset | undefined;
  /** Kernel's clock against the client's; absent where they are one. */
  readonly kernelClock?: KernelClock | undefined;
  /** Trace lines of the whole machine in the order of time; empty without a kernel probe. */
  readonly trace: readonly string[];
}

/** How a kernel that is not the client's keeps time, as measured around one start. */
export interface KernelClock extends ClockMapping {
  /** Daemon's wall clock against the client's monotonic clock; `undefined` when it could not be read there. */
  readonly wall: WallOffset | undefined;
}

export interface Timeline {
  readonly milestones: Milestones;
  /** Bound of the error of the kernel's and the client's times. */
  readonly clockError: Nanoseconds;
  /** Bound of the error of Docker's events; `null` when there are none. */
  readonly eventError: Nanoseconds | null;
}

/** @param traceResolution error bound of the kernel's times where its clock is the client's, 0 when there is no kernel probe */
export function timeline(sightings: Sightings, traceResolution: number): Timeline {
  const { client, containerId } = sightings;
  const events = sightings.wall === undefined ? {} : mapEvents(sightings.events, sightings.wall);
  const kernel = containerId === undefined ? {} : fromTrace(sightings, containerId);
  const acts = kernel.entry_acts ?? earliest(client.first_byte, kernel.entry_exit);
  const absolute: Partial<Record<Milestone, ClockNs>> = {
    ...client,
    ...events,
    ...kernel,
    ...(acts === undefined ? {} : { entry_acts: acts }),
  };
  const offsets = MILESTONE_NAMES.flatMap((name) => {
    const at = absolute[name];
    return at === undefined ? [] : [[name, elapsedNs(client.create_sent, at)]];
  });
  const eventError = Object.keys(events).length === 0 ? null : (sightings.wall?.error ?? null);
  return {
    milestones: Object.fromEntries(offsets),
    clockError: sightings.kernelClock?.error ?? nanoseconds(traceResolution),
    eventError,
  };
}

/**
 * Where the trace shows no write, the first byte that the client read and the entrypoint's exit are both upper bounds of
 * when it acted (an io_uring write, say, is not traced); without a byte the exit is the act.
 */
const earliest = (firstByte: ClockNs | undefined, exit: ClockNs | undefined): ClockNs | undefined =>
  firstByte === undefined || (exit !== undefined && exit < firstByte) ? exit : firstByte;

/** What the kernel traced, on the client's clock. */
export function kernelEvents({ trace, kernelClock }: Pick<Sightings, "trace" | "kernelClock">): TraceEvent[] {
  const events = trace.flatMap((line) => parseTraceLine(line) ?? []);
  return kernelClock === undefined ? events : events.map((event) => ({ ...event, at: kernelClock.toClient(event.at) }));
}

function fromTrace(sightings: Sightings, containerId: string): KernelMilestones {
  const { client } = sightings;
  return kernelSightings(kernelEvents(sightings), containerId, client.create_done ?? client.create_sent).milestones;
}
