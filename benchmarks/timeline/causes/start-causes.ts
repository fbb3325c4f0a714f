/** Why a start took as long as it did: its critical path, cut at the phases, and the sums by cause, program and place. */

import type { Partition, PhaseName } from "../../../research/phases.ts";
import { type ClockNs, clockNs, elapsedNs, type Nanoseconds, nanoseconds } from "../../../research/units.ts";
import type { Cause } from "../../../research/why/causes.ts";
import { kernelSightings } from "../kernel-milestones.ts";
import { kernelEvents, type Sightings } from "../timeline.ts";
import { criticalPath, type PathSegment } from "./critical-path.ts";
import { ancestry, type Cast, processKey, programName } from "./program-name.ts";
import { type Histories, type Thread, threadHistories } from "./thread-histories.ts";
import { waitPlace } from "./wait-place.ts";

export interface CauseTime {
  readonly cause: Cause;
  readonly program: string;
  /** System call, and function of the kernel; `null` on a processor, and where no stack was recorded. */
  readonly place: string | null;
  readonly phase: PhaseName;
  readonly ns: Nanoseconds;
}

/** A stretch of the critical path that is alike throughout. */
export interface PathStep extends Omit<CauseTime, "ns"> {
  /** Since create_sent. */
  readonly begin_ns: Nanoseconds;
  readonly end_ns: Nanoseconds;
}

export interface StartCauses {
  /** Their times add up to the total exactly; longest first. */
  readonly causes: readonly CauseTime[];
  /** From create_sent to entry_acts without a gap, cut where phases begin. */
  readonly path: readonly PathStep[];
}

/** @returns the problem where the start has no total, or the scheduler was not watched */
export function startCauses(
  start: Sightings,
  { phases, total_ns, incomplete }: Partition,
): StartCauses | { readonly problem: string } {
  if (total_ns === null) return { problem: `there is no total to explain: ${incomplete ?? "the end was not seen"}` };
  const histories = threadHistories(start.trace, start.kernelClock?.toClient);
  if (!histories.areComplete) return { problem: "the scheduler was not watched: this start was recorded without --why" };
  const begin = start.client.create_sent;
  const end = clockNs(begin + BigInt(total_ns));
  const cast = castOf(histories, start, end);
  const last = cast.actor ?? cast.client;
  if (last === undefined) return { problem: "who ended the start is not in the trace" };
  const isMember = membersOf(cast, start);
  // A client elsewhere does nothing on this machine: nobody's doing can be told to begin with its request.
  const asked = [cast.client && start.client.start_sent].filter((at) => at !== undefined);
  const client = cast.client ?? last;
  const segments = criticalPath(histories, { last, begin, end, client, asked }, isMember);
  const steps = joined(segments.map((segment) => step(segment, histories, { ...cast, isMember }, begin)));
  const path = inPhases(steps, phases);
  return { path, causes: sums(path) };
}

interface Roles extends Omit<Cast, "isMember"> {
  /** Who acted, where the kernel saw it: its last thread of that number until then. */
  readonly actor: Thread | undefined;
  readonly shim: Thread | undefined;
}

function castOf(histories: Histories, start: Sightings, end: ClockNs): Roles {
  const { milestones, acts } = kernelSightings(kernelEvents(start), start.containerId ?? "", start.client.create_done ?? end);
  const whoExecuted = (at: ClockNs | undefined): Thread | undefined =>
    at === undefined ? undefined : histories.threads.find(({ execs }) => execs.some((exec) => exec.at === at));
  const init = whoExecuted(milestones.entry_exec);
  const actor = acts.find(({ event }) => event.at === end)?.event.tid;
  return {
    client: start.clientPid === undefined ? undefined : histories.threadAt(start.clientPid, 0),
    init,
    entryPlace: init?.execs.find(({ at }) => at === milestones.entry_exec)?.place ?? Number.POSITIVE_INFINITY,
    create: whoExecuted(milestones.create_exec),
    shim: whoExecuted(milestones.shim_exec),
    actor: actor === undefined ? undefined : histories.threadAt(actor, histories.placeOf(end)),
  };
}

/**
 * Who belongs to the start: what the shim forked, the process that forked the shim, the client's process and those that
 * answered it, each with what it forked. A shim that the engine forked meanwhile belongs to another container.
 */
function membersOf({ client, shim, init, create }: Roles, { client: marks }: Sightings): (thread: Thread) => boolean {
  const processes = new Set<number | string>();
  if (client !== undefined) {
    processes.add(processKey(client));
    for (const done of [marks.create_done, marks.start_done]) {
      const answered = client.wakeUps.findLast(({ at, inInterrupt }) => done !== undefined && at <= done && !inInterrupt);
      if (answered !== undefined && answered.by.tid !== 0) processes.add(processKey(answered.by));
    }
  }
  const roots = new Set([shim, create, init].filter((thread) => thread !== undefined));
  if (shim?.fork !== undefined) processes.add(processKey(shim.fork.parent));
  const program = shim?.execs[0]?.filename;
  const ours = new Set(shim === undefined ? [] : ancestry(shim));
  const isAnotherShim = (thread: Thread): boolean =>
    !ours.has(thread) && thread.execs.some(({ filename }) => filename === program);
  const known = new Map<Thread, boolean>();
  return (thread) => {
    const before = known.get(thread);
    if (before !== undefined) return before;
    const line = [...ancestry(thread)];
    const isOurs =
      line.some((ancestor) => roots.has(ancestor)) ||
      (line.some((ancestor) => processes.has(processKey(ancestor))) && !line.some(isAnotherShim));
    known.set(thread, isOurs);
    return isOurs;
  };
}

type Step = Omit<PathStep, "phase">;

function step({ begin, end, cause, thread, stack, place }: PathSegment, histories: Histories, cast: Cast, origin: ClockNs): Step {
  return {
    begin_ns: elapsedNs(origin, begin),
    end_ns: elapsedNs(origin, end),
    cause,
    program: programName(histories, cast, thread, place),
    place: waitPlace(stack),
  };
}

const isSame = (a: Step, b: Step): boolean => a.cause === b.cause && a.program === b.program && a.place === b.place;

/** Steps that follow each other and say the same are one. */
function joined(steps: readonly Step[]): Step[] {
  const path: Step[] = [];
  for (const next of steps) {
    const last = path.at(-1);
    if (last !== undefined && isSame(last, next)) path[path.length - 1] = { ...last, end_ns: next.end_ns };
    else path.push(next);
  }
  return path;
}

const inPhases = (steps: readonly Step[], phases: Partition["phases"]): PathStep[] =>
  phases.flatMap(({ phase, begin_ns, end_ns }) =>
    steps
      .filter((step) => step.begin_ns < end_ns && step.end_ns > begin_ns)
      .map((step) => ({
        ...{ ...step, phase },
        begin_ns: nanoseconds(Math.max(begin_ns, step.begin_ns)),
        end_ns: nanoseconds(Math.min(end_ns, step.end_ns)),
      })),
  );

function sums(path: readonly PathStep[]): CauseTime[] {
  const found = new Map<string, CauseTime>();
  for (const { phase, cause, program, place, begin_ns, end_ns } of path) {
    const key = JSON.stringify([phase, cause, program, place]);
    const before = found.get(key)?.ns ?? 0;
    found.set(key, { cause, program, place, phase, ns: nanoseconds(before + end_ns - begin_ns) });
  }
  return [...found.values()].sort((a, b) => b.ns - a.ns);
}
