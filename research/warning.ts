/** Something a reader of the numbers should know. A value, rendered at the edge: what, how we know, what to do. */
export interface Warning {
  readonly summary: string;
  /** The numbers that show it. */
  readonly evidence: string;
  readonly remedy: string;
}
