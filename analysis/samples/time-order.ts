/** What the order of collection tells: dependence, warm-up, drift. Never used to drop data. */
import { autocorrelation } from "../statistics/dependence/autocorrelation.ts";
import { type Changepoint, changepoints } from "../statistics/dependence/changepoints.ts";
import { effectiveSampleSize } from "../statistics/dependence/effective-sample-size.ts";
import { ljungBox } from "../statistics/dependence/ljung-box.ts";

export interface TimeOrder {
  /** Correlation of neighbours; `null` for equal or too few observations. */
  readonly lag1_autocorrelation: number | null;
  readonly ljung_box_p: number | null;
  /** As many independent observations would fix the mean as well. */
  readonly effective_n: number | null;
  readonly changepoints: readonly Changepoint[];
}

/** Of what is listed; what is worth a warning depends on how many conditions there are, and is for the detectors to say. */
const ALPHA = 0.01;

/** @param values in order of collection, not empty */
export const timeOrder = (values: readonly number[]): TimeOrder => ({
  lag1_autocorrelation: values.length < 3 ? null : autocorrelation(values, 1),
  ljung_box_p: ljungBox(values)?.p ?? null,
  effective_n: effectiveSampleSize(values),
  changepoints: changepoints(values, ALPHA),
});
