/** Two observations of one block, in one unit. */
export type Pair = readonly [a: number, b: number];

/**
 * a − b of every pair, in the order of the input and in its unit. Decimal fractions leave rounding errors that part
 * equal differences: give whole units (ns) where ties matter.
 * @throws RangeError when there is no pair, or one with NaN or an infinity
 */
export function pairedDifferences(pairs: readonly Pair[]): number[] {
  if (pairs.length === 0) throw new RangeError("no pairs: an empty sample has no statistics");
  return pairs.map(([a, b], index) => {
    const difference = a - b;
    if (Number.isFinite(difference)) return difference;
    throw new RangeError(`pair ${index + 1} of ${pairs.length} has no finite difference: ${a} and ${b}`);
  });
}
