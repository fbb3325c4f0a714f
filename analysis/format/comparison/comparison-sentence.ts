/** A comparison as a sentence that a person can repeat. */
import type { Comparison } from "../../comparisons/compare.ts";
import { includesZero, type PhaseDifference } from "../../comparisons/phase-differences.ts";
import { factor, ms, interval as msInterval, roundPct } from "../../samples/numbers.ts";
import type { Interval } from "../../statistics/interval.ts";
import { code, type Inline } from "../document/document.ts";

/** "docker28 starts `small warm` 1.42× faster than docker20 (95 % CI 1.38–1.47); 81 % of the difference is `hook`." */
export function comparisonSentence(comparison: Comparison): Inline {
  const { a, b, ratio, ratio_ci, equivalent } = comparison;
  if (ratio === null || ratio_ci === null) return byShift(comparison);
  if (ratio_ci[0] <= 1 && ratio_ci[1] >= 1) {
    const verdict = equivalent ? "are the same within 5 %" : "show no clear difference";
    const evidence = `: ratio ${factor(ratio)} (95 % CI ${factor(ratio_ci[0])}–${factor(ratio_ci[1])}).`;
    return [`${a} and ${b} ${verdict} for `, ...what(comparison, "starting"), evidence];
  }
  // Turned over where b is the larger, so that the factor is above 1.
  const [size, [low, high]] = ratio > 1 ? [ratio, ratio_ci] : [1 / ratio, [1 / ratio_ci[1], 1 / ratio_ci[0]] as const];
  const [larger, smaller] = ratio > 1 ? [a, b] : [b, a];
  const digits = digitsAbove(1, low);
  const times = `${factor(size, digits)}×`;
  const evidence = `(95 % CI ${factor(low, digits)}–${factor(high, digits)}${equivalent ? ", within the 5 % that count as the same" : ""})`;
  if (isStart(comparison)) {
    const faster = ` ${times} faster than ${larger} ${evidence}`;
    return [`${smaller} `, ...what(comparison, "starts"), faster, ...because(comparison), "."];
  }
  return isTime(comparison)
    ? [...what(comparison), `: ${smaller} is ${times} faster than ${larger} ${evidence}.`]
    : [...what(comparison), `: ${larger} is ${times} as high as ${smaller} ${evidence}${whichIsBetter(comparison)}.`];
}

/** Where a value is not positive, or where there are too few. */
function byShift(comparison: Comparison): Inline {
  const { a, b, ratio, shift, shift_ci } = comparison;
  const unit = comparison.unit === "%" ? " percentage points" : comparison.unit && ` ${comparison.unit}`;
  const noRatio = ratio === null ? "; no ratio, as not every value is positive" : "";
  if (shift_ci !== null && includesZero(shift_ci)) {
    const evidence = `: shift ${ms(shift)}${unit} (95 % CI ${msInterval(shift_ci)})${noRatio}.`;
    return [`${a} and ${b} show no clear difference for `, ...what(comparison), evidence];
  }
  const size = `${ms(Math.abs(shift))}${unit} ${shift < 0 ? "below" : "above"}`;
  const certainty = shift_ci === null ? "too few trials for an interval" : `95 % CI ${msInterval(sizes(shift_ci))}`;
  return [...what(comparison), `: ${a} lies ${size} ${b} (${certainty})${whichIsBetter(comparison)}${noRatio}.`];
}

/** Of an interval on one side of 0. */
const sizes = ([low, high]: Interval): Interval => (high < 0 ? [-high, -low] : [low, high]);

/** The condition with its metric, unless that is our total. @param verb for a start, in place of "startup" */
const what = (comparison: Comparison, verb?: string): Inline => [
  `${verb !== undefined && isStart(comparison) ? verb : comparison.experiment} `,
  code(comparison.condition),
  ...(comparison.experiment === "startup" && comparison.metric === "total_ms" ? [] : [` (${comparison.metric})`]),
];

/** Our own starts, and the study's, which last until the container is gone. */
const isStart = ({ experiment, metric }: Comparison): boolean =>
  experiment === "startup" && (metric === "total_ms" || metric === "startup_ms");

const isTime = ({ better, unit }: Comparison): boolean => better === "lower" && (unit === "ms" || unit === "ns");

const whichIsBetter = ({ better }: Comparison): string => (better === null ? "" : `, where ${better} is better`);

/** Three, or as many as it takes to tell a value above one from it. */
const digitsAbove = (one: 1, value: number): number => Math.max(3, 1 - Math.floor(Math.log10(value - one)));

/** The phase that contributes most, if its own interval is clear of 0. */
function because({ explained, shift }: Comparison): Inline {
  // Medians may tell another story than the shift does; then nothing is said.
  if (explained === null || Math.sign(explained.total_ms) !== Math.sign(shift)) return [];
  const share = ({ share_pct }: PhaseDifference): number => share_pct ?? 0;
  const [most] = explained.phases
    .filter((phase) => share(phase) > 0 && phase.difference_ci !== null && !includesZero(phase.difference_ci))
    .sort((x, y) => share(y) - share(x));
  if (most === undefined) return [];
  const offset = Math.round(share(most)) > 100 ? ", which other phases offset in part" : "";
  return [`; ${roundPct(share(most))} % of the difference is `, code(most.phases.join(" + ")), offset];
}
