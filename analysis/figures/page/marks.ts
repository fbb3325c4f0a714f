/** What a reader must not miss, marked on the figure beside the number that it concerns; the caption has the reasons. */
import { doubtsOf, FEW_SESSIONS } from "../../detectors/findings-of.ts";
import { count } from "../../samples/numbers.ts";
import type { MetricName } from "../../subjects/key.ts";
import type { Subject } from "../../subjects/subject.ts";

interface Marked {
  readonly platform: string;
  readonly measurement: MetricName;
}

const DEFECT = "‡";
const DEPENDENT = "†";
const CAUTION = "!";
const MEANINGS: readonly (readonly [mark: string, meaning: string])[] = [
  [DEFECT, "defect: conclude nothing"],
  [DEPENDENT, "trials depend on each other"],
  [CAUTION, "caution"],
];
/** Of the reasons in a caption; `analyze` has them all. */
const MOST_REASONS = 4;

const subjectOf = (subjects: readonly Subject[], label: string): Subject | undefined =>
  subjects.find((subject) => subject.label === label);

/** Behind a number: ` ‡`, ` †!`, or nothing. */
export function marksOf(subjects: readonly Subject[], { platform, measurement }: Marked): string {
  const subject = subjectOf(subjects, platform);
  if (subject === undefined) return "";
  const { defects, cautions, dependent } = doubtsOf(subject, measurement);
  // Of few sessions are all numbers of a platform, mostly: the caption says it once.
  const others = cautions.filter((caution) => !caution.startsWith(FEW_SESSIONS)).length - (dependent ? 1 : 0);
  const marks = `${defects.length > 0 ? DEFECT : ""}${dependent ? DEPENDENT : ""}${others > 0 ? CAUTION : ""}`;
  return marks === "" ? "" : ` ${marks}`;
}

/** Of several numbers, each mark once. */
export function allMarks(marks: readonly string[]): string {
  const all = marks.join("");
  const used = MEANINGS.filter(([mark]) => all.includes(mark)).map(([mark]) => mark);
  return used.length === 0 ? "" : ` ${used.join("")}`;
}

/** One line below the title, of the marks that occur. */
export function markKey(marks: readonly string[]): string[] {
  const all = marks.join("");
  const used = MEANINGS.filter(([mark]) => all.includes(mark)).map(([mark, meaning]) => `${mark} ${meaning}`);
  return used.length === 0 ? [] : [`${used.join(" · ")}; reasons in the caption.`];
}

/** For the caption. */
export function markReasons(subjects: readonly Subject[], marked: readonly Marked[]): string[] {
  const told = marked.flatMap(({ platform, measurement }) => {
    const subject = subjectOf(subjects, platform);
    if (subject === undefined) return [];
    const { defects, cautions } = doubtsOf(subject, measurement);
    return [
      ...defects.map((reason) => `Defect, conclude nothing: ${platform}: ${reason}.`),
      ...cautions.map((reason) => `Caution: ${platform}: ${reason}.`),
    ];
  });
  const reasons = [...new Set(told)].sort((a, b) => Number(b.startsWith("Defect")) - Number(a.startsWith("Defect")));
  const more = reasons.length - MOST_REASONS;
  return [
    ...reasons.slice(0, MOST_REASONS),
    ...(more > 0 ? [`And ${count(more, "more finding")}, in \`tierbench analyze\`.`] : []),
  ];
}
