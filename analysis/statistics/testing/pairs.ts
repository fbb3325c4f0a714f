import type { Pair } from "../effects/paired-differences.ts";

/** Hamilton's depression scale, n = 9: Hollander and Wolfe 1973, table 3.1, as in R's `?wilcox.test`. */
export const HAMILTON: readonly Pair[] = [
  [1.83, 0.878],
  [0.5, 0.647],
  [1.62, 0.598],
  [2.48, 2.05],
  [1.68, 1.06],
  [1.88, 1.29],
  [1.55, 1.06],
  [3.06, 3.14],
  [1.3, 1.29],
];

/** n = 10, one pair without a difference and equal differences; scipy.stats.wilcoxon's own example. */
export const TIED_PAIRS: readonly Pair[] = [
  [125, 110],
  [115, 122],
  [130, 125],
  [140, 120],
  [140, 140],
  [115, 124],
  [140, 123],
  [125, 137],
  [140, 135],
  [135, 145],
];

/** R: i <- 0:59; a <- 280 + ((i*7919) %% 1009)/10; b <- 275 + ((i*6007) %% 997)/8 */
export const SIXTY_PAIRS: readonly Pair[] = Array.from(
  { length: 60 },
  (_, i) => [280 + ((i * 7919) % 1009) / 10, 275 + ((i * 6007) % 997) / 8] as const,
);
