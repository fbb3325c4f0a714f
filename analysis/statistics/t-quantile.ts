import quantile from "@stdlib/stats-base-dists-t-quantile";

const known = new Map<number, Map<number, number>>();

/**
 * The p-quantile of Student's t distribution ("The probable error of a mean", Biometrika 6(1), 1908). Of the same few degrees of
 * freedom it is asked for thousands of times, and each takes longer than all else about an interval; so it is kept.
 */
export function tQuantile(p: number, df: number): number {
  const ofP = known.get(p) ?? new Map<number, number>();
  known.set(p, ofP);
  const found = ofP.get(df) ?? quantile(p, df);
  ofP.set(df, found);
  return found;
}
