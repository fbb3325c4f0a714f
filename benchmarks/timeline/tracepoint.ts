/** What the kernel is asked to record. */

/** A path below `events/`, and what is written to its files. */
export interface Tracepoint {
  readonly event: string;
  readonly filter?: string;
  /** What else is recorded, and when; a kernel that does not take it has `plainFilter` instead of both. */
  readonly trigger?: string;
  readonly plainFilter?: string;
  /** Not every kernel has it. */
  readonly optional?: boolean;
}
