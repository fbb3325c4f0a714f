/** Lines of raw_syscalls → each system call's count and time. */
import { syscallName } from "./syscall-names.ts";

export interface CountedCall {
  readonly name: string;
  readonly count: number;
  /** From entering to leaving the kernel, waiting included; of those whose both ends were seen. */
  readonly time_ns: number;
  /** How many of the count that are. */
  readonly timed: number;
}

/** `COMM-PID [CPU] FLAGS SECONDS: sys_enter: NR 1 (…)`; a command's name may hold anything. */
const LINE = /-(\d+)\s+\[\d+\]\s+\S+\s+(\d+)\.(\d{6}): sys_(enter|exit): NR (-?\d+) /;

/** Keeps what has begun: lines come in pieces. */
export class CallCounter {
  readonly #architecture: string;
  readonly #open = new Map<string, { readonly number: number; readonly at: number }>();
  readonly #calls = new Map<number, { count: number; time: number; timed: number }>();

  /** @param architecture as Node names it */
  constructor(architecture: string) {
    this.#architecture = architecture;
  }

  take(line: string): void {
    const [, thread, seconds, micros, side, text] = LINE.exec(line) ?? [];
    if (thread === undefined) return;
    const at = Number(seconds) * 1e6 + Number(micros);
    const number = Number(text);
    if (side === "enter") {
      this.#open.set(thread, { number, at });
      this.#of(number).count += 1;
      return;
    }
    const begun = this.#open.get(thread);
    this.#open.delete(thread);
    // It began before the watch, or is the other side of a call that was lost.
    if (begun === undefined || begun.number !== number) return;
    const call = this.#of(number);
    call.time += at - begun.at;
    call.timed += 1;
  }

  /** The longest in all first. */
  counted(): CountedCall[] {
    return [...this.#calls]
      .map(([number, { count, time, timed }]) => ({
        ...{ name: syscallName(this.#architecture, number), count, time_ns: time * 1_000, timed },
      }))
      .toSorted((a, b) => b.time_ns - a.time_ns || b.count - a.count);
  }

  #of(number: number): { count: number; time: number; timed: number } {
    const known = this.#calls.get(number);
    if (known !== undefined) return known;
    const call = { count: 0, time: 0, timed: 0 };
    this.#calls.set(number, call);
    return call;
  }
}
