/** Lets starts be compared that different probes saw: only where it is asked for, and it is said. */
import type { Subject } from "./measurement.ts";

/** The same subjects, whose conditions no longer say by which probe; each has a caveat that names it. */
export const mixProbes = (subjects: readonly Subject[]): Subject[] =>
  subjects.map((subject) => {
    const probes = [...new Set([...subject.contexts.values()].map(({ probe }) => probe))].sort();
    const caveat = `seen by ${probes.join(" and ")}; with another probe a start ends at another event (METHOD.md: what the coarse probe is worth)`;
    return {
      ...subject,
      contexts: new Map([...subject.contexts].map(([key, context]) => [key, { ...context, probe: "any" }])),
      caveats: probes.length === 0 ? subject.caveats : [...subject.caveats, caveat],
    };
  });
