/** What measuring needs of the analysis, which is another room. */
import type { RatioOfMedians } from "../../start/observer-effect.ts";
import type { SessionHalfWidth } from "../../start/precision-goal.ts";

export interface Estimators {
  /** What `--precision` stops on. */
  readonly sessionHalfWidth: SessionHalfWidth;
  /** What `--calibrate` reports. */
  readonly ratioOfMedians: RatioOfMedians;
  /** Prints what was measured, once a run is complete: of one platform, or of several that took turns. */
  readonly explain: (folders: readonly string[]) => Promise<void>;
}
