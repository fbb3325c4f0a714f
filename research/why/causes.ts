/**
 * Why a start waits: the causes that partition its time, the second partition beside the phases. Every nanosecond of
 * [create_sent, entry_acts] has exactly one. A label is a verb phrase of at most 21 characters and never shortened; a meaning
 * stands beside it in a table of 100 columns.
 */
export const CAUSES_OF_TIME = {
  cpu: { label: "on CPU", meaning: "a program of the start runs on a processor" },
  runqueue: { label: "waits for a CPU", meaning: "ready to run, but not yet on a processor" },
  disk: { label: "waits for the disk", meaning: "block I/O: fsync, discard, reads, writeback" },
  rcu: { label: "waits for RCU", meaning: "until no processor can still read old data" },
  lock: { label: "waits for a lock", meaning: "a mutex or semaphore of the kernel" },
  "kernel-work": { label: "waits for kernel work", meaning: "a worker thread of the kernel" },
  timer: { label: "sleeps", meaning: "a sleep, or the time limit of a poll" },
  network: { label: "waits for the network", meaning: "an answer from another host" },
  unseen: { label: "unseen", meaning: "the trace does not show what ended the wait" },
} as const satisfies Record<string, { readonly label: string; readonly meaning: string }>;

export type Cause = keyof typeof CAUSES_OF_TIME;
export const CAUSE_NAMES = Object.keys(CAUSES_OF_TIME) as readonly Cause[];

/** After `30 % of it`: is on CPU, waits for RCU, is unseen. */
export const causeVerb = (cause: Cause): string =>
  cause === "cpu" || cause === "unseen" ? `is ${CAUSES_OF_TIME[cause].label}` : CAUSES_OF_TIME[cause].label;
