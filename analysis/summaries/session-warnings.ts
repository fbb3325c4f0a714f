/** The warnings of a platform's sessions; one that several share appears once. */
import type { Session } from "../../research/manifest.ts";
import { asTold, type Warning } from "../../research/warning.ts";
import { grouped } from "../samples/grouped.ts";

/** The most pieces of evidence that are shown for one warning. */
const MOST_EVIDENCE = 3;

export const sessionWarnings = (sessions: readonly Pick<Session, "session" | "warnings">[]): Warning[] =>
  [
    ...grouped(
      sessions.flatMap(({ session, warnings }) => warnings.map((warning) => ({ ...warning, session }))),
      ({ summary, remedy }) => `${summary}\n${remedy}`,
    ).values(),
  ].map((alike) => {
    const { summary, remedy } = alike[0] as Warning;
    return { summary: asTold(summary), evidence: evidenceOf(alike), remedy };
  });

function evidenceOf(alike: readonly (Warning & { readonly session: number })[]): string {
  const [first] = alike;
  if (first === undefined || alike.every(({ evidence }) => evidence === first.evidence)) return first?.evidence ?? "";
  const told = alike.slice(0, MOST_EVIDENCE).map(({ session, evidence }) => `session ${session}: ${evidence}`);
  const more = alike.length - told.length;
  return [...told, ...(more > 0 ? [`the same in ${more} more`] : [])].join("; ");
}
