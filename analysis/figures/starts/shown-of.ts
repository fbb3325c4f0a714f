/** Which conditions a tall picture shows: all of one platform, or the first of each of several. */

import type { Subject } from "../../subjects/subject.ts";
import type { LeftOut } from "../page/left-out.ts";

/**
 * @param ofPlatform what of it can be drawn
 * @param lacks what a platform does not have of which nothing can
 * @returns what is drawn, and of which platforms nothing is
 */
export function shownOf<Shown>(
  subjects: readonly Subject[],
  ofPlatform: (subject: Subject) => readonly Shown[],
  lacks: string,
): { readonly shown: readonly Shown[]; readonly leftOut: readonly LeftOut[] } {
  const found = subjects.map((subject) => ({ label: subject.label, own: ofPlatform(subject) }));
  const drawn = found.filter(({ own }) => own.length > 0);
  return {
    shown: drawn.flatMap(({ own }) => (drawn.length === 1 ? own : own.slice(0, 1))),
    leftOut: found.filter(({ own }) => own.length === 0).map(({ label }) => ({ platform: label, lacks })),
  };
}
