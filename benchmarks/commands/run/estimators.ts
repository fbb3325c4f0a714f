/** What measuring needs of the statistics, which are another room's. */
import type { RatioOfMedians } from "../../start/observer-effect.ts";
import type { SessionHalfWidth } from "../../start/precision-goal.ts";

export interface Estimators {
  /** What `--precision` stops on. */
  readonly sessionHalfWidth: SessionHalfWidth;
  /** What `--calibrate` reports. */
  readonly ratioOfMedians: RatioOfMedians;
}
