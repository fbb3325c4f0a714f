/** What an independent witness reports of starts. */

/** In ns of the monotonic clock. A pid is a process here, not a thread. */
export type Sight = {
  readonly at: bigint;
  readonly pid: number;
} & (
  | { readonly kind: "exec"; readonly parent: number }
  /** The execve call has returned to the new program. */
  | { readonly kind: "execve" }
  /** A thread of the process ended. */
  | { readonly kind: "exit" }
  | { readonly kind: "mkdir"; readonly path: string }
  | { readonly kind: "attach"; readonly joined: number; readonly path: string }
  | { readonly kind: "unshare"; readonly parent: number; readonly flags: number }
  | { readonly kind: "unshared" }
  | { readonly kind: "pivot"; readonly parent: number }
  /** To standard output, by a process that has pivoted its root: others write too much. */
  | { readonly kind: "write" }
);

export interface Witness extends AsyncDisposable {
  readonly name: string;
  /**
   * Ends the witness. @throws Error when it lost events
   * @returns everything it saw, in the order of time, and the bound of its clock against ours in ns
   */
  readonly testimony: () => Promise<{ readonly sights: readonly Sight[]; readonly clockError: number }>;
}

/** Sights arrive by processor or by call, not by time. */
export const inOrder = (sights: readonly Sight[]): Sight[] =>
  [...sights].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
