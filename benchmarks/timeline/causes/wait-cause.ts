/** What a thread waited for: by the functions of the kernel in which it waited, else by who ended the wait. */
import type { Cause } from "../../../research/why/causes.ts";
import type { Run, WakeUp } from "./thread-histories.ts";

/** In this order: a wait for a grace period may happen below a lock, and an fsync below an unmount. */
const BY_FUNCTION: readonly { readonly cause: Cause; readonly functions: RegExp }[] = [
  {
    cause: "rcu",
    functions: /^(?:synchronize_rcu|synchronize_srcu|__synchronize_srcu|rcu_barrier|__wait_rcu_gp|wait_rcu_exp_gp)/,
  },
  {
    cause: "disk",
    functions:
      /^(?:io_schedule|blk_|rq_qos_|wb_wait|sync_inodes|blkdev_|submit_bio_wait|bio_|folio_wait_|wait_on_(?:page|folio)|jbd2_|.*_fsync|fsync_|filemap_fault)/,
  },
  { cause: "lock", functions: /^(?:mutex_lock|__mutex_lock|rwsem_|down_(?:read|write)|__down_|percpu_(?:down|rwsem)|rt_mutex)/ },
  { cause: "kernel-work", functions: /^(?:flush_work|__flush_work|flush_workqueue|wait_for_completion|kthread_stop)/ },
  {
    cause: "timer",
    functions: /^(?:do_nanosleep|hrtimer_nanosleep|schedule_hrtimeout|schedule_timeout|poll_schedule_timeout|ep_poll|do_epoll)/,
  },
];

/** Threads of the kernel that end a wait on behalf of something else (sched_waking prints their names). */
const BY_KERNEL_THREAD: readonly { readonly cause: Cause; readonly name: RegExp }[] = [
  { cause: "rcu", name: /^(?:rcu_|rcuo|rcub)/ },
  { cause: "disk", name: /^(?:jbd2\/|ext4-|xfs|btrfs|dm-|md\d|nvme|scsi_|kswapd)/ },
  { cause: "kernel-work", name: /^(?:kworker\/|migration\/|cpuhp\/|kthreadd$|ksoftirqd\/|netns$|irq\/)/ },
];

export const kernelThreadCause = (comm: string): Cause | undefined => BY_KERNEL_THREAD.find(({ name }) => name.test(comm))?.cause;

/** @returns the cause of a wait that no thread of ours ended */
export function waitCause(wait: Run, wakeUp: WakeUp, comm: string): Cause {
  for (const { cause, functions } of BY_FUNCTION) if (wait.stack.some((name) => functions.test(name))) return cause;
  if (wakeUp.afterBlockIo && isUninterruptible(wait.state)) return "disk";
  const ofThread = wakeUp.inInterrupt ? undefined : kernelThreadCause(comm);
  if (ofThread !== undefined) return ofThread;
  return isUninterruptible(wait.state) ? (wakeUp.inInterrupt ? "disk" : "lock") : "timer";
}

const isUninterruptible = (state: string): boolean => state.startsWith("D");
