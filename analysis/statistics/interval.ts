import * as z from "zod";

export const interval = z.tuple([z.number(), z.number()]).readonly().describe("a confidence interval, both ends included");
/** A confidence interval, both ends included, in the unit of the samples. */
export type Interval = z.infer<typeof interval>;

/** The confidence that every interval here claims, unless its result says otherwise. */
export const CONFIDENCE = 0.95;
