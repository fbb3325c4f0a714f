/**
 * Why a start waits: the causes that partition its time, the second partition beside the phases. Every nanosecond of
 * [create_sent, entry_acts] has exactly one. A label is a verb phrase of at most 21 characters and never shortened; a meaning
 * of at most 26 stands beside it in a table of 80 columns.
 */
export const CAUSES_OF_TIME = {
  cpu: { label: "on CPU", meaning: "one of its programs runs" },
  runqueue: { label: "waits for a CPU", meaning: "ready, but not yet running" },
  disk: { label: "waits for the disk", meaning: "block I/O such as fsync" },
  rcu: { label: "waits for RCU", meaning: "until all readers are done" },
  lock: { label: "waits for a lock", meaning: "kernel mutex or semaphore" },
  "kernel-work": { label: "waits for kernel work", meaning: "a kernel worker thread" },
  timer: { label: "sleeps", meaning: "a sleep or a poll's limit" },
  network: { label: "waits for the network", meaning: "another host's answer" },
  unseen: { label: "unseen", meaning: "what ended it is not known" },
} as const satisfies Record<string, { readonly label: string; readonly meaning: string }>;

export type Cause = keyof typeof CAUSES_OF_TIME;
export const CAUSE_NAMES = Object.keys(CAUSES_OF_TIME) as readonly Cause[];

/** After `30 % of it`: is on CPU, waits for RCU, is unseen. */
export const causeVerb = (cause: Cause): string =>
  cause === "cpu" || cause === "unseen" ? `is ${CAUSES_OF_TIME[cause].label}` : CAUSES_OF_TIME[cause].label;
