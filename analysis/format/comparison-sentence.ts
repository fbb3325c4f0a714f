/** A comparison as a sentence that a person can repeat. */
import type { Comparison } from "../compare.ts";
import type { PhaseDifference } from "../phase-differences.ts";
import type { Interval } from "../statistics/interval.ts";
import { code, type Inline } from "./document.ts";
import { factor, roundPct } from "./numbers.ts";

/** "docker28 starts `small warm` 1.42× faster than docker20 (95 % CI 1.38–1.47); 81 % of the difference is hook." */
export function comparisonSentence(comparison: Comparison): Inline {
  const { a, b, experiment, condition, metric, ratio, ratio_ci, better, equivalent } = comparison;
  if (ratio === null || ratio_ci === null) {
    return [
      `${a} and ${b}, ${experiment} `,
      code(condition),
      ` ${metric}: no ratio can be given (${ratio === null ? "a value is not positive" : "too few trials for an interval"}).`,
    ];
  }
  if (ratio_ci[0] <= 1 && ratio_ci[1] >= 1) {
    const verdict = equivalent ? "take the same within 5 %" : "show no certain difference";
    return [
      `${a} and ${b} ${verdict} for `,
      code(condition),
      `${what(comparison)}: ratio ${factor(ratio)} (95 % CI ${between(ratio_ci)}).`,
    ];
  }
  // Said of the better one, so that the factor is above 1.
  const aIsLarger = ratio > 1;
  const [size, interval]: [number, Interval] = aIsLarger ? [ratio, ratio_ci] : [1 / ratio, [1 / ratio_ci[1], 1 / ratio_ci[0]]];
  const aWins = aIsLarger === (better === "higher");
  const [winner, loser] = aWins ? [a, b] : [b, a];
  const verb = experiment === "startup" && metric === "total_ms" ? " starts " : ` does ${experiment} `;
  return [
    winner,
    verb,
    code(condition),
    `${what(comparison)} ${factor(size)}× ${better === "lower" ? "faster" : "better"} than ${loser} (95 % CI ${between(interval)})`,
    ...because(comparison),
    ".",
  ];
}

const what = ({ experiment, metric }: Comparison): string =>
  experiment === "startup" && metric === "total_ms" ? "" : ` (${metric})`;
const between = ([low, high]: Interval): string => `${factor(low)}–${factor(high)}`;

/** The phase that contributes most, if its own interval is clear of 0. */
function because({ explained }: Comparison): Inline {
  const most = explained?.phases
    .filter(
      ({ difference_ci, share_pct }) => share_pct > 0 && difference_ci !== null && (difference_ci[0] > 0 || difference_ci[1] < 0),
    )
    .reduce<PhaseDifference | undefined>(
      (top, phase) => (top === undefined || phase.share_pct > top.share_pct ? phase : top),
      undefined,
    );
  if (most === undefined) return [];
  return [`; ${roundPct(most.share_pct)} % of the difference is `, code(most.phases.join(" + "))];
}
