import regularizedGamma from "@stdlib/math-base-special-gammainc";

/**
 * P(N ≥ count) for N ~ Poisson(mean): the regularised lower incomplete gamma function P(count, mean); R's
 * `ppois(count - 1, mean, lower.tail = FALSE)`, exact also where it is tiny. 1 for a count of 0.
 */
export const poissonTail = (count: number, mean: number): number => {
  if (count === 0) return 1;
  return mean === 0 ? 0 : regularizedGamma(mean, count, true, false);
};
