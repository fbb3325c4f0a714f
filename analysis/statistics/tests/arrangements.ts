/**
 * The exact null distribution of a rank statistic: how many of all equally likely arrangements give the value 0, 1, 2 …
 * Whole numbers below 2⁵³, therefore exact.
 */
export type Arrangements = ArrayLike<number>;

/**
 * Two-sided p-value: the share of arrangements whose value lies at least as far from the middle of the range as this one.
 * Where the distribution is symmetric, as without ties, that is twice the smaller tail (R's `wilcox.test(exact = TRUE)`);
 * where ties make it lopsided, it is what R's `coin` has.
 */
export function twoSidedP(arrangements: Arrangements, value: number): number {
  const middle = (arrangements.length - 1) / 2;
  const distance = Math.abs(value - middle);
  let far = 0;
  for (let other = 0; other < arrangements.length; other += 1)
    if (Math.abs(other - middle) >= distance) far += arrangements[other] as number;
  return far / all(arrangements);
}

/**
 * The largest k for which the k-th lowest to the k-th highest value of an ordered table keeps the confidence, 1 −
 * 2P(statistic ≤ k − 1); 0 if not even k = 1 does.
 */
export function largestOrder(arrangements: Arrangements, confidence: number): number {
  const total = all(arrangements);
  let [k, outside] = [0, 2 * (arrangements[0] as number)];
  while (1 - outside / total >= confidence) {
    k += 1;
    outside += 2 * (arrangements[k] as number);
  }
  return k;
}

/** Whole numbers add up without rounding. */
function all(arrangements: Arrangements): number {
  let total = 0;
  for (let value = 0; value < arrangements.length; value += 1) total += arrangements[value] as number;
  return total;
}
