/** A step of 1, 2 or 5 times a power of ten. */

/** @returns the smallest of which at most so many fit into the span, which is above 0 */
export function tickStep(span: number, most: number): number {
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((step) => step * power >= rough) ?? 10) * power;
}
