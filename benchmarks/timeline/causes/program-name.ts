/**
 * What the program that a thread runs is called in sentences and tables. Who belongs to the start is told by process and tree;
 * the name is the kernel's own (comm), which nothing is decided by.
 */
import type { Histories, Thread } from "./thread-histories.ts";

export interface Cast {
  readonly client: Thread | undefined;
  /** The thread that executes the entrypoint, and at which place of the trace. */
  readonly init: Thread | undefined;
  readonly entryPlace: number;
  /** The OCI runtime's `create`. */
  readonly create: Thread | undefined;
  /** False for a process that worked for the start without belonging to it. */
  readonly isMember: (thread: Thread) => boolean;
}

/** A process, as far as the trace tells: its id, or else the name that its threads share. */
export const processKey = (thread: Thread): number | string => thread.tgid ?? thread.names[0]?.comm ?? thread.tid;

export const nameAt = (thread: Thread, place: number): string =>
  (thread.names.findLast((name) => name.place <= place) ?? thread.names[0])?.comm ?? `thread ${thread.tid}`;

export function* ancestry(thread: Thread): Generator<Thread> {
  for (let at: Thread | undefined = thread; at !== undefined; at = at.fork?.parent) yield at;
}

/** Containers' runtimes name their stages so: `runc:[2:INIT]`. */
const STAGE = /^(.+):\[\d:[A-Z]+\]$/;
const HOOK = " (hook)";
const CHILD = " (child)";
/** A program that executes itself, or another process's program, by its link is named like that. */
const LINK = "exe";
const ITSELF = /^\/proc\/(self|\d+)\/exe$/;

export const programName = (histories: Histories, cast: Cast, thread: Thread, place: number): string =>
  cast.isMember(thread) ? memberName(histories, cast, thread, place) : `${nameAt(thread, place)} (outside)`;

function memberName(histories: Histories, cast: Cast, thread: Thread, place: number): string {
  if (cast.client !== undefined && processKey(thread) === processKey(cast.client)) return "client";
  const comm = nameAt(thread, place);
  const stage = STAGE.exec(comm)?.[1];
  if (stage !== undefined) return `${stage} init`;
  const runs = executed(thread, place);
  if (runs === undefined) return comm;
  if (place < cast.entryPlace && runs.by !== cast.create && becomesInit(cast, runs.by)) {
    return `${nameAt(cast.create ?? runs.by, place)} init`;
  }
  const whose = comm === LINK ? ITSELF.exec(runs.filename)?.[1] : undefined;
  const name = whose === undefined ? comm : namedByLink(histories, cast, runs, whose);
  return isHook(cast, runs) && !name.endsWith(HOOK) ? `${name}${HOOK}` : name;
}

interface Executed {
  readonly by: Thread;
  readonly place: number;
  readonly filename: string;
}

/** The program that a thread runs at a place: its own last exec, or that of who forked it. */
function executed(thread: Thread, place: number): Executed | undefined {
  let until = place;
  for (const by of ancestry(thread)) {
    const exec = by.execs.findLast((one) => one.place <= until);
    if (exec !== undefined) return { by, place: exec.place, filename: exec.filename };
    until = by.fork?.place ?? until;
  }
  return undefined;
}

function namedByLink(histories: Histories, cast: Cast, { by, place }: Executed, whose: string): string {
  const parent = by.fork?.parent;
  if (whose === "self") {
    if (parent === undefined) return nameAt(by, place);
    const name = memberName(histories, cast, parent, by.fork?.place ?? place);
    return name.endsWith(")") ? name : `${name}${CHILD}`;
  }
  const process = histories.threads.find(({ tid, tgid }) => (tgid ?? tid) === Number(whose));
  return process === undefined ? LINK : nameAt(process, place);
}

/** What the runtime's create forks to make the container of it, by however many stages. */
function becomesInit({ init, create }: Cast, by: Thread): boolean {
  if (init === undefined || create === undefined) return false;
  return [...ancestry(init)].includes(by) && [...ancestry(by)].includes(create);
}

/**
 * Executed below the runtime's create, and neither the runtime nor the container's init. A wrapper's own programs come before
 * it has become the runtime.
 */
function isHook({ create, init }: Cast, { by, filename, place }: Executed): boolean {
  const runtime = create?.execs.at(-1);
  if (create === undefined || runtime === undefined || by === create) return false;
  if (filename === runtime.filename || place < runtime.place) return false;
  const line = [...ancestry(by)];
  return line.includes(create) && (init === undefined || !line.includes(init));
}
