/** The answer on top of the screen of a comparison. */
import { appendCommand } from "../../../research/text/append-command.ts";
import { CAUSES_OF_TIME } from "../../../research/why/causes.ts";
import type { Comparison, ComparisonReport } from "../../comparisons/comparison-output.ts";
import { includesZero } from "../../comparisons/phase-differences.ts";
import { grouped } from "../../samples/grouped.ts";
import { count, interval, MISSING, roundPct, signed } from "../../samples/numbers.ts";
import { FEWEST_SESSIONS } from "../../samples/sessions.ts";
import type { Subject } from "../../subjects/subject.ts";
import { comparisonSentence, reasonOf, titleOf } from "../comparison/comparison-sentence.ts";
import type { Inline } from "../document/document.ts";
import { type ComparisonRow, isCertain } from "./comparison-rows.ts";
import type { Called } from "./screen-view.ts";

interface AnswerContext {
  /** By label. */
  readonly called: ReadonlyMap<string, Called>;
  readonly notCompared: ComparisonReport["not_compared"];
}

/** Of one pair: its first row. Of several: how many of them differ, and the one that differs most. */
export function comparisonAnswer(
  rows: readonly ComparisonRow[],
  subjects: readonly Subject[],
  { called, notCompared }: AnswerContext,
): string[] {
  const pairs = new Set(rows.map(({ comparison: { a, b } }) => JSON.stringify([a, b])));
  const [first] = rows;
  if (first === undefined) return ["Nothing of what was chosen can be compared."];
  if (pairs.size === 1) return ofPair(first, subjects, { called, notCompared });
  const certain = rows.filter(isCertain);
  const most = mostDifferent(certain);
  const judged = rows.filter(({ comparison: { verdict } }) => verdict !== "none");
  if (judged.length === 0) return [`No verdict on any pair. ${sentence(first)}`, ...forVerdictOnAny(first, subjects, called)];
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

function ofPair(row: ComparisonRow, subjects: readonly Subject[], { called, notCompared }: AnswerContext): string[] {
  const { verdict, defects, experiment, condition } = row.comparison;
  const total = notCompared.find(({ what }) => what === `${experiment} ${condition} total_ms`);
  const apart = total === undefined ? [] : [`Their totals cannot be compared: ${total.reason}.`];
  if (verdict !== "none" || defects.length > 0) return [...apart, sentence(row)];
  // Where the totals are of different things, sessions added to either would be, too.
  return [...apart, `No verdict. ${sentence(row)}`, ...(total === undefined ? [forVerdict(row, subjects, called)] : [])];
}

/** Of several pairs that lack sessions, what holds for the first. */
function forVerdictOnAny(row: ComparisonRow, subjects: readonly Subject[], called: AnswerContext["called"]): string[] {
  const { sessions, defects } = row.comparison;
  const lacksSessions = defects.length === 0 && Math.min(sessions.k_a, sessions.k_b) < FEWEST_SESSIONS;
  return lacksSessions ? [forVerdict(row, subjects, called)] : [];
}

/** Where all are parts of one platform, such as its images, whose sessions are the same. */
function moreSessions(experiment: string, subjects: readonly Subject[], called: AnswerContext["called"]): string | undefined {
  const [first, ...others] = subjects;
  if (first === undefined || !("manifest" in first.source) || others.some(({ source }) => source !== first.source)) return;
  const of = called.get(first.label);
  return of && `For a verdict, from ${FEWEST_SESSIONS} sessions on: ${appendCommand(experiment, [of.label], of.out)}`;
}

/** Sessions can be added to what this program measured. To the published study's folders nobody can add any. */
function forVerdict(
  { comparison: { a, b, experiment, sessions } }: ComparisonRow,
  subjects: readonly Subject[],
  called: AnswerContext["called"],
): string {
  const retold = [a, b].filter((label) => subjects.some((subject) => subject.label === label && !("manifest" in subject.source)));
  const [ofA, ofB] = [called.get(a), called.get(b)];
  const ofOne = moreSessions(experiment, subjects, called);
  if (ofOne !== undefined) return ofOne;
  if (retold.length === 0 && ofA !== undefined && ofB !== undefined && ofA.out === ofB.out)
    return `For a verdict${Math.min(sessions.k_a, sessions.k_b) === FEWEST_SESSIONS - 1 ? "" : ", twice"}: ${appendCommand(experiment, [`${ofA.label}=ENGINE`, `${ofB.label}=ENGINE`], ofA.out)}`;
  if (retold.length === 0)
    return `For a verdict measure them in turns, into one folder of results: tierbench run ${experiment} --platform A=ENGINE --platform B=ENGINE`;
  const cannot = `No session can be added to ${retold.join(" or ")}, in the study's format`;
  return `${cannot}. To measure the same on machines at hand: tierbench run study --platform LABEL`;
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
