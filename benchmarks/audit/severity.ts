/** How bad a finding is, the worst first. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

/**
 * critical: who controls the container, or reaches the API, has the host; high: one more mistake or known bug away from
 * that; medium: a usual line of defence is missing; low: a line behind another one.
 */
export type Severity = (typeof SEVERITIES)[number];

export const isAtLeast = (severity: Severity, limit: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
