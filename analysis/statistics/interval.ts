/** A confidence interval, both ends included, in the unit of the samples. */
export type Interval = readonly [lo: number, hi: number];

/** The confidence that every interval here claims, unless its result says otherwise. */
export const CONFIDENCE = 0.95;
