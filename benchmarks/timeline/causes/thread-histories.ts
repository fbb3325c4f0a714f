/**
 * Scheduler events → what each thread did: when it ran, how it stopped, who woke it. Everything is ordered by its place in
 * the trace, because the text format's microseconds do not tell two events apart that follow each other at once.
 */
import { type ClockNs, clockNs } from "../../../research/units.ts";
import { wholeLines } from "../whole-lines.ts";
import { readSchedulerLine, type SchedulerEvent, type SchedulerLine } from "./scheduler-event.ts";

/** A point of the trace: its place decides what came first, its time how long it took. */
export interface Point {
  readonly place: number;
  readonly at: ClockNs;
}

/** A stretch on a processor. */
export interface Run {
  readonly on: Point;
  /** Else it ran at `on`, and perhaps before: the switch to it is missing, and nothing else tells when that was. */
  readonly isOnSeen: boolean;
  /** `undefined` while the trace ended. */
  off: Point | undefined;
  /** Else it ran at `off`, and perhaps longer: another has its processor, and the switch is missing. */
  isOffSeen: boolean;
  /** How it stopped: the kernel's letter. */
  state: string;
  /** Functions of the kernel in which it waits from then on, innermost first; empty where they were not recorded. */
  stack: readonly string[];
}

export interface WakeUp extends Point {
  /** Who called the wake-up, or was interrupted by it. */
  readonly by: Thread;
  readonly inInterrupt: boolean;
  /** A block device finished a request in the same interrupt. */
  readonly afterBlockIo: boolean;
}

export interface Thread {
  readonly tid: number;
  /** Its process, once the trace told it. */
  tgid: number | undefined;
  /** The names it had, in the order of time. */
  readonly names: { readonly place: number; readonly comm: string }[];
  readonly runs: Run[];
  readonly wakeUps: WakeUp[];
  /** Who forked it, if that was seen. */
  readonly fork: (Point & { readonly parent: Thread }) | undefined;
  readonly execs: (Point & { readonly filename: string })[];
}

export interface Histories {
  /** The thread that had this id at this place of the trace. */
  readonly threadAt: (tid: number, place: number) => Thread | undefined;
  /** The place of the last event not later than a time. */
  readonly placeOf: (at: ClockNs) => number;
  readonly threads: readonly Thread[];
  /** Whether the scheduler was watched at all. */
  readonly areComplete: boolean;
}

const FRAME = /^ => ([^\s+]+)/;
const STACK = /^.{16}-(\d+) .*: <stack trace>/s;
/** What is executed by a descriptor is named after the file behind it, which the trace does not tell. */
const BY_DESCRIPTOR = /^\/(?:dev|proc\/(?:self|\d+))\/fd\/\d+$/;
/** TASK_COMM_LEN, without the null byte at its end. */
const COMM_BYTES = 15;
/** How the kernel names a thread that executes a file. */
const commOf = (filename: string): string =>
  Buffer.from(filename.slice(filename.lastIndexOf("/") + 1)).toString("utf8", 0, COMM_BYTES);
const BEFORE_THE_TRACE: Point = { place: -1, at: clockNs(0n) };
/** The completion of a request and the wake-up that follows come from one interrupt. */
const SAME_INTERRUPT_NS = 200_000n;

/**
 * @param printed lines of the whole machine, as the kernel prints them: in the order of time
 * @param toClient the kernel's clock → the client's, where they are not one
 */
export function threadHistories(printed: readonly string[], toClient = (kernel: ClockNs): ClockNs => kernel): Histories {
  const histories = new Builder();
  const lines = wholeLines(printed);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as string;
    const stack = STACK.exec(line);
    if (stack !== null) {
      const frames: string[] = [];
      for (let next = index + 1; next < lines.length; next += 1) {
        const frame = FRAME.exec(lines[next] as string)?.[1];
        if (frame === undefined) break;
        frames.push(frame);
      }
      histories.waitsIn(Number(stack[1]), frames);
      continue;
    }
    const read = readSchedulerLine(line);
    if (read !== undefined) histories.take({ ...read, at: toClient(read.at) }, index);
  }
  return histories.done();
}

class Builder {
  readonly #threads: Thread[] = [];
  /** Who has an id now, and since which place. */
  readonly #holders = new Map<number, { readonly from: number; readonly thread: Thread }[]>();
  readonly #times: { readonly place: number; readonly at: ClockNs }[] = [];
  /** Of each processor: when it last switched, who runs there, and when a block device last finished in an interrupt there. */
  readonly #switched = new Map<number, Point>();
  readonly #running = new Map<number, { readonly thread: Thread; readonly run: Run }>();
  readonly #completed = new Map<number, ClockNs>();
  /** When each thread last did something. */
  readonly #seen = new Map<Thread, Point>();

  take({ at, cpu, tid, tgid, inInterrupt, event }: SchedulerLine, place: number): void {
    const point = { place, at };
    this.#times.push(point);
    // A thread that is not the leader takes the leader's id; its history goes with it.
    const leader = event.kind === "exec" && event.oldPid !== event.pid ? this.#held(event.oldPid) : undefined;
    if (leader !== undefined) this.#hold(tid, leader, place);
    const current = this.#thread(tid, tgid, place);
    current.tgid ??= tgid;
    if (tid === 0) this.#leave(cpu, undefined);
    else this.#mustRun(current, cpu, point);
    switch (event.kind) {
      case "switch":
        this.#switch(event, cpu, point, current);
        break;
      case "waking": {
        const completed = this.#completed.get(cpu);
        const afterBlockIo = inInterrupt && completed !== undefined && at - completed <= SAME_INTERRUPT_NS;
        this.#named(event.woken.tid, event.woken.comm, place).wakeUps.push({ ...point, by: current, inInterrupt, afterBlockIo });
        break;
      }
      case "fork":
        this.#hold(event.child.tid, this.#create(event.child.tid, undefined, { ...point, parent: current }), place);
        this.#named(event.child.tid, event.child.comm, place);
        break;
      case "exec":
        current.execs.push({ ...point, filename: event.filename });
        // The kernel tells the new name no sooner than at the next switch.
        if (!BY_DESCRIPTOR.test(event.filename)) this.#named(tid, commOf(event.filename), place);
        break;
      case "block_complete":
        this.#completed.set(cpu, at);
        break;
      case "exit":
        break;
    }
  }

  waitsIn(tid: number, frames: readonly string[]): void {
    const run = this.#held(tid)?.runs.at(-1);
    if (run?.off !== undefined) run.stack = frames;
  }

  done(): Histories {
    const times = this.#times;
    return {
      threads: this.#threads,
      areComplete: this.#switched.size > 0 && this.#threads.some(({ wakeUps }) => wakeUps.length > 0),
      threadAt: (tid, place) => {
        const holders = this.#holders.get(tid) ?? [];
        return (holders.findLast(({ from }) => from <= place) ?? holders[0])?.thread;
      },
      placeOf: (at) => {
        let low = 0;
        let high = times.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if ((times[middle] as Point).at <= at) low = middle + 1;
          else high = middle;
        }
        return low === 0 ? -1 : (times[low - 1] as Point).place;
      },
    };
  }

  #switch(event: SchedulerEvent & { kind: "switch" }, cpu: number, point: Point, current: Thread): void {
    if (event.previous.tid !== 0) {
      const run = current.runs.at(-1) as Run;
      run.off = point;
      run.state = event.state;
      this.#named(event.previous.tid, event.previous.comm, point.place);
    }
    if (event.next.tid !== 0) {
      const next = this.#named(event.next.tid, event.next.comm, point.place);
      const open = next.runs.at(-1);
      // It cannot have run on two processors.
      if (open !== undefined && open.off === undefined) this.#endUnseen(next, open);
      this.#begin(next, cpu, point, point, true);
    } else this.#running.delete(cpu);
    this.#switched.set(cpu, point);
  }

  #begin(thread: Thread, cpu: number, on: Point, seen: Point, isOnSeen: boolean): void {
    const run: Run = { on: { place: on.place, at: on.at }, isOnSeen, off: undefined, isOffSeen: true, state: "R", stack: [] };
    thread.runs.push(run);
    this.#running.set(cpu, { thread, run });
    this.#seen.set(thread, seen);
  }

  /** It was switched out without a word, at some time since it was last seen. */
  #endUnseen(thread: Thread, run: Run): void {
    const seen = this.#seen.get(thread);
    run.off = seen !== undefined && seen.place > run.on.place ? seen : run.on;
    run.isOffSeen = false;
  }

  /** Whoever had the processor has it no more, if another does. */
  #leave(cpu: number, thread: Thread | undefined): void {
    const before = this.#running.get(cpu);
    if (before === undefined || before.thread === thread) return;
    if (before.run.off === undefined) this.#endUnseen(before.thread, before.run);
    this.#running.delete(cpu);
  }

  /**
   * Switches are now and then missing from the trace, most often that of the idle task to another. Who does something runs: on
   * a processor that was idle since it was woken or forked, but not before that became idle. Where the processor had another
   * thread, or nobody woke this one, it is not known since when.
   */
  #mustRun(thread: Thread, cpu: number, point: Point): void {
    const last = thread.runs.at(-1);
    if (last !== undefined && last.off === undefined) {
      this.#seen.set(thread, point);
      return;
    }
    const ready = [thread.wakeUps.at(-1), thread.fork].filter(
      (each) => each !== undefined && each.place > (last?.off?.place ?? -1),
    );
    const switched = this.#switched.get(cpu);
    const ranBefore = last === undefined && switched === undefined;
    const isKnown = !this.#running.has(cpu) && (ready.length > 0 || ranBefore);
    this.#leave(cpu, thread);
    const since = [...ready, switched].filter((each) => each !== undefined);
    const on = since.reduce((latest, each) => (each.place > latest.place ? each : latest), BEFORE_THE_TRACE);
    this.#begin(thread, cpu, isKnown ? on : point, point, isKnown);
  }

  #held(tid: number): Thread | undefined {
    return this.#holders.get(tid)?.at(-1)?.thread;
  }

  #hold(tid: number, thread: Thread, from: number): void {
    const holders = this.#holders.get(tid);
    if (holders === undefined) this.#holders.set(tid, [{ from, thread }]);
    else holders.push({ from, thread });
  }

  #create(tid: number, tgid: number | undefined, fork: Thread["fork"]): Thread {
    const thread: Thread = { tid, tgid, names: [], runs: [], wakeUps: [], fork, execs: [] };
    this.#threads.push(thread);
    return thread;
  }

  #thread(tid: number, tgid: number | undefined, place: number): Thread {
    const held = this.#held(tid);
    if (held !== undefined) return held;
    const created = this.#create(tid, tgid, undefined);
    this.#hold(tid, created, place);
    return created;
  }

  #named(tid: number, comm: string, place: number): Thread {
    const thread = this.#thread(tid, undefined, place);
    if (thread.names.at(-1)?.comm !== comm) thread.names.push({ place, comm });
    return thread;
  }
}
