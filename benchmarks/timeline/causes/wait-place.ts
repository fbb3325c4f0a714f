/** Where a thread waited: the system call, and the function of the kernel that says most about it. */

/** Frames that every wait has, or every request to a disk: the trace's own, the scheduler's, the block layer's. */
const COMMON =
  /^(?:trace_event_|__traceiter_|__schedule|schedule|preempt_schedule|io_schedule|bit_wait|__wait_on_bit|out_of_line_wait_on_bit|wait_for_completion|__wait_for_common|wait_for_common|__down_|schedule_|submit_bio_wait$)/;
const SYSTEM_CALL = /^(?:__(?:x64|arm64|ia32|se|do)_sys_|ksys_)(\w+)$/;
const ENTRIES: readonly { readonly place: string; readonly functions: RegExp }[] = [
  { place: "page fault", functions: /^(?:asm_)?exc_page_fault$|^do_page_fault$|^do_user_addr_fault$/ },
  { place: "exit", functions: /^do_exit$|^do_group_exit$/ },
];

/** @param stack functions of the kernel, innermost first @returns `null` where nothing was recorded */
export function waitPlace(stack: readonly string[]): string | null {
  const call = stack.map((name) => SYSTEM_CALL.exec(name)?.[1]).find((name) => name !== undefined);
  const entry = call ?? ENTRIES.find(({ functions }) => stack.some((name) => functions.test(name)))?.place;
  const within = stack.find((name) => !COMMON.test(name) && !SYSTEM_CALL.test(name));
  if (entry === undefined) return within ?? null;
  return within === undefined ? entry : `${entry} (${within})`;
}
