/** What to do after a comparison, for each verdict, and what gives one where there is none. */
import { appendCommand } from "../../../research/text/append-command.ts";
import { networkElsewhere } from "../../../research/text/phase-words.ts";
import type { Comparison, ComparisonReport } from "../../comparisons/comparison-output.ts";
import { FEWEST_SESSIONS } from "../../samples/sessions.ts";
import { engineOf, type Subject } from "../../subjects/subject.ts";
import type { Advice } from "../document/advice.ts";
import type { Called } from "../screen/screen-view.ts";
import { NO_HOOK, WHAT_IT_WAITS_FOR } from "../screen/verdict.ts";
import { reasonOf } from "./comparison-sentence.ts";

interface AdviceContext {
  /** By label. */
  readonly called: ReadonlyMap<string, Called>;
  readonly notCompared: ComparisonReport["not_compared"];
}

export function comparisonAdvice(
  comparison: Comparison,
  subjects: readonly Subject[],
  { called, notCompared }: AdviceContext,
): Advice | undefined {
  const { a, b, verdict, defects, sessions, experiment } = comparison;
  const sides = [a, b].flatMap((label) => subjects.find((subject) => subject.label === label) ?? []);
  if (defects.length > 0) return { sentences: [withoutDefect(defects, sides, called)] };
  // Where the totals are of different things, sessions added to either would be, too.
  if (verdict === "none")
    return totalRefused(comparison, notCompared) === undefined ? forVerdict(comparison, { sides, subjects, called }) : undefined;
  // Also where what is between them is certain.
  if (sessions.equivalent === true) return { sentences: ["Take either: they are within 5 % of each other."] };
  const again = commands(experiment, sides, called);
  if (verdict === "not certain") {
    const halved = "four times as many halve the interval";
    // What was measured into two folders cannot be measured on in turns.
    return again !== undefined && again.append === again.inTurns
      ? {
          sentences: [`More sessions tell smaller differences: ${halved}. Measure them in turns, into one folder of results:`],
          command: again.append,
        }
      : { sentences: [`More sessions tell smaller differences: ${halved}.`], command: again?.append };
  }
  const [better, worse] = inOrder(comparison);
  const hasHook = (label: string | undefined): boolean => {
    const of = sides.find((side) => side.label === label);
    const engine = of && engineOf(of);
    return engine !== undefined && networkElsewhere(["hook"], engine) === null;
  };
  // Where both have it and were measured one after the other, it may be the machine that differs.
  if (reasonOf(comparison)?.phases.includes("hook") && hasHook(worse) && (sessions.paired || !hasHook(better)))
    return { sentences: [`${NO_HOOK}.`] };
  if (!sessions.paired && again?.inTurns !== undefined)
    return { sentences: ["To rule out that something else changed in between, measure them in turns:"], command: again.inTurns };
  if (experiment === "startup" && comparison.explained !== null) return { sentences: [`${WHAT_IT_WAITS_FOR}.`] };
  return better === undefined ? undefined : { sentences: [`Where it suits you, take ${better}.`] };
}

/** The total of this condition, where only its parts were compared. */
export const totalRefused = ({ experiment, condition }: Comparison, notCompared: AdviceContext["notCompared"]) =>
  notCompared.find(({ what }) => what === `${experiment} ${condition} total_ms`);

/** Sessions can be added to what this program measured. To the published study's folders nobody can add any. */
function forVerdict(
  { experiment, sessions }: Comparison,
  {
    sides,
    subjects,
    called,
  }: Pick<AdviceContext, "called"> & { readonly sides: readonly Subject[]; readonly subjects: readonly Subject[] },
): Advice {
  const isRetold = ({ source }: Subject): boolean => !("manifest" in source);
  if (sides.some(isRetold))
    return {
      sentences: [
        `No session can be added to ${oneOf([...new Set(subjects.filter(isRetold).map(({ source }) => source.label))])}, in the study's format. To measure the same on machines at hand:`,
      ],
      command: "tierbench run study --platform LABEL",
    };
  const again = commands(experiment, sides, called);
  if (sides[0]?.source === sides[1]?.source)
    return {
      sentences: [`For a verdict, from ${FEWEST_SESSIONS} sessions on${again === undefined ? "." : ":"}`],
      command: again?.append,
    };
  if (again === undefined || again.append === again.inTurns)
    return { sentences: ["For a verdict measure them in turns, into one folder of results:"], command: again?.inTurns };
  const isNear = Math.min(sessions.k_a, sessions.k_b) === FEWEST_SESSIONS - 1;
  return { sentences: [`For a verdict${isNear ? "" : ", twice"}:`], command: again.append };
}

/** `a`, `a or b`, `a, b or c`. */
const oneOf = (labels: readonly string[]): string =>
  [...(labels.length > 1 ? [labels.slice(0, -1).join(", ")] : []), ...labels.slice(-1)].join(" or ");

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
    return first.label === undefined
      ? undefined
      : { append: appendCommand(experiment, [first.label], first.out), inTurns: undefined };
  const inTurns = `tierbench run ${experiment} --platform A=ENGINE --platform B=ENGINE`;
  const labels = [first, second].flatMap(({ label }) => (label === undefined ? [] : [`${label}=ENGINE`]));
  if (first.out !== second.out || labels.length < 2) return { append: inTurns, inTurns };
  return { append: appendCommand(experiment, labels, first.out), inTurns };
}

function withoutDefect(defects: readonly string[], sides: readonly Subject[], called: ReadonlyMap<string, Called>): string {
  const concerned = sides.find(({ label }) => defects.some((defect) => defect.startsWith(`${label}: `))) ?? sides[0];
  const platform = (concerned && called.get(concerned.label)?.platform) ?? "LABEL";
  return `What has a defect is no measurement: \`tierbench analyze ${platform} --full\` says what to do about it.`;
}
