/** What of an analysis a reader asked for: by experiment, image and condition. */
import { MisuseError } from "../../../research/misuse.ts";
import { didYouMean } from "../../../research/text/nearest.ts";
import type { AnalysisReport, ConditionSummary } from "../../summaries/summary.ts";

export interface Choice {
  readonly experiment?: string | undefined;
  readonly image?: string | undefined;
  readonly condition?: string | undefined;
}

export const isChoice = (choice: Choice): boolean => Object.values(choice).some((value) => value !== undefined);

const TESTS = {
  experiment: ({ experiment }) => [experiment],
  image: ({ factors }) => (factors.image === undefined ? [] : [factors.image]),
  condition: ({ condition }) => [condition],
} as const satisfies Record<keyof Choice, (condition: ConditionSummary) => readonly string[]>;

const MOST_NAMED = 8;

/**
 * The same analysis with these conditions alone; a platform that has none of them keeps its place.
 * @throws MisuseError where no platform has one, naming those that there are
 */
export function chosen(report: AnalysisReport, choice: Choice): AnalysisReport {
  const asked = Object.entries(choice).filter((entry): entry is [keyof Choice, string] => entry[1] !== undefined);
  let { platforms } = report;
  for (const [name, value] of asked) {
    const known = new Set(platforms.flatMap(({ conditions }) => conditions.flatMap((condition) => TESTS[name](condition))));
    if (!known.has(value)) throw unknownChoice(name, value, [...known]);
    platforms = platforms.map((platform) => {
      const conditions = platform.conditions.filter((condition) => (TESTS[name](condition) as readonly string[]).includes(value));
      const kept = new Set(conditions.map(({ experiment, condition }) => `${experiment} ${condition}`));
      const paired = platform.paired.filter(
        ({ experiment, a, b }) => kept.has(`${experiment} ${a}`) && kept.has(`${experiment} ${b}`),
      );
      return { ...platform, conditions, paired };
    });
  }
  return { ...report, platforms };
}

/** Names those that there are. */
export const unknownChoice = (name: keyof Choice, value: string, known: readonly string[]): MisuseError =>
  new MisuseError(`--${name} ${JSON.stringify(value)}: ${available(known)}${didYouMean(value, known)}`);

const available = (known: readonly string[]): string =>
  known.length === 0
    ? "nothing that was measured has one"
    : `there is ${known.slice(0, MOST_NAMED).join(", ")}${known.length > MOST_NAMED ? ` and ${known.length - MOST_NAMED} more` : ""}`;
