/** What the page holds for its script, as JSON. */
import type { StartsData } from "./starts.ts";

export interface PageData {
  /** By the number that stands at each platform's starts. */
  readonly starts: readonly StartsData[];
}
