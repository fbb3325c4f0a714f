/** What the order of collection tells: dependence, warm-up, drift. Never used to drop data. */
import { z } from "zod";
import { autocorrelation } from "../statistics/dependence/autocorrelation.ts";
import { changepoints } from "../statistics/dependence/changepoints.ts";
import { effectiveSampleSize } from "../statistics/dependence/effective-sample-size.ts";
import { ljungBox } from "../statistics/dependence/ljung-box.ts";

const changepoint = z.object({
  position: z.int().describe("index, from 0, of the first observation after the change"),
  medianBefore: z.number(),
  medianAfter: z.number(),
  p: z.number(),
});

export const timeOrderSchema = z.object({
  lag1_autocorrelation: z.number().nullable().describe("of neighbours; null for equal or too few observations"),
  ljung_box_p: z.number().nullable(),
  effective_n: z.number().nullable().describe("as many independent observations would fix the mean as well"),
  changepoints: z.array(changepoint).readonly(),
});
export type TimeOrder = Readonly<z.infer<typeof timeOrderSchema>>;

/** Of what is listed; what is worth a warning depends on how many conditions there are, and is for the detectors to say. */
const ALPHA = 0.01;

/** @param values in order of collection, not empty */
export const timeOrder = (values: readonly number[]): TimeOrder => ({
  lag1_autocorrelation: values.length < 3 ? null : autocorrelation(values, 1),
  ljung_box_p: ljungBox(values)?.p ?? null,
  effective_n: effectiveSampleSize(values),
  changepoints: changepoints(values, ALPHA),
});
