/** The user (Ctrl-C) or the system asked the program to end: exit code 130, everything cleaned up and on disk. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}
