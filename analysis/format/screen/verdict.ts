/** The answer, the same on every screen and in every format: how long, how sure, where it goes, and what that means. */

import type { PhaseName } from "../../../research/phases.ts";
import { EXPERIMENT_QUESTIONS } from "../../../research/protocol.ts";
import { appendCommand } from "../../../research/text/append-command.ts";
import { type Engine, networkElsewhere, phaseWords } from "../../../research/text/phase-words.ts";
import { closed } from "../../../research/text/sentence.ts";
import { CAUSES_OF_TIME, causeVerb } from "../../../research/why/causes.ts";
import { count, interval, ms, pct, pctInterval, roundPct } from "../../samples/numbers.ts";
import { levelOf } from "../../summaries/described.ts";
import { isFarFromMedians } from "../../summaries/median-phases.ts";
import type { ConditionSummary, PlatformSummary } from "../../summaries/summary.ts";
import { type CauseSummary, causesOf, failuresOf, type PhaseSummary, phasesOf, startFactors } from "../analysis/parts.ts";
import type { Advice } from "../document/advice.ts";
import { type ConditionRow, conditionRows } from "./condition-rows.ts";
import { largestPart } from "./part-rows.ts";
import type { Called, PlatformFacts } from "./screen-view.ts";
import { type VariantRows, variantAdvice, variantRows, variantVerdict } from "./variant-rows.ts";

/** Its conditions, those of startup where starts were measured; the first that has a value stands for the platform. */
export function mainRows(platform: PlatformSummary): {
  readonly rows: readonly ConditionRow[];
  readonly told: ConditionRow | undefined;
} {
  const experiments = new Set(platform.conditions.map(({ experiment }) => experiment));
  const main = experiments.has("startup") ? "startup" : [...experiments][0];
  const rows = main === undefined ? [] : conditionRows(platform, main);
  return { rows, told: rows.find(({ measured }) => measured.n > 0) ?? rows[0] };
}

/** The platform's name, and its verdict on one line. */
export function answerOf(platform: PlatformSummary, engine: Engine | undefined): string {
  const { rows, told } = mainRows(platform);
  const variants = variantRows(platform, rows);
  const ofOne = (row: ConditionRow): string[] => verdict(row, rows, engine);
  const sentences =
    variants !== undefined ? variantsAnswer(variants, ofOne(variants.first)) : told === undefined ? undefined : ofOne(told);
  return `${platform.label}: ${(sentences ?? ["Nothing was measured here."]).join(" ")}`;
}

/** How long the first of them takes, instead of where its time goes, and how the others differ. */
export const variantsAnswer = (variants: VariantRows, [first]: readonly string[]): string[] => [
  ...(first === undefined ? [] : [first]),
  variantVerdict(variants),
];

/** A sentence each, the first about the row that stands for the platform. @param rows all of the experiment */
export function verdict(row: ConditionRow, rows: readonly ConditionRow[], engine: Engine | undefined): string[] {
  const { name, measured, summary } = row;
  if (measured.defects.length > 0) return [closed(`${subject(row)}: no answer. Defect: ${measured.defects.join("; ")}`)];
  if (measured.n === 0) return [nothing(row)];
  const { value, ends } = levelOf(measured);
  const traced = summary.experiment === "why";
  const ofStarts = traced || summary.experiment === "startup";
  const of = ofStarts ? "start" : "trial";
  const trials = `${count(measured.n, of)}${sessionsSay(measured.sessions?.sessions)}`;
  const sure = ends === null ? `median of ${trials}, too few for an interval` : `95 % CI ${interval(ends)}; ${trials}`;
  const long = `${ms(value)} ${measured.unit}`;
  const says = ofStarts
    ? `${startNamed(summary)} takes ${long}${traced ? " while it is traced for causes" : ""} (${sure}).`
    : `${summary.experiment} asks ${EXPERIMENT_QUESTIONS[summary.experiment]}. ${name}: ${long} (${row.metric}; ${sure}).`;
  const part = largestPart(summary);
  return [
    says,
    ...(part === undefined ? [] : [`${part}.`]),
    ...whereItGoes(row, engine),
    ...whatItIs(row, rows),
    ...(ofStarts ? [] : range(rows)),
  ];
}

/** How far the conditions are apart, which is what an experiment of several asks. */
function range(rows: readonly ConditionRow[]): string[] {
  const levels = rows.flatMap(({ name, measured }) => {
    const { value } = measured.n === 0 || measured.defects.length > 0 ? { value: null } : levelOf(measured);
    return value === null ? [] : [{ name, value, unit: measured.unit }];
  });
  const ordered = levels.toSorted((a, b) => a.value - b.value);
  const [least, most] = [ordered[0], ordered.at(-1)];
  if (least === undefined || most === undefined || least === most) return [];
  if (ordered.some(({ unit }) => unit !== least.unit)) return [];
  const [from, to] = [least, most].map(({ name, value }) => `${ms(value)} ${least.unit} (“${name}”)`);
  return [`Its ${ordered.length} conditions: medians from ${from} to ${to}.`];
}

const sessionsSay = (sessions: number | undefined): string =>
  sessions === undefined ? "" : sessions === 1 ? " in one session" : ` in ${sessions} sessions`;

/** `A warm start of “small”`. */
export function startNamed(condition: ConditionSummary): string {
  const { image, mode } = startFactors(condition);
  return `A ${mode === "" ? "" : `${mode} `}start of “${image}”`;
}

const subject = ({ name, summary, metric }: ConditionRow): string => `${summary.experiment} “${name}” (${metric})`;

function nothing({ summary }: ConditionRow): string {
  const { experiment } = summary;
  const failed = failuresOf(summary);
  if (failed === 0) return `Nothing of ${experiment} was measured here.`;
  const of = experiment === "startup" ? "start" : "trial";
  if (failed === 1) return `The only ${of} failed: there is nothing to summarise.`;
  return `None of ${failed} ${of}s can be summarised: all of them failed.`;
}

/** The largest cause, of starts that were split by cause; and whether the experiment's other conditions have the same. */
function whatItIs({ summary }: ConditionRow, rows: readonly ConditionRow[]): string[] {
  const [largest] = causesOf(summary);
  if (largest === undefined) return [];
  const { cause } = largest.part;
  const told = `${shareOf(largest)} of it ${causeVerb(cause)}: ${CAUSES_OF_TIME[cause].meaning}.`;
  const all = rows
    .flatMap(({ name, summary: of }) =>
      causesOf(of)
        .slice(0, 1)
        .map(({ part }) => ({ name, part })),
    )
    .toSorted((a, b) => (a.part.share_pct ?? 0) - (b.part.share_pct ?? 0));
  const [least, most] = [all[0], all.at(-1)];
  if (least === undefined || most === undefined || all.length < 2) return [told];
  const others = all.filter(({ part }) => part.cause !== cause);
  if (others.length > 0)
    return [
      told,
      `It differs: ${others.map(({ name, part }) => `${roundPct(part.share_pct)} % of “${name}” ${causeVerb(part.cause)}`).join(", ")}.`,
    ];
  const [from, to] = [least, most].map(({ part }) => roundPct(part.share_pct));
  const range = from === to ? "" : `: ${from} % (“${least.name}”) to ${to} % (“${most.name}”)`;
  return [told, `It is the largest cause in all ${count(all.length, "condition")}${range}.`];
}

/** The largest phase in words, and where an engine without a network hook wires the network. */
function whereItGoes({ summary, metric, measured }: ConditionRow, engine: Engine | undefined): string[] {
  const phases = phasesOf(summary);
  const [largest] = phases.toSorted((a, b) => (b.part.share_pct ?? 0) - (a.part.share_pct ?? 0));
  if (largest === undefined) return [];
  const kind = { phase: largest.part.phase as PhaseName, encloses: largest.part.encloses as PhaseName[] };
  const { title, clause } = phaseWords(kind, engine);
  const elsewhere =
    engine &&
    networkElsewhere(
      phases.map(({ part }) => part.phase as PhaseName),
      engine,
    );
  const median = levelOf(largest).value;
  const total = levelOf(measured).value;
  const apart = metric === "total_ms" && isFarFromMedians(largest.part.share_pct ?? 0, median ?? 0, total ?? 0);
  return [
    apart
      ? `Of the time of all starts together ${shareOf(largest)} is “${title}”, whose median is ${ms(median)} ms: ${clause}.`
      : `${shareOf(largest)} of ${metric === "total_ms" ? "it" : "the start"} is “${title}”: ${clause}.`,
    ...(elsewhere == null || phases.length < 4 ? [] : [`${elsewhere}.`]),
  ];
}

/** `50.6 % (49.3–51.8)`; without an interval no decimal either. */
const shareOf = ({ part: { share_pct, share_ci } }: PhaseSummary | CauseSummary): string =>
  share_ci === null ? `${roundPct(share_pct)} %` : `${pct(share_pct)} % (${pctInterval(share_ci)})`;

interface AdviceContext {
  readonly engine: Engine | undefined;
  readonly called: Pick<Called, "label" | "out">;
  readonly facts: PlatformFacts["facts"];
  readonly flags: PlatformFacts["flags"];
}

export const NO_HOOK = "Docker 28 and later wire the network without a hook; with --network host there is none";
export const WHAT_IT_WAITS_FOR = "`tierbench trace IMAGE --why` tells what each phase waits for, and what helps";
/** Seen by the engine's events alone. */
const NOT_TOLD_APART = "`tierbench doctor` tells what keeps a kernel probe from telling the phases apart";
/** As the study's files are. */
const WHOLE_COMMANDS =
  "These are whole docker commands: where their time goes was not measured. `tierbench run study --platform LABEL` measures both";

/**
 * What shortens the largest phase or tells more of it, and what makes the answer surer; only what is known to hold.
 * @param called where the reader has the platform, which one of a report may not
 */
export function adviceFor(platform: PlatformSummary, { engine, called, facts, flags }: AdviceContext): Advice {
  const { told, rows } = mainRows(platform);
  if (told === undefined) return { sentences: [], command: undefined };
  const variants = variantRows(platform, rows);
  if (variants !== undefined) return { sentences: variantAdvice(variants, flags), command: undefined };
  const { measured, summary } = told;
  const [largest] = phasesOf(summary).toSorted((a, b) => (b.part.share_pct ?? 0) - (a.part.share_pct ?? 0));
  const hook = largest?.part.phase === "hook" && engine !== undefined && networkElsewhere(["hook"], engine) === null;
  const known = measured.n === 0 || measured.sessions === null || measured.sessions.sessions >= 3;
  const advice = [
    ...(measured.n === 0 && failuresOf(summary) > 0
      ? [`The column reason of ${summary.experiment}.csv says why they failed`]
      : []),
    ...(hook ? [NO_HOOK] : []),
    ...(hook || largest === undefined ? [] : [facts.probe === "events" ? NOT_TOLD_APART : WHAT_IT_WAITS_FOR]),
    ...(measured.n > 0 && told.metric === "startup_ms" ? [WHOLE_COMMANDS] : []),
    ...(known ? [] : ["More sessions tell how much they differ"]),
  ];
  return {
    sentences: advice.map((sentence) => `${sentence}.`),
    command: known || called.label === undefined ? undefined : appendCommand(summary.experiment, [called.label], called.out),
  };
}
