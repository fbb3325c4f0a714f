/** What to do after a comparison that has a verdict; what gives one where there is none stands in its answer. */
import { appendCommand } from "../../../research/text/append-command.ts";
import { networkElsewhere } from "../../../research/text/phase-words.ts";
import type { Comparison } from "../../comparisons/comparison-output.ts";
import { engineOf, type Subject } from "../../subjects/subject.ts";
import type { Called } from "../screen/screen-view.ts";
import { NO_HOOK, WHAT_IT_WAITS_FOR } from "../screen/verdict.ts";
import { reasonOf } from "./comparison-sentence.ts";

export interface ComparisonAdvice {
  readonly sentence: string;
  /** To be copied. */
  readonly command?: string | undefined;
}

/** @param called by label */
export function comparisonAdvice(
  comparison: Comparison,
  subjects: readonly Subject[],
  called: ReadonlyMap<string, Called>,
): ComparisonAdvice | undefined {
  const { a, b, verdict, defects, sessions, experiment } = comparison;
  const sides = [a, b].flatMap((label) => subjects.find((subject) => subject.label === label) ?? []);
  if (defects.length > 0) return { sentence: withoutDefect(defects, sides, called) };
  if (verdict === "none") return;
  if (verdict === "same within 5 %") return { sentence: "Take either: more than 5 % is not to be gained." };
  const again = commands(experiment, sides, called);
  if (verdict === "not certain")
    return { sentence: "More sessions tell smaller differences: four times as many halve the interval.", command: again?.append };
  const [better, worse] = inOrder(comparison);
  const hasHook = (label: string | undefined): boolean => {
    const of = sides.find((side) => side.label === label);
    const engine = of && engineOf(of);
    return engine !== undefined && networkElsewhere(["hook"], engine) === null;
  };
  // Where both have it and were measured one after the other, it may be the machine that differs.
  if (reasonOf(comparison)?.phases.includes("hook") && hasHook(worse) && (sessions.paired || !hasHook(better)))
    return { sentence: `${NO_HOOK}.` };
  if (!sessions.paired && again?.inTurns !== undefined)
    return { sentence: "To rule out that something else changed in between, measure them in turns:", command: again.inTurns };
  if (experiment === "startup" && comparison.explained !== null) return { sentence: `${WHAT_IT_WAITS_FOR}.` };
  return better === undefined ? undefined : { sentence: `Where it suits you, take ${better}.` };
}

/** The better one first; neither where nobody says which way is better. */
function inOrder({
  a,
  b,
  better,
  sessions,
}: Comparison): readonly [better: string, worse: string] | readonly [undefined, undefined] {
  if (better === null) return [undefined, undefined];
  const isHigher = (sessions.ratio === null ? (sessions.difference ?? 0) : Math.log(sessions.ratio)) > 0;
  return isHigher === (better === "higher") ? [a, b] : [b, a];
}

/** Of what this program can measure again, in one folder. */
function commands(
  experiment: string,
  sides: readonly Subject[],
  called: ReadonlyMap<string, Called>,
): { readonly append: string; readonly inTurns: string | undefined } | undefined {
  const [first, second] = sides.map(({ label }) => called.get(label));
  if (first === undefined || second === undefined || sides.some(({ source }) => !("manifest" in source))) return;
  // Parts of one platform, such as its images, share its sessions, and took turns in them.
  if (sides[0]?.source === sides[1]?.source)
    return { append: appendCommand(experiment, [first.label], first.out), inTurns: undefined };
  const inTurns = `tierbench run ${experiment} --platform A=ENGINE --platform B=ENGINE`;
  if (first.out !== second.out) return { append: inTurns, inTurns };
  const labels = [first, second].map(({ label }) => `${label}=ENGINE`);
  return { append: appendCommand(experiment, labels, first.out), inTurns };
}

function withoutDefect(defects: readonly string[], sides: readonly Subject[], called: ReadonlyMap<string, Called>): string {
  const concerned = sides.find(({ label }) => defects.some((defect) => defect.startsWith(`${label}: `))) ?? sides[0];
  const platform = (concerned && called.get(concerned.label)?.platform) ?? "LABEL";
  return `What has a defect is no measurement: \`tierbench analyze ${platform} --full\` says what to do about it.`;
}
