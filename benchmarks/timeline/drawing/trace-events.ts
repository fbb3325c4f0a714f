/**
 * Starts in the Trace Event Format (JSON) of Chrome, which Perfetto's UI and speedscope open: a process for each start, a track
 * for its phases and one for each tier, marks for milestones. Slices of a track never overlap. Times are microseconds.
 */
import type { Milestone } from "../../../research/milestones.ts";
import { type Partition, PHASES, type Phase, TIERS } from "../../../research/phases.ts";

export interface NamedStart extends Partition {
  readonly container_id: string | null;
  readonly milestones: Readonly<Partial<Record<Milestone, number>>>;
}

interface Track {
  readonly pid: number;
  readonly tid: number;
}

export type TraceEvent = Track & { readonly name: string } & (
    | { readonly ph: "M"; readonly args: { readonly name: string } }
    | { readonly ph: "X"; readonly cat: string; readonly ts: number; readonly dur: number; readonly args: object }
    | { readonly ph: "i"; readonly s: "t"; readonly ts: number }
  );

/** A tier that is not known: a phase encloses time of several. */
const TRACKS = ["phases", ...TIERS, "several tiers", "milestones"] as const;

export const traceEvents = (starts: readonly NamedStart[]): { displayTimeUnit: "ms"; traceEvents: TraceEvent[] } => ({
  displayTimeUnit: "ms",
  traceEvents: starts.flatMap((start, index) => eventsOf(start, index + 1)),
});

function eventsOf({ container_id, phases, milestones }: NamedStart, pid: number): TraceEvent[] {
  const tracks = TRACKS.map((name, index) => ({ name, tid: index + 1 }));
  const track = (name: (typeof TRACKS)[number]): Track => ({ pid, tid: TRACKS.indexOf(name) + 1 });
  return [
    { ph: "M", pid, tid: 0, name: "process_name", args: { name: `start of ${container_id?.slice(0, 12) ?? "a container"}` } },
    ...tracks.map(({ name, tid }): TraceEvent => ({ ph: "M", pid, tid, name: "thread_name", args: { name } })),
    ...phases.flatMap((phase) => [slice(phase, track("phases")), slice(phase, track(phase.tier ?? "several tiers"))]),
    ...Object.entries(milestones).map(
      ([name, at]): TraceEvent => ({ ph: "i", s: "t", ...track("milestones"), name, ts: microseconds(at) }),
    ),
  ];
}

const slice = ({ phase, tier, encloses, begin_ns, end_ns, duration_ns }: Phase, track: Track): TraceEvent => ({
  ...{ ph: "X", ...track, name: [phase, ...encloses].join(" + "), cat: tier ?? "several tiers" },
  ...{ ts: microseconds(begin_ns), dur: microseconds(duration_ns) },
  args: { begin_ns, end_ns, duration_ns, tier, usual_tier: PHASES[phase].tier, encloses },
});

/** A whole number of thousandths: what is divided is an integer of nanoseconds. */
const microseconds = (ns: number): number => ns / 1_000;
