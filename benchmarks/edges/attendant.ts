/** Who waits for an engine: may interrupt it, and is told what it waits for. */
export interface Attendant {
  /** Ends what was asked for by then; what is asked later belongs to the cleanup, which has little time. */
  readonly interruption?: AbortSignal | undefined;
  /** Is told what is waited for. */
  readonly say?: ((line: string) => void) | undefined;
}
