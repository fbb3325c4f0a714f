/** What the order of collection tells: dependence, warm-up, drift. Never used to drop data. */
import * as z from "zod";
import { autocorrelation } from "../statistics/dependence/autocorrelation.ts";
import { changepoints } from "../statistics/dependence/changepoints.ts";
import { effectiveSampleSize } from "../statistics/dependence/effective-sample-size.ts";
import { rankLjungBox } from "../statistics/dependence/rank-ljung-box.ts";
import { midranks } from "../statistics/tests/ranks.ts";

const changepoint = z.object({
  position: z.int().describe("index, from 0, of the first observation after the change"),
  medianBefore: z.number(),
  medianAfter: z.number(),
  p: z.number(),
});

/** Of midranks throughout, as one outlier among the values themselves hides any dependence between the others. */
export const timeOrderSchema = z.object({
  lag1_autocorrelation: z.number().nullable().describe("of neighbours' ranks; null for equal or too few observations"),
  ljung_box_p: z.number().nullable(),
  effective_n: z.number().nullable().describe("as many independent observations would fix the median as well"),
  changepoints: z.array(changepoint).readonly(),
});
export type TimeOrder = Readonly<z.infer<typeof timeOrderSchema>>;

/** Of what is listed; what is worth a warning depends on how many conditions there are, and is for the detectors to say. */
const ALPHA = 0.01;

/** @param values in order of collection, not empty */
export function timeOrder(values: readonly number[]): TimeOrder {
  const ranks = midranks(values);
  return {
    lag1_autocorrelation: ranks.length < 3 ? null : autocorrelation(ranks, 1),
    ljung_box_p: rankLjungBox(ranks)?.p ?? null,
    effective_n: effectiveSampleSize(ranks),
    changepoints: changepoints(values, ALPHA),
  };
}
