import regularizedGamma from "@stdlib/math-base-special-gammainc";

/**
 * P(χ² > statistic) with df degrees of freedom; R's `pchisq(statistic, df, lower.tail = FALSE)`. The upper tail itself,
 * Q(df/2, statistic/2): 1 − cdf has no digit left below 10⁻¹⁶.
 */
export const chiSquareTail = (statistic: number, df: number): number => regularizedGamma(statistic / 2, df / 2, true, true);
