/**
 * Starts in the Trace Event Format (JSON) of Chrome, which Perfetto's UI and speedscope open: a process for each start, a track
 * for its phases and one for each tier, marks for milestones; with causes the critical path, and a track for each program on
 * it. Slices of a track never overlap. Times are microseconds.
 */
import type { Milestone } from "../../../research/milestones.ts";
import { type Partition, PHASES, type Phase, TIERS } from "../../../research/phases.ts";
import { CAUSES_OF_TIME } from "../../../research/why/causes.ts";
import type { PathStep } from "../causes/start-causes.ts";

export interface NamedStart extends Partition {
  readonly container_id: string | null;
  readonly milestones: Readonly<Partial<Record<Milestone, number>>>;
  /** The critical path, where the causes are known. */
  readonly path?: readonly NamedStep[] | undefined;
}

type NamedStep = Pick<PathStep, "cause" | "program" | "place"> & { readonly begin_ns: number; readonly end_ns: number };

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

const CRITICAL_PATH = "critical path";

function eventsOf({ container_id, phases, milestones, path = [] }: NamedStart, pid: number): TraceEvent[] {
  const programs = [...new Set(path.map(({ program }) => program))];
  const names = [...TRACKS, ...(path.length === 0 ? [] : [CRITICAL_PATH]), ...programs];
  const tracks = names.map((name, index) => ({ name, tid: index + 1 }));
  const track = (name: (typeof TRACKS)[number] | typeof CRITICAL_PATH): Track => ({ pid, tid: names.indexOf(name) + 1 });
  // A program may be called what another track is.
  const ofProgram = (program: string): Track => ({ pid, tid: names.length - programs.length + programs.indexOf(program) + 1 });
  return [
    { ph: "M", pid, tid: 0, name: "process_name", args: { name: `start of ${container_id?.slice(0, 12) ?? "a container"}` } },
    ...tracks.map(({ name, tid }): TraceEvent => ({ ph: "M", pid, tid, name: "thread_name", args: { name } })),
    ...phases.flatMap((phase) => [slice(phase, track("phases")), slice(phase, track(phase.tier ?? "several tiers"))]),
    ...path.flatMap((step) => [stretch(step, track(CRITICAL_PATH), step.program), stretch(step, ofProgram(step.program))]),
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

/** @param by whose it is, on a track of several */
function stretch({ begin_ns, end_ns, cause, program, place }: NamedStep, track: Track, by?: string): TraceEvent {
  const { label } = CAUSES_OF_TIME[cause];
  return {
    ...{ ph: "X", ...track, name: by === undefined ? label : `${by} ${label}`, cat: cause },
    ...{ ts: microseconds(begin_ns), dur: microseconds(end_ns - begin_ns) },
    args: { begin_ns, end_ns, cause, program, place },
  };
}

/** A whole number of thousandths: what is divided is an integer of nanoseconds. */
const microseconds = (ns: number): number => ns / 1_000;
