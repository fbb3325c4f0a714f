/**
 * How often chance alone may raise a finding in a whole suite, every experiment, condition and metric of it: in one clean suite
 * of twenty. Each detector that tests something has a level, which it divides among its own tests (Bonferroni or Holm); those that
 * look for what chance does not make (a pile of equal values, two scales) need none. The levels are nominal, and add up to
 * more than what is found: together in 0.6 % of 500 simulated clean suites (`npm run validate:statistics`).
 */
export const LEVELS = {
  /** A third as many are found: the p of the maximum is an upper bound. */
  levelShift: 0.06,
  /** Much less is found: the widening has to be there too, and neighbours of few trials seldom show it. */
  dependentTrials: 0.05,
  /** Both sides together, of which one is looked at. */
  coldFaster: 0.01,
  /** Hardly any is found: the ratio has to lie beyond 1.25. */
  partLonger: 0.01,
  derivedMetric: 0.005,
  conditionOrder: 0.005,
} as const;
