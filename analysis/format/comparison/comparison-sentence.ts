/** A comparison as a sentence that a person can repeat. */
import { PHASES, type PhaseName } from "../../../research/phases.ts";
import { closed } from "../../../research/text/sentence.ts";
import type { Comparison } from "../../comparisons/comparison-output.ts";
import { includesZero, type PhaseDifference } from "../../comparisons/phase-differences.ts";
import { isTime, tooFew } from "../../comparisons/verdict.ts";
import { count, factor, factorInterval, ms, interval as msInterval, roundPct } from "../../samples/numbers.ts";
import { FEWEST_SESSIONS } from "../../samples/sessions.ts";
import type { Interval } from "../../statistics/interval.ts";
import { code, type Inline } from "../document/document.ts";

/** "docker28 starts `small warm` 1.42× faster than docker20 (95 % CI 1.38–1.47, 5 rounds in turns); 81 % of the difference is `hook`." */
export function comparisonSentence(comparison: Comparison): Inline {
  const { a, b, verdict, defects, reason, sessions } = comparison;
  const { ratio, ratio_ci_simultaneous: ends, equivalent } = sessions;
  if (defects.length > 0) return [...what(comparison), closed(`: no verdict on ${a} and ${b}. Defect: ${defects.join("; ")}`)];
  if (verdict !== "none" && sessions.difference !== null) return differenceSentence(comparison);
  if (verdict === "none" || ratio === null || ends === null) {
    return Math.min(sessions.k_a, sessions.k_b) < FEWEST_SESSIONS
      ? tooFewSessions(comparison)
      : [...what(comparison), `: no verdict on ${a} and ${b}: ${reason}. ${upper(trialsSay(comparison))}.`];
  }
  if (verdict === "same within 5 %" || verdict === "not certain") {
    const said = verdict === "not certain" ? "show no certain difference" : "are the same within 5 %";
    return [
      `${a} and ${b} ${said} for `,
      ...what(comparison, "starting"),
      `: ratio ${factor(ratio)} (95 % CI ${factorInterval(ends)}, ${design(comparison)})${tail(comparison)}.`,
    ];
  }
  // Turned over where b is the larger, so that the factor is above 1.
  const [size, [low, high]] = ratio > 1 ? [ratio, ends] : [1 / ratio, [1 / ends[1], 1 / ends[0]] as const];
  const [larger, smaller] = ratio > 1 ? [a, b] : [b, a];
  const digits = digitsAbove(1, low);
  const times = `${factor(size, digits)}×`;
  const evidence = `(95 % CI ${factor(low, digits)}–${factor(high, digits)}, ${design(comparison)}${equivalent ? "; within the 5 % that count as the same" : ""})`;
  if (isStart(comparison)) {
    const faster = ` ${times} faster than ${larger} ${evidence}`;
    return [`${smaller} `, ...what(comparison, "starts"), faster, ...because(comparison), "."];
  }
  return isTime(comparison)
    ? [...what(comparison), `: ${smaller} is ${times} faster than ${larger} ${evidence}.`]
    : [...what(comparison), `: ${larger} is ${times} as high as ${smaller} ${evidence}${whichIsBetter(comparison)}.`];
}

/** Where the medians are the same within 5 %: whether the means are, too, which the tail moves. */
function tail({ verdict, sessions: { mean_ratio, mean_ratio_ci, medians_equivalent } }: Comparison): string {
  if (medians_equivalent !== true || mean_ratio === null || mean_ratio_ci === null) return "";
  const ofMeans = `of means, which the tail moves, ${factor(mean_ratio)} (${factorInterval(mean_ratio_ci)})`;
  return verdict === "not certain"
    ? `; medians are the same within 5 %, the ratio ${ofMeans} is not shown to be`
    : `, ${ofMeans}`;
}

/** Of values that are not all positive. */
function differenceSentence(comparison: Comparison): Inline {
  const { a, b, verdict, unit, sessions } = comparison;
  const { difference: value, difference_ci_simultaneous: ends } = sessions;
  if (value === null || ends === null) return [];
  const of = unitOf(unit);
  if (verdict === "not certain") {
    const evidence = `difference ${ms(value)}${of} (95 % CI ${msInterval(ends)}, ${design(comparison)}; no ratio, as not every value is positive)`;
    return [`${a} and ${b} show no certain difference for `, ...what(comparison), `: ${evidence}.`];
  }
  const [larger, smaller] = value > 0 ? [a, b] : [b, a];
  const evidence = `(95 % CI ${msInterval(turned(ends, value))}, ${design(comparison)}; no ratio, as not every value is positive)`;
  return [
    ...what(comparison),
    `: ${larger} is ${ms(Math.abs(value))}${of} ${isTime(comparison) ? "slower" : "higher"} than ${smaller} ${evidence}${isTime(comparison) ? "" : whichIsBetter(comparison)}.`,
  ];
}

const unitOf = (unit: string): string => (unit === "%" ? " percentage points" : unit && ` ${unit}`);

/** What these sessions showed, and why that is no verdict. */
function tooFewSessions(comparison: Comparison): Inline {
  const { sessions, host_spreads } = comparison;
  const { k_a, k_b, sd_factor_a, sd_factor_b } = sessions;
  const known = [
    { label: comparison.a, k: k_a, sd: sd_factor_a },
    { label: comparison.b, k: k_b, sd: sd_factor_b },
  ].flatMap(({ label, k, sd }) => (sd === null ? [] : [`those of ${label} by a factor of ${factor(sd)} (SD of ${k})`]));
  known.push(...onTheHost(host_spreads));
  const where =
    k_a === 1 && k_b === 1 ? "in this one session" : `in these sessions (${k_a} of ${comparison.a}, ${k_b} of ${comparison.b})`;
  const spread =
    known.length === 0 ? "How much sessions differ is unknown: " : `Sessions differ among themselves, ${known.join(", ")}; `;
  const cannot = isTime(comparison) ? "which is faster" : "which is higher";
  const say = `${tooFew(k_a, k_b)} cannot say ${cannot}${Math.max(k_a, k_b) > 1 ? `; it takes ${FEWEST_SESSIONS} a side` : ""}`;
  return [...what(comparison), `: ${where} ${trialsSay(comparison)}. ${spread}${say}.`];
}

/** One by its name, of several how far they reach. */
function onTheHost(spreads: Comparison["host_spreads"]): string[] {
  const ordered = spreads.toSorted((x, y) => x.sd_factor - y.sd_factor);
  const [least, most] = [ordered[0], ordered.at(-1)];
  if (least === undefined || most === undefined) return [];
  if (least === most)
    return [`those of ${least.platform} on the same host by a factor of ${factor(least.sd_factor)} (SD of ${least.sessions})`];
  return [
    `those of ${spreads.length} other platforms of the host by factors of ${factor(least.sd_factor)} to ${factor(most.sd_factor)} (SDs)`,
  ];
}

/** "a's median was 1.06× b's; trials alone give 1.01–1.10". */
function trialsSay({ a, b, unit, trials }: Comparison): string {
  const ends = trials.ratio === null ? trials.shift_ci : trials.ratio_ci;
  if (ends === null) return `${a} and ${b} have too few trials for an interval`;
  if (trials.ratio !== null)
    return `${a}'s median was ${factor(trials.ratio)}× ${b}'s; trials alone give ${factorInterval(ends)}`;
  const of = unitOf(unit);
  const where = trials.shift < 0 ? "below" : "above";
  return `${a}'s median was ${ms(Math.abs(trials.shift))}${of} ${where} ${b}'s; trials alone give ${msInterval(turned(ends, trials.shift))}; no ratio, as not every value is positive`;
}

const turned = ([low, high]: Interval, shift: number): Interval => (shift < 0 ? [-high, -low] : [low, high]);
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const design = ({ sessions: { paired, k_a, k_b } }: Comparison): string =>
  paired
    ? `${count(k_a, "round")} in turns`
    : `${k_a === k_b ? `${k_a} sessions a side` : `${k_a} and ${k_b} sessions`}, not interleaved`;

/** The condition with its metric, unless that is our total. @param verb for a start, in place of "startup" */
const what = (comparison: Comparison, verb?: string): Inline => [
  `${verb !== undefined && isStart(comparison) ? verb : comparison.experiment} `,
  code(comparison.condition),
  ...(comparison.experiment === "startup" && comparison.metric === "total_ms" ? [] : [` (${comparison.metric})`]),
];

/** Our own starts, and the study's, which last until the container is gone. */
const isStart = ({ experiment, metric }: Comparison): boolean =>
  experiment === "startup" && (metric === "total_ms" || metric === "startup_ms");

const whichIsBetter = ({ better }: Comparison): string => (better === null ? "" : `, where ${better} is better`);

/** Three, or as many as it takes to tell a value above one from it. */
const digitsAbove = (one: 1, value: number): number => Math.max(3, 1 - Math.floor(Math.log10(value - one)));

/** `network hook`, or from the first to the last of those that are not told apart. */
export function titleOf(phases: readonly PhaseName[]): string {
  const [first, last] = [phases[0], phases.at(-1)];
  if (first === undefined || last === undefined) return "";
  return first === last ? PHASES[first].title : `${PHASES[first].title} … ${PHASES[last].title}`;
}

/** Of the whole difference in the means, below which a phase is no reason for it. */
const LEAST_REASON = 0.25;

/**
 * The largest of those that differ for certain, and the same way, by a good part of the whole: of small ones each is easily certain.
 * None where the means, which are split, and the medians, which are judged, differ in opposite directions.
 */
export function reasonOf(comparison: Comparison): PhaseDifference | undefined {
  const { explained } = comparison;
  if (explained === null || !meansAgree(comparison)) return;
  const part = ({ difference_ms }: PhaseDifference): number => difference_ms / explained.total_ms;
  return explained.phases
    .filter(({ difference_ci }) => difference_ci !== null && !includesZero(difference_ci))
    .filter((phase) => part(phase) >= LEAST_REASON)
    .sort((x, y) => part(y) - part(x))[0];
}

const meansAgree = ({ explained, sessions }: Comparison): boolean =>
  explained !== null && Math.sign(explained.total_ms) === Math.sign(Math.log(sessions.ratio ?? 1));

/** The phase that is the reason, or that there is none. */
function because(comparison: Comparison): Inline {
  const { explained } = comparison;
  if (explained === null || explained.phases.length === 0) return [];
  if (!meansAgree(comparison)) {
    const { total_ms, total_ci } = explained;
    return total_ci === null || includesZero(total_ci)
      ? []
      : [`; its mean is ${ms(Math.abs(total_ms))} ms longer all the same, as some of its starts took very long`];
  }
  const most = reasonOf(comparison);
  if (most === undefined) return ["; no single phase explains a quarter of it for certain"];
  const title = `“${titleOf(most.phases)}”`;
  const { share_pct, difference_ms } = most;
  if (share_pct === null) return [`; ${title} differs most, by ${ms(Math.abs(difference_ms))} ms`];
  // A share above 100 % says nothing to most readers.
  if (Math.round(share_pct) > 100)
    return [`; ${title} alone differs by ${ms(Math.abs(difference_ms))} ms, which other phases offset in part`];
  return [`; ${roundPct(share_pct)} % of the difference is ${title}`];
}
