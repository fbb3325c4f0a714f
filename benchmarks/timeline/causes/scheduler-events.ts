/** What `--why` asks the kernel for beside the usual events: who ran, who woke whom, and where a thread waits. */
import type { Tracepoint } from "../tracepoint.ts";

export const SCHEDULER_EVENTS: readonly Tracepoint[] = [
  { event: "sched/sched_waking" },
  { event: "block/block_rq_complete", optional: true },
  // Last: from here on a switch finds its reason in the trace. TASK_UNINTERRUPTIBLE (linux/sched.h) is 2.
  { event: "sched/sched_switch", trigger: "stacktrace if prev_state == 2" },
];

/** Lines name the process beside the thread. */
export const SCHEDULER_OPTIONS = ["record-tgid"] as const;
