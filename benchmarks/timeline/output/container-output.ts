/**
 * Which writes reach the container's own output: descriptors 1 and 2 of the entrypoint's exec, wherever they are moved to from
 * then on. Every process has a table of what it knows; threads share one, forks copy it, an exec closes what is to be closed.
 */
import type { ClockNs } from "../../../research/units.ts";
import type { Observation, Task } from "../process-tree.ts";
import type { DescriptorCall } from "./descriptor-events.ts";

export interface OutputWrite {
  readonly at: ClockNs;
  /** How many; `undefined` where its return was not seen. */
  readonly bytes: number | undefined;
  /** `unknown`: to a file that was opened by a name that the trace does not tell, and that may be the own output. */
  readonly stream: "stdout" | "stderr" | "unknown";
}

/** A file that was opened for writing. It may be anything, until a write to it changes pages of a file on a device. */
interface OpenedFile {
  onDevice: boolean;
}

interface Descriptor {
  readonly holds: "stdout" | "stderr" | OpenedFile;
  readonly closeOnExec: boolean;
}

/** What is not in it is no output: a pipe of the program's own, a socket, a file opened for reading. */
type Table = Map<number, Descriptor>;

interface Write {
  readonly at: ClockNs;
  readonly to: Descriptor["holds"];
  bytes: number | undefined;
}

/** A call that has begun. */
interface Pending {
  readonly name: string;
  readonly at: ClockNs;
  readonly call: DescriptorCall | { readonly does: "write"; readonly write: Write };
  /** Of an open: 1 or 2 where the file's name is one for somebody's descriptor of that number. */
  readonly link?: 1 | 2;
  /** Of a write or transfer: what it writes to. */
  readonly to?: Descriptor["holds"] | undefined;
  /** Pages of a file have changed since. After the call they may be any file's. */
  changesFile?: true;
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
  readonly #threads = new Set<number>();
  readonly #writes = new Set<Write>();

  constructor(entry: Task) {
    this.#entry = entry;
    const own = (holds: "stdout" | "stderr"): Descriptor => ({ holds, closeOnExec: false });
    this.#tables.set(entry, new Map([1, 2].map((fd) => [fd, own(fd === 1 ? "stdout" : "stderr")])));
  }

  follow(observations: readonly Observation[]): OutputWrite[] {
    for (const observation of observations) this.#see(observation);
    return [...this.#writes]
      .flatMap(({ at, bytes, to }): OutputWrite[] => {
        if (typeof to === "string") return [{ at, bytes, stream: to }];
        return to.onDevice ? [] : [{ at, bytes, stream: "unknown" }];
      })
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)); // what waits is known at its end
  }

  #see({ event, task }: Observation): void {
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
      case "write": {
        const to = table.get(event.fd)?.holds;
        // One of another kind that has not returned will not.
        if (to === undefined) this.#pending.delete(task);
        else {
          const write: Write = { at: event.at, to, bytes: undefined };
          this.#writes.add(write);
          this.#pending.set(task, { name: event.name, at: event.at, call: { does: "write", write }, to });
        }
        return;
      }
      case "dirtied": {
        const pending = this.#pending.get(task);
        if (pending !== undefined) pending.changesFile = true;
        return;
      }
      case "call": {
        const to = event.call.does === "transfer" ? table.get(event.call.to)?.holds : undefined;
        this.#pending.set(task, { name: event.name, at: event.at, call: event.call, to });
        return;
      }
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
        this.#returned(table, pending, event.value, event.at);
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

  /** @param value negative when the call failed */
  #returned(table: Table, { call, at, link, to, changesFile }: Pending, value: number, end: ClockNs): void {
    if (changesFile && value > 0 && typeof to === "object") to.onDevice = true;
    switch (call.does) {
      case "copy": {
        if (value < 0) return;
        const copied = table.get(call.from);
        if (copied === undefined) table.delete(value);
        else table.set(value, { holds: copied.holds, closeOnExec: call.closeOnExec });
        return;
      }
      case "open": {
        if (value < 0) return;
        const holds = link === undefined ? { onDevice: false } : this.#linked(table, link);
        if (holds === undefined) table.delete(value);
        else table.set(value, { holds, closeOnExec: call.closeOnExec });
        return;
      }
      case "write":
        if (value > 0) call.write.bytes = value;
        else this.#writes.delete(call.write);
        return;
      case "transfer":
        if (value > 0 && to !== undefined) this.#writes.add({ at: call.waits ? end : at, to, bytes: value });
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
