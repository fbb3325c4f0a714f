/**
 * Numbers as Python and NumPy round and print them: a number half-way between two goes to the even one, where
 * JavaScript's toFixed goes up.
 */

/** Python's `format(value, ".2f")`: of the exact binary value, so that only what is half-way in binary is a tie. */
export function fixed(value: number, digits: number): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const size = Math.abs(value);
  // Half-way is an odd number of halves of 10⁻ᵈ; binary fractions among those are the odd multiples of 2⁻⁽ᵈ⁺¹⁾.
  const isTie = (size * 2 ** (digits + 1)) % 2 === 1;
  if (!isTie) return sign + size.toFixed(digits);
  const below = Math.floor(size * 10 ** digits);
  return sign + ((below % 2 === 0 ? below : below + 1) / 10 ** digits).toFixed(digits);
}

/** Python's `round(value, digits)`. */
export const round = (value: number, digits: number): number => Number(fixed(value, digits));

/** NumPy's `round`, which Python's calls for what SciPy returns: scales first, and may differ from it near a tie. */
export const numpyRound = (value: number, digits: number): number => round(value * 10 ** digits, 0) / 10 ** digits;

/** Python's `str(value)`, for what is neither very large nor very small. */
export const shortest = (value: number): string =>
  Number.isInteger(value) ? `${Object.is(value, -0) ? "-" : ""}${value}.0` : String(value);
