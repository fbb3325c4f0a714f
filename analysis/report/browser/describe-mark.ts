/** A mark in words, a line each. */
import { PHASES, type PhaseName } from "../../../research/phases.ts";
import type { Datum, Mark } from "./mark.ts";

export const describeMark = ({ datum, siblings }: Mark): string =>
  (isInterval(datum) ? phaseLines(datum, siblings.filter(isInterval)) : fieldLines(datum)).join("\n");

interface PhaseDatum {
  /** As it stands beside its bar: `hook`, `daemon_prepare +2`. */
  readonly phase: string;
  readonly tier: string;
  readonly begin_ms: number;
  readonly end_ms: number;
  /** Where several starts are drawn beside one another. */
  readonly trial?: string;
  /** Where one start stands for many. */
  readonly median_ms?: number;
}

const isInterval = (datum: Datum): datum is Datum & PhaseDatum =>
  typeof datum.phase === "string" && typeof datum.begin_ms === "number";

/** The milestones between which a phase lies: it ends where the next one begins. */
function phaseLines(datum: PhaseDatum, bars: readonly PhaseDatum[]): string[] {
  const { phase, tier, begin_ms, end_ms, trial, median_ms } = datum;
  const declared = declaredPhase(phase);
  const next = bars.find((bar) => bar.trial === trial && bar.begin_ms === end_ms && bar.phase !== phase);
  const ends = next === undefined ? "entry_acts" : declaredPhase(next.phase)?.begins;
  return [
    ...(trial === undefined ? [] : [trial]),
    `${phase} (${tier}): ${ms(end_ms - begin_ms)}`,
    ...(declared === undefined
      ? []
      : [`begins with ${declared.begins} at ${ms(begin_ms)}`, `ends with ${ends} at ${ms(end_ms)}`]),
    ...(median_ms === undefined ? [] : [`median of all: ${ms(median_ms)}`]),
    ...(declared === undefined ? [] : [declared.meaning]),
  ];
}

function declaredPhase(words: string): (typeof PHASES)[PhaseName] | undefined {
  const name = words.split(" ")[0] ?? "";
  return name in PHASES ? PHASES[name as PhaseName] : undefined;
}

/** Fields that say where something is drawn, or repeat in words what is there as a number. */
const LAYOUT = /(_px|_index|label_at_ms|(begin|end|middle)_pct)$|^(label|number|ink|beyond|total|process)$/;

function fieldLines(datum: Datum): string[] {
  return Object.entries(datum).flatMap(([name, value]) => {
    if (LAYOUT.test(name) || name.startsWith("ci_hi")) return [];
    const upper = name.startsWith("ci_lo") ? datum[name.replace("ci_lo", "ci_hi")] : undefined;
    if (typeof value === "number" && typeof upper === "number")
      return [`${wordsOf(name.replace("ci_lo", "95 % CI"))}: ${rounded(value)} to ${rounded(upper)}`];
    if (typeof value === "number") return [`${wordsOf(name)}: ${rounded(value)}`];
    if (value === true) return [wordsOf(name)];
    return typeof value === "string" && value !== "" ? [`${wordsOf(name)}: ${value}`] : [];
  });
}

const wordsOf = (name: string): string => name.replace(/_ms$/, " (ms)").replace(/_pct$/, " (%)").replaceAll("_", " ");

const rounded = (value: number): number => Number(value.toPrecision(4));
const ms = (value: number): string => `${rounded(value)} ms`;
