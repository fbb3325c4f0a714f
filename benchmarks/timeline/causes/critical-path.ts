/**
 * The chain of threads that a start waited for, walked backwards along the kernel's wake-ups. The thread that acted ran
 * since it was switched in; it was switched in because it was preempted before (it waited for a processor), because it was
 * new (its parent forked it), or because somebody woke it. Who woke it is what it waited for, unless that was an
 * interrupt or a thread of the kernel: then the wait was its own, for a disk, a timer, an RCU grace period.
 *
 * The idea is that of critical paths from wake-ups (Giraldeau and Dagenais, "Wait analysis of distributed systems using
 * kernel tracing", IEEE TPDS 27(8), 2016); here the stretches partition the start exactly.
 */

import type { ClockNs } from "../../../research/units.ts";
import type { Cause } from "../../../research/why/causes.ts";
import { nameAt } from "./program-name.ts";
import type { Histories, Point, Run, Thread, WakeUp } from "./thread-histories.ts";
import { kernelThreadCause, waitCause } from "./wait-cause.ts";

export interface PathSegment {
  readonly begin: ClockNs;
  readonly end: ClockNs;
  readonly cause: Cause;
  readonly thread: Thread;
  /** Of the trace, at which the thread was what it was then. */
  readonly place: number;
  /** Functions of the kernel in which it waited, innermost first. */
  readonly stack: readonly string[];
}

export interface PathEnds {
  /** Where the walk begins: the thread that acted, and when. */
  readonly last: Thread;
  readonly end: ClockNs;
  readonly begin: ClockNs;
  /** Who asked for the start, and when: nothing of the start can be before that, and what is, is its doing. */
  readonly client: Thread;
  readonly asked: readonly ClockNs[];
}

/** @param isMember whether a thread belongs to the start: a wake-up by any other is followed only if it leads back to a member */
export function criticalPath(histories: Histories, ends: PathEnds, isMember: (thread: Thread) => boolean): PathSegment[] {
  const walk = new Walk(ends, isMember, histories);
  walk.run();
  return walk.segments.reverse();
}

interface Step {
  readonly thread: Thread;
  /** Of the run that the walk looks at. */
  readonly index: number;
  /** What the thread did later is not looked at. */
  readonly place: number;
}

/** The thread ran at this place, or last before. */
const stepAt = (thread: Thread, place: number): Step => ({
  ...{ thread, place },
  index: thread.runs.findLastIndex(({ on }) => on.place <= place),
});

/** A run that is known from its first event alone may be by its own wake-up of itself, which did not begin it. */
const isBefore = ({ place }: Point, { on, isOnSeen }: Run): boolean => place < on.place || (isOnSeen && place === on.place);

interface Wait {
  /** Before it. */
  readonly run: Run;
  readonly from: ClockNs;
  /** Where the walk goes on before it. */
  readonly at: Step;
}

class Walk {
  /** From the last to the first. */
  readonly segments: PathSegment[] = [];
  readonly #ends: PathEnds;
  readonly #isMember: (thread: Thread) => boolean;
  readonly #histories: Histories;
  /** Up to where the time is told. */
  #at: ClockNs;
  #asked: ClockNs[];

  constructor(ends: PathEnds, isMember: (thread: Thread) => boolean, histories: Histories) {
    this.#ends = ends;
    this.#isMember = isMember;
    this.#histories = histories;
    this.#at = ends.end;
    this.#asked = ends.asked.filter((at) => at > ends.begin && at < ends.end).sort((a, b) => (a < b ? -1 : 1));
  }

  run(): void {
    let step: Step | undefined = stepAt(this.#ends.last, this.#histories.placeOf(this.#ends.end));
    while (step !== undefined && this.#at > this.#ends.begin) {
      step = this.#before(step);
      const asked = this.#asked.at(-1);
      if (asked === undefined || (step !== undefined && this.#at > asked)) continue;
      // Where the walk ended after it, what lies between is not seen; what the client did before is.
      this.#tell(asked, "unseen", this.#ends.client);
      this.#asked.pop();
      step = stepAt(this.#ends.client, this.#histories.placeOf(asked));
    }
    this.#tell(this.#ends.begin, "unseen", this.#ends.client);
  }

  /** Tells one stretch on a processor and the wait before it; where the walk goes on. */
  #before({ thread, index, place }: Step): Step | undefined {
    const run = thread.runs[index];
    if (run === undefined) return undefined;
    // It may have been switched out already: a wake-up that it set a timer for, or that the trace shows late.
    if (run.off !== undefined && run.off.place <= place && run.off.at < this.#at) this.#tell(run.off.at, "unseen", thread);
    // It is another program from each exec on, though it goes on running.
    for (const exec of thread.execs.filter((one) => one.place > run.on.place && one.place <= place).reverse())
      this.#tell(exec.at, "cpu", thread);
    this.#tell(run.on.at, "cpu", thread);
    return this.#whySwitchedIn(thread, run, index);
  }

  #whySwitchedIn(thread: Thread, run: Run, index: number): Step | undefined {
    const previous = thread.runs[index - 1];
    const off = previous?.off;
    // Where the switch is missing it may have run already.
    const ready = run.isOnSeen ? "runqueue" : "unseen";
    if (previous === undefined || off === undefined) {
      const { fork } = thread;
      const born = fork !== undefined && fork.place <= run.on.place ? fork : undefined;
      if (born !== undefined) {
        this.#tell(born.at, ready, thread);
        return stepAt(born.parent, born.place);
      }
      const woken = thread.wakeUps.find((one) => isBefore(one, run));
      if (woken === undefined) return undefined;
      this.#tell(woken.at, ready, thread);
      return this.#whoWoke(thread, woken, undefined);
    }
    const at = { thread, index: index - 1, place: off.place };
    if (previous.isOffSeen && previous.state.startsWith("R")) {
      this.#tell(off.at, ready, thread);
      return at;
    }
    const woken = thread.wakeUps.find((one) => one.place > off.place && isBefore(one, run));
    if (woken === undefined) {
      this.#tell(off.at, "unseen", thread);
      return at;
    }
    this.#tell(woken.at, ready, thread);
    return this.#whoWoke(thread, woken, { run: previous, from: off.at, at });
  }

  /** @param wait that the wake-up ended, where the thread ran before */
  #whoWoke(thread: Thread, woken: WakeUp, wait: Wait | undefined): Step | undefined {
    const comm = nameAt(woken.by, woken.place);
    const isKernels = woken.inInterrupt || woken.by.tid === 0 || kernelThreadCause(comm) !== undefined;
    if (!isKernels && (this.#isMember(woken.by) || this.#leadsBack(woken))) return stepAt(woken.by, woken.place);
    if (wait === undefined) return undefined;
    const isKnown = isKernels && wait.run.isOffSeen;
    this.#tell(wait.from, isKnown ? waitCause(wait.run, woken, comm) : "unseen", thread, wait.run.stack);
    return wait.at;
  }

  /** Whether a stranger worked for the start: it was asked, by whatever chain, by a member of it. */
  #leadsBack(woken: WakeUp): boolean {
    let at: Point = woken;
    let { thread, index } = stepAt(woken.by, woken.place);
    const goTo = (point: Point, by: Thread): void => {
      at = point;
      ({ thread, index } = stepAt(by, point.place));
    };
    while (at.at > this.#ends.begin) {
      if (this.#isMember(thread)) return true;
      const run = thread.runs[index];
      const off = thread.runs[index - 1]?.off;
      if (run === undefined) return false;
      const { fork } = thread;
      if (off === undefined && fork !== undefined && fork.place <= run.on.place) {
        goTo(fork, fork.parent);
        continue;
      }
      const by = thread.wakeUps.find((one) => one.place > (off?.place ?? -1) && isBefore(one, run));
      if (by !== undefined && !by.inInterrupt && by.by.tid !== 0 && kernelThreadCause(nameAt(by.by, by.place)) === undefined) {
        goTo(by, by.by);
      } else if (off !== undefined) {
        at = off;
        index -= 1;
      } else return false;
    }
    return false;
  }

  /** The stretch from `begin` to where the walk is; nothing if that is not before it. */
  #tell(begin: ClockNs, cause: Cause, thread: Thread, stack: readonly string[] = []): void {
    const barrier = this.#asked.at(-1) ?? this.#ends.begin;
    const from = begin < barrier ? barrier : begin;
    if (from >= this.#at) return;
    this.segments.push({ begin: from, end: this.#at, cause, thread, place: this.#histories.placeOf(from), stack });
    this.#at = from;
  }
}
