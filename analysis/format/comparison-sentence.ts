/** A comparison as a sentence that a person can repeat. */
import type { Comparison } from "../compare.ts";
import type { PhaseDifference } from "../phase-differences.ts";
import type { Interval } from "../statistics/interval.ts";
import { code, type Inline } from "./document.ts";
import { factor, ms, interval as msInterval, roundPct } from "./numbers.ts";

/** "docker28 starts `small warm` 1.42× faster than docker20 (95 % CI 1.38–1.47); 81 % of the difference is hook." */
export function comparisonSentence(comparison: Comparison): Inline {
  const { a, b, condition, ratio, ratio_ci, equivalent } = comparison;
  if (ratio === null || ratio_ci === null) return withoutRatio(comparison);
  if (ratio_ci[0] <= 1 && ratio_ci[1] >= 1) {
    const verdict = equivalent ? "are the same within 5 %" : "show no certain difference";
    return [
      `${a} and ${b} ${verdict} for ${isStart(comparison) ? "starting " : `${comparison.experiment} `}`,
      code(condition),
      `${metricOf(comparison)}: ratio ${factor(ratio)} (95 % CI ${between(ratio_ci)}).`,
    ];
  }
  // Said of the better one, so that the factor is above 1.
  const aIsLarger = ratio > 1;
  const [size, interval]: [number, Interval] = aIsLarger ? [ratio, ratio_ci] : [1 / ratio, [1 / ratio_ci[1], 1 / ratio_ci[0]]];
  const aIsFirst = aIsLarger === (comparison.better !== "lower");
  const [first, second] = aIsFirst ? [a, b] : [b, a];
  return [
    `${first} ${isStart(comparison) ? "starts" : `has ${comparison.experiment}`} `,
    code(condition),
    `${metricOf(comparison)} ${factor(size)}× ${adverb(comparison)} ${second} (95 % CI ${between(interval)})`,
    ...because(comparison),
    ".",
  ];
}

/** Where a value is not positive, or where there are too few. */
function withoutRatio({ a, b, experiment, condition, metric, unit, ratio, shift, shift_ci }: Comparison): Inline {
  const certainty = shift_ci === null ? "too few trials for an interval" : `95 % CI ${msInterval(shift_ci)}`;
  return [
    `${a} less ${b}, ${experiment} `,
    code(condition),
    ` (${metric}): ${ms(shift)} ${unit} (${certainty})${ratio === null ? "; no ratio, as not every value is positive" : ""}.`,
  ];
}

/** Our own starts, and the study's, which last until the container is gone. */
const isStart = ({ experiment, metric }: Comparison): boolean =>
  experiment === "startup" && (metric === "total_ms" || metric === "startup_ms");

function adverb({ better, unit }: Comparison): string {
  if (better === null) return "as high as";
  if (better === "higher") return "higher than";
  return unit === "ms" ? "faster than" : "lower than";
}

const metricOf = (comparison: Comparison): string =>
  comparison.experiment === "startup" && comparison.metric === "total_ms" ? "" : ` (${comparison.metric})`;
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
