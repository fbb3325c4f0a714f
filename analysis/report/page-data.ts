/** What the page holds for its script, as JSON. */
import type { Trial } from "./trials.ts";

export interface PageData {
  /** Vega's, by the number that stands at each picture's place. */
  readonly specs: readonly object[];
  /** By the number that stands at each platform's figure of starts. */
  readonly trials: readonly (readonly Trial[])[];
}
