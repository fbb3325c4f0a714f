/**
 * Adjusts the p-values of one family of tests so that the chance of any false positive among them is at most the level
 * at which they are read: Holm's step-down method ("A simple sequentially rejective multiple test procedure", Scand.
 * J. Statist. 6(2), 1979); R's `p.adjust(p, "holm")`. In the order of the input, at most 1. A test that could not be
 * made (`null`) stays `null` and does not count.
 * @throws RangeError when a p-value is not a probability
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const tests = pValues.flatMap((p, index) => (p === null ? [] : [{ p: probability(p), index }])).sort((x, y) => x.p - y.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  for (const [step, { p, index }] of tests.entries()) {
    largest = Math.max(largest, Math.min(1, (tests.length - step) * p));
    adjusted[index] = largest;
  }
  return adjusted;
}

function probability(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`not a probability: ${p}`);
  return p;
}
