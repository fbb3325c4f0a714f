/** A regression gate: has a metric moved by more than a share, for certain? */
import { TIERS } from "../../research/phases.ts";
import { grouped } from "../samples/grouped.ts";
import { factorInterval, roundPct } from "../samples/numbers.ts";
import { type LogEstimate, pAtLeast, pAtMost } from "../statistics/sessions/log-estimate.ts";
import { holm } from "../statistics/tests/holm.ts";
import { causeOf } from "../subjects/causes/cause-times.ts";
import { logEstimateOf, type SessionComparison } from "./compare-sessions.ts";
import type { Comparison, ComparisonReport, NotCompared } from "./comparison-output.ts";

const TIER_METRICS: ReadonlySet<string> = new Set(TIERS.map((tier) => `${tier}_ms`));
const LEVEL = 0.05;

export interface Beyond {
  readonly comparison: Comparison;
  /** That the change is at most the share: one-sided, adjusted by Holm within the family. */
  readonly p_holm: number;
}

/**
 * The comparisons of which it is certain, at 5 % a family, that the ratio lies beyond [1 / (1 + share), 1 + share]: session-level
 * one-sided tests against the share, adjusted by Holm. Against a reference only a change for the worse counts; without one,
 * either platform may be the slower, and where no direction is the worse, both count, each with half the level. A part
 * of a total, a tier or a cause, does not decide: one that grew while another shrank is no regression.
 */
export function beyondThreshold(comparisons: readonly Comparison[], share: number, againstReference: boolean): Beyond[] {
  const families = grouped(comparisons.filter(isJudged), ({ family }) => family);
  return [...families.values()].flatMap((family) => {
    const ps = holm(
      family.map(({ sessions, better, verdict }) => {
        const estimate = verdict === "none" ? null : logEstimateOf(sessions);
        return estimate && pWithin(estimate, share, againstReference ? better : null);
      }),
    );
    return family.flatMap((comparison, index) => {
      const p_holm = ps[index] ?? null;
      return p_holm !== null && p_holm <= LEVEL ? [{ comparison, p_holm }] : [];
    });
  });
}

function pWithin(estimate: LogEstimate, share: number, better: Comparison["better"]): number {
  const [larger, smaller] = [pAtMost(estimate, 1 + share), pAtLeast(estimate, 1 / (1 + share))];
  return better === null ? Math.min(1, 2 * Math.min(larger, smaller)) : better === "lower" ? larger : smaller;
}

const isJudged = (comparison: Comparison): boolean => !TIER_METRICS.has(comparison.metric) && causeOf(comparison) === undefined;

/** A gate that passes promises that nothing is worse by more than so many times the share. */
const PROMISED = 2;

/** What a gate can say nothing about: what could not be compared, has no verdict or no ratio, or is not known well enough. */
export function notJudged(
  { comparisons, not_compared }: Pick<ComparisonReport, "comparisons" | "not_compared">,
  share: number,
  againstReference: boolean,
): NotCompared[] {
  const beyond = new Set(beyondThreshold(comparisons, share, againstReference).map(({ comparison }) => comparison));
  return [
    ...not_compared,
    ...comparisons
      .filter((comparison) => isJudged(comparison) && !beyond.has(comparison))
      .flatMap((comparison) => {
        const { a, b, experiment, condition, metric, verdict, reason, sessions } = comparison;
        const why =
          verdict === "none" ? reason : (withoutShare(sessions) ?? tooWide(comparison, share, againstReference ? "a" : "either"));
        return why === null ? [] : [{ a, b, what: `${experiment} ${condition} ${metric}`, reason: why }];
      }),
  ];
}

/** Of a metric that may be 0 or negative no share is more; where all sessions have the same value there is none to judge. */
const withoutShare = ({ difference, difference_standard_error: error }: SessionComparison): string | null =>
  difference === null || (difference === 0 && error === 0)
    ? null
    : "not every value is positive, so that there is no ratio to hold against a share";

/** An interval that reaches twice as far as the share could hide what the gate is there for. */
function tooWide({ a, better, sessions }: Comparison, share: number, worse: "a" | "either"): string | null {
  const ends = sessions.ratio_ci_simultaneous;
  if (ends === null) return null;
  const most = 1 + PROMISED * share;
  const [isLower, isHigher] = [ends[0] < 1 / most, ends[1] > most];
  const side = worse === "a" ? better : null;
  const isWide = side === null ? isLower || isHigher : side === "lower" ? isHigher : isLower;
  const may = side === null ? "they may differ" : `${a} may be worse`;
  return isWide
    ? `the interval of the ratio, ${factorInterval(ends)}, is too wide: ${may} by more than ${roundPct(100 * PROMISED * share)} %, twice the threshold; more sessions narrow it`
    : null;
}
