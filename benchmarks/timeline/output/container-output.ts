/**
 * Which writes reach the container's own output: descriptors 1 and 2 of the entrypoint's exec, wherever they are moved to from
 * then on. Every process has a table of what it knows; threads share one, forks copy it, an exec closes what is to be closed.
 */
import type { ClockNs } from "../../../research/units.ts";
import type { Observation, Task } from "../process-tree.ts";
import type { DescriptorCall } from "./descriptor-events.ts";

export interface OutputWrite {
  readonly at: ClockNs;
  /** `unknown`: to a file that was opened by a name that the trace does not tell, and that may be the own output. */
  readonly stream: "stdout" | "stderr" | "unknown";
}

/** A file that was opened for writing. It may be anything, until a write to it changes an inode on a device. */
interface OpenedFile {
  onDevice: boolean;
}

interface Descriptor {
  readonly holds: "stdout" | "stderr" | OpenedFile;
  readonly closeOnExec: boolean;
}

/** What is not in it is no output: a pipe of the program's own, a socket, a file opened for reading. */
type Table = Map<number, Descriptor>;

/** `link` of an open: 1 or 2 where the file's name is one for somebody's descriptor of that number. */
interface Pending {
  readonly name: string;
  readonly at: ClockNs;
  readonly call: DescriptorCall;
  readonly link: 1 | 2 | undefined;
}

const CLONE_FILES = 0x400;

/**
 * @param observations of the container's tasks in the order of time; the first is the entrypoint's exec
 * @returns the writes to the own output and those that may be, in the order of time
 */
export function outputWrites(observations: readonly Observation[]): OutputWrite[] {
  const [exec] = observations;
  return exec === undefined ? [] : new OutputFollower(exec.task).follow(observations.slice(1));
}

class OutputFollower {
  readonly #entry: Task;
  readonly #tables = new Map<Task, Table>();
  readonly #pending = new Map<Task, Pending>();
  /** Tasks whose last event was a write to a file that is not known. */
  readonly #writing = new Map<Task, OpenedFile>();
  readonly #threads = new Set<number>();
  readonly #writes: { readonly at: ClockNs; readonly to: Descriptor["holds"] }[] = [];

  constructor(entry: Task) {
    this.#entry = entry;
    const own = (holds: "stdout" | "stderr"): Descriptor => ({ holds, closeOnExec: false });
    this.#tables.set(entry, new Map([1, 2].map((fd) => [fd, own(fd === 1 ? "stdout" : "stderr")])));
  }

  follow(observations: readonly Observation[]): OutputWrite[] {
    for (const observation of observations) this.#see(observation);
    return this.#writes
      .flatMap(({ at, to }): OutputWrite[] => {
        if (typeof to === "string") return [{ at, stream: to }];
        return to.onDevice ? [] : [{ at, stream: "unknown" }];
      })
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)); // what waits is known at its end
  }

  #see({ event, task }: Observation): void {
    const written = this.#writing.get(task);
    this.#writing.delete(task);
    const table = this.#tableOf(task);
    switch (event.kind) {
      case "shares_descriptors":
        this.#threads.add(event.child);
        return;
      case "fork": {
        // Its own, not its forebears': an id may have been a thread's before.
        const parent = task.parent === undefined ? new Map() : this.#tableOf(task.parent);
        this.#tables.set(task, this.#threads.delete(event.child) ? parent : new Map(parent));
        return;
      }
      case "exec":
        this.#tables.set(task, new Map([...table].filter(([, { closeOnExec }]) => !closeOnExec)));
        return;
      case "unshare_enter":
        if ((event.flags & CLONE_FILES) !== 0) this.#tables.set(task, new Map(table));
        return;
      case "close":
        this.#close(task, event.ownTable ? new Map(table) : table, event.first, event.last);
        return;
      case "close_on_exec":
        for (const [fd, { holds }] of table)
          if (fd >= event.first && fd <= event.last) table.set(fd, { holds, closeOnExec: event.on });
        return;
      case "write":
        this.#write(task, event.at, table.get(event.fd)?.holds);
        return;
      case "dirtied":
        if (written !== undefined) written.onDevice = true;
        return;
      case "call":
        this.#pending.set(task, { name: event.name, at: event.at, call: event.call, link: undefined });
        return;
      case "link_opened": {
        const begun = this.#pending.get(task);
        // Without a line of its own it is a name of standard error.
        if (begun?.call.does === "open") this.#pending.set(task, { ...begun, link: 1 });
        else this.#pending.set(task, { name: "open*", at: event.at, call: { does: "open", closeOnExec: false }, link: 2 });
        return;
      }
      case "return": {
        const pending = this.#pending.get(task);
        if (pending === undefined || !isReturnOf(pending, event.name)) return;
        this.#pending.delete(task);
        if (event.value >= 0) this.#returned(task, table, pending, event.value, event.at);
        return;
      }
    }
  }

  #tableOf(task: Task): Table {
    const known = this.#tables.get(task);
    if (known !== undefined) return known;
    const table: Table = new Map();
    this.#tables.set(task, table);
    return table;
  }

  #close(task: Task, table: Table, first: number, last: number): void {
    this.#tables.set(task, table);
    for (const fd of [...table.keys()]) if (fd >= first && fd <= last) table.delete(fd);
  }

  #write(task: Task, at: ClockNs, to: Descriptor["holds"] | undefined): void {
    if (to === undefined) return;
    this.#writes.push({ at, to });
    if (typeof to !== "string") this.#writing.set(task, to);
  }

  #returned(task: Task, table: Table, { call, at, link }: Pending, value: number, end: ClockNs): void {
    switch (call.does) {
      case "copy": {
        const copied = table.get(call.from);
        if (copied === undefined) table.delete(value);
        else table.set(value, { holds: copied.holds, closeOnExec: call.closeOnExec });
        return;
      }
      case "open": {
        const holds = link === undefined ? { onDevice: false } : this.#linked(table, link);
        if (holds === undefined) table.delete(value);
        else table.set(value, { holds, closeOnExec: call.closeOnExec });
        return;
      }
      case "transfer":
        if (value > 0) this.#write(task, call.waits ? end : at, table.get(call.to)?.holds);
        return;
      default:
        call satisfies never;
    }
  }

  /**
   * What a name of descriptor 1 or 2 opens. The trace does not tell whose: the opener's (/dev/stdout, /proc/self/fd/1) or, as
   * is usual in containers, the entrypoint's (/proc/1/fd/1). Where these differ it is unknown.
   */
  #linked(table: Table, link: 1 | 2): Descriptor["holds"] | undefined {
    const [own, entrys] = [table.get(link)?.holds, this.#tableOf(this.#entry).get(link)?.holds];
    return own === entrys || (typeof own === "string" && typeof entrys === "string") ? own : { onDevice: false };
  }
}

const isReturnOf = ({ name }: Pending, returned: string): boolean =>
  name === returned || (name === "open*" && (returned === "open" || returned === "openat"));
