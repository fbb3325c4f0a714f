/** The answer on top of the screen of a comparison. */
import { CAUSES_OF_TIME } from "../../../research/why/causes.ts";
import type { Comparison, ComparisonReport } from "../../comparisons/comparison-output.ts";
import { includesZero } from "../../comparisons/phase-differences.ts";
import { grouped } from "../../samples/grouped.ts";
import { count, interval, MISSING, roundPct, signed } from "../../samples/numbers.ts";
import { totalRefused } from "../comparison/comparison-advice.ts";
import { comparisonSentence, reasonOf, titleOf } from "../comparison/comparison-sentence.ts";
import type { Inline } from "../document/document.ts";
import { type ComparisonRow, isCertain } from "./comparison-rows.ts";

/** Of one pair: its first row. Of several: how many of them differ, and the one that differs most. */
export function comparisonAnswer(rows: readonly ComparisonRow[], notCompared: ComparisonReport["not_compared"]): string[] {
  const pairs = new Set(rows.map(({ comparison: { a, b } }) => JSON.stringify([a, b])));
  const [first] = rows;
  if (first === undefined) return ["Nothing of what was chosen can be compared."];
  if (pairs.size === 1) return [...ofPair(first, notCompared), ...besides(first, rows)];
  const certain = rows.filter(isCertain);
  const most = mostDifferent(certain);
  const judged = rows.filter(({ comparison: { verdict } }) => verdict !== "none");
  if (judged.length === 0) return [`No verdict on any pair. ${sentence(first)}`];
  if (most === undefined) return [noneDiffers(rows)];
  return [
    `${certain.length} of ${count(rows.length, "comparison")}${ofWhat(rows, " of ")} ${certain.length === 1 ? "differs" : "differ"} for certain. The largest difference: ${sentence(most)}`,
  ];
}

/** What the pairs show instead. */
function noneDiffers(rows: readonly ComparisonRow[]): string {
  const tally = [...grouped(rows, ({ comparison: { verdict } }) => verdict)].map(([verdict, { length }]) => {
    if (verdict === "none") return `${length} without a verdict`;
    return `${length} ${length === 1 ? "is" : "are"} ${verdict === "not certain" ? verdict : `the ${verdict}`}`;
  });
  return `No pair differs for certain${ofWhat(rows, " in ")}: ${tally.join(", ")}.`;
}

/** The condition, where it is one. */
function ofWhat(rows: readonly ComparisonRow[], before: string): string {
  const asked = new Set(
    rows.map(({ comparison: { experiment, condition } }) =>
      condition === experiment ? experiment : `${experiment} “${condition}”`,
    ),
  );
  return asked.size === 1 ? before + [...asked].join() : "";
}

function ofPair(row: ComparisonRow, notCompared: ComparisonReport["not_compared"]): string[] {
  const { verdict, defects } = row.comparison;
  const total = totalRefused(row.comparison, notCompared);
  const apart = total === undefined ? [] : [`Their totals cannot be compared: ${total.reason}.`];
  if (verdict !== "none" || defects.length > 0) return [...apart, sentence(row)];
  return [...apart, `No verdict. ${sentence(row)}`];
}

/** Where the first row is not certain, how many of the experiment's others are: the table has them below it. */
function besides(first: ComparisonRow, rows: readonly ComparisonRow[]): string[] {
  const { experiment, verdict } = first.comparison;
  if (isCertain(first) || verdict === "none") return [];
  const others = rows.filter((row) => row !== first && row.comparison.experiment === experiment);
  const certain = others.filter(isCertain);
  if (certain.length === 0) return [];
  if (others.length === 1) return ["The other condition differs for certain."];
  return [`${certain.length} of ${others.length} other conditions ${certain.length === 1 ? "differs" : "differ"} for certain.`];
}

/** By its ratio. */
export const mostDifferent = (rows: readonly ComparisonRow[]): ComparisonRow | undefined =>
  rows.toSorted((x, y) => size(y) - size(x))[0];

const size = ({ comparison: { sessions } }: ComparisonRow): number => Math.abs(Math.log(sessions.ratio ?? 1));
const sentence = ({ comparison }: ComparisonRow): string => inWords(comparisonSentence(comparison));

/** Names in quotes. */
const inWords = (text: Inline): string => text.map((part) => (typeof part === "string" ? part : `“${part.code}”`)).join("");

/** Those that leave out 0, the largest first. */
const clearPhases = ({ phases }: NonNullable<Comparison["explained"]>) =>
  bySize(phases).filter(({ difference_ci }) => difference_ci !== null && !includesZero(difference_ci));

const bySize = (phases: NonNullable<Comparison["explained"]>["phases"]) =>
  phases.toSorted((x, y) => Math.abs(y.difference_ms) - Math.abs(x.difference_ms));

/** In a cell: where a pair that differs does so most; nothing where that is not known, or is not where most of it comes from. */
export function largestPhase(comparison: Comparison): string {
  const { verdict } = comparison;
  const largest = verdict === "none" || verdict === "not certain" ? undefined : reasonOf(comparison);
  return largest === undefined ? "" : `${signed(largest.difference_ms)} ms ${titleOf(largest.phases)}`;
}

/** Sessions tell what is certain; trials of one tell no more than how much they themselves spread. */
const WORDS_OF = {
  session: { certain: "for certain", notCertain: "not certain, but larger" },
  trial: { certain: "by more than these trials spread", notCertain: "larger, but within their spread" },
} as const;

/** A phase's difference, or why there is none to tell of. */
export function phaseDifferences({ explained, a, b }: Comparison, most: number): string[] {
  if (explained === null) return [];
  const clear = clearPhases(explained);
  const { certain, notCertain } = WORDS_OF[explained.replicate];
  if (clear.length === 0) return [`no phase differs ${certain}`];
  const inMs = ({ phases, difference_ms }: (typeof clear)[number]): string => `${titleOf(phases)} ${signed(difference_ms)} ms`;
  // What differs by most may be what is least certain.
  const [largest] = bySize(explained.phases);
  const unsure = largest === undefined || clear.includes(largest) ? "" : `; ${notCertain}: ${inMs(largest)}`;
  return [`${clear.slice(0, most).map(inMs).join(" · ")} ${certain}${unsure} (${a} less ${b}, means)`];
}

/** With the sign that stands before a difference. */
const withSign = (text: string): string => text.replaceAll("-", "−");

export const phaseDifferenceRows = ({ explained }: Comparison): string[][] =>
  (explained?.phases ?? []).map(({ phases, tier, difference_ms, difference_ci, share_pct }) => [
    titleOf(phases),
    tier ?? "several",
    signed(difference_ms),
    withSign(interval(difference_ci)),
    share_pct === null ? MISSING : withSign(roundPct(share_pct)),
  ]);

/** Which causes a difference comes from, as {@link phaseDifferences}. */
export function causeDifferences({ by_cause, a, b }: Comparison, most: number): string[] {
  if (by_cause === null) return [];
  const { certain } = WORDS_OF[by_cause.replicate];
  const clear = by_cause.causes
    .filter(({ difference_ci }) => difference_ci !== null && !includesZero(difference_ci))
    .toSorted((x, y) => Math.abs(y.difference_ms) - Math.abs(x.difference_ms));
  if (clear.length === 0) return [`no cause differs ${certain}`];
  const told = clear
    .slice(0, most)
    .map(({ cause, difference_ms }) => `${CAUSES_OF_TIME[cause].label} ${signed(difference_ms)} ms`);
  return [`${told.join(" · ")} ${certain} (${a} less ${b}, means)`];
}

export const causeDifferenceRows = ({ by_cause }: Comparison): string[][] =>
  (by_cause?.causes ?? []).map(({ cause, difference_ms, difference_ci, share_pct }) => [
    CAUSES_OF_TIME[cause].label,
    signed(difference_ms),
    withSign(interval(difference_ci)),
    share_pct === null ? MISSING : withSign(roundPct(share_pct)),
  ]);
