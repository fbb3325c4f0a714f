/** What is not in a figure, and why: for the caption, which names no more than a reader takes in, and for the terminal. */
import { grouped } from "../../samples/grouped.ts";
import { count } from "../../samples/numbers.ts";

/** A reason in one line; or what a platform does not have, as it did not measure it. */
export type LeftOut = string | Lacking;

export interface Lacking {
  readonly platform: string;
  /** Behind "has no". */
  readonly lacks: string;
}

export const isLacking = (left: LeftOut): left is Lacking => typeof left !== "string";

export const leftOutInWords = (left: LeftOut): string => (isLacking(left) ? `${left.platform} has no ${left.lacks}` : left);

/** Why there is no figure at all. */
export const absentFor = (leftOut: readonly LeftOut[]): { readonly absent: string } => ({
  absent: leftOut.map(leftOutInWords).join("; "),
});

/** Lines of a caption for reasons of a kind, and names in one of them. */
const [MOST_LINES, MOST_NAMES] = [4, 3];

/** Sentences of a caption: what several platforms lack is one of them. */
export function notDrawn(leftOut: readonly LeftOut[]): string[] {
  const lacking = [...grouped(leftOut.filter(isLacking), ({ lacks }) => lacks)].map(([lacks, each]) => {
    const names = each.map(({ platform }) => platform);
    return `${listed(names)} ${names.length === 1 ? "has" : "have"} no ${lacks}`;
  });
  const others = leftOut.filter((left) => !isLacking(left));
  return [lacking, others].flatMap((lines) => {
    const shown = lines.length > MOST_LINES ? lines.slice(0, MOST_LINES - 1) : lines;
    const more = lines.length - shown.length;
    return [
      ...shown.map((line) => sentence(`Not drawn: ${line}`)),
      ...(more > 0 ? [`Not drawn for ${count(more, "more reason")}, which \`tierbench figures --only\` names.`] : []),
    ];
  });
}

/** No more names than a reader takes in: `a, b, c and 4 more`. */
export const listed = (names: readonly string[]): string => {
  if (names.length > MOST_NAMES + 1) return `${names.slice(0, MOST_NAMES).join(", ")} and ${names.length - MOST_NAMES} more`;
  return names.length === 1 ? (names[0] as string) : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
};

/** A question has its end. */
const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);
