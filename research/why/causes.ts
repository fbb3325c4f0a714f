/**
 * Why a start waits: the causes that partition its time, the second partition beside the phases. Every nanosecond of
 * [create_sent, entry_acts] has exactly one.
 */
export const CAUSES_OF_TIME = {
  cpu: { label: "on CPU", meaning: "a program of the start runs on a processor" },
  runqueue: { label: "waits for a processor", meaning: "it could run, and waits for a processor: woken, forked or preempted" },
  disk: {
    label: "waits for the disk",
    meaning: "it waits for block I/O: fsync, discard, reads, page faults from a file, writeback",
  },
  rcu: { label: "waits for an RCU grace period", meaning: "it waits until every processor has passed a quiescent state" },
  lock: { label: "waits for a lock", meaning: "it waits for a mutex or semaphore of the kernel that another holds" },
  "kernel-work": { label: "waits for the kernel's workers", meaning: "it waits for a worker thread of the kernel" },
  timer: { label: "sleeps", meaning: "it waits for a timer: a sleep, or the time limit of a poll" },
  network: { label: "waits for the network", meaning: "it waits for another host" },
  unseen: { label: "unseen", meaning: "the trace does not tell: a stranger ended the wait, or the wake-up is missing" },
} as const satisfies Record<string, { readonly label: string; readonly meaning: string }>;

export type Cause = keyof typeof CAUSES_OF_TIME;
export const CAUSE_NAMES = Object.keys(CAUSES_OF_TIME) as readonly Cause[];
