/** What is put into a start, and the cause, program and phase that must take it. */
import type { PhaseName } from "../../../research/phases.ts";
import type { Cause } from "../../../research/why/causes.ts";

/** Where a start's time must be found. */
interface Target {
  readonly cause: Cause;
  readonly program: RegExp;
  readonly phase: PhaseName;
}

/** What differs from a start with nothing put in. */
export interface Amounts {
  /** The wrapper around the OCI runtime sleeps before `create`. */
  readonly sleep_ms: number;
  /** A hook burns CPU time, by its own clock of it. */
  readonly burn_ms: number;
  /** A hook writes a page and syncs it, so many times. */
  readonly syncs: number;
  /** A process outside burns CPU time for the entrypoint, which asks it over a unix socket. */
  readonly asked_ms: number;
  /** The entrypoint waits for a lock that its other thread holds and sleeps. */
  readonly held_ms: number;
  /** A loop on every processor. */
  readonly busy: boolean;
  /** /sys/kernel/rcu_expedited is what it is not on this machine. */
  readonly otherRcu: boolean;
}

export const NOTHING: Amounts = {
  ...{ sleep_ms: 0, burn_ms: 0, syncs: 0, asked_ms: 0, held_ms: 0 },
  ...{ busy: false, otherRcu: false },
};

/** Which programs run: starts are compared with those of the same programs, with nothing put in. */
export const COMMANDS = { plain: "small", asking: "medium", locking: "large" } as const;
export type Command = keyof typeof COMMANDS;

export interface Injection {
  readonly name: string;
  readonly command: Command;
  readonly amounts: Partial<Amounts>;
  /** None where no single place takes it. */
  readonly target?: Target;
}

export const INJECTIONS: readonly Injection[] = [
  {
    name: "a wrapper runtime sleeps 50 ms",
    command: "plain",
    amounts: { sleep_ms: 50 },
    target: { cause: "timer", program: /^sleep$/, phase: "runtime_load" },
  },
  {
    name: "a hook burns 40 ms of CPU time",
    command: "plain",
    amounts: { burn_ms: 40 },
    target: { cause: "cpu", program: /^hook \(hook\)$/, phase: "hook" },
  },
  {
    name: "a hook writes and syncs 20 times",
    command: "plain",
    amounts: { syncs: 20 },
    target: { cause: "disk", program: /^hook \(hook\)$/, phase: "hook" },
  },
  {
    name: "a process outside burns 40 ms for the entrypoint",
    command: "asking",
    amounts: { asked_ms: 40 },
    target: { cause: "cpu", program: /^asked \(outside\)$/, phase: "entrypoint" },
  },
  {
    name: "the entrypoint's other thread holds a lock for 30 ms",
    command: "locking",
    amounts: { held_ms: 30 },
    target: { cause: "timer", program: /^python3/, phase: "entrypoint" },
  },
  { name: "a busy loop on every processor", command: "plain", amounts: { busy: true } },
  { name: "the other value of rcu_expedited", command: "plain", amounts: { otherRcu: true } },
];
