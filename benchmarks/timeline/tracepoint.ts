/** What the kernel is asked to record. */

/** A path below `events/`, and what is written to its files. */
export interface Tracepoint {
  readonly event: string;
  readonly filter?: string;
  /** What else is recorded, and when. */
  readonly trigger?: string;
  /** What a kernel has that does not take the filter or the trigger, instead of both. */
  readonly plainFilter?: string;
  /** Not every kernel has it. */
  readonly optional?: boolean;
}
