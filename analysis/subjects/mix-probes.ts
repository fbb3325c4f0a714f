/** Allows results of different probes to be compared: only on request, with a note. */
import type { Subject } from "./subject.ts";

/** The same subjects, whose conditions no longer say by which probe or clock; each has caveats that name them. */
export const mixProbes = (subjects: readonly Subject[]): Subject[] =>
  subjects.map((subject) => {
    const contexts = [...subject.conditions.values()].map(({ context }) => context);
    const named = (key: "probe" | "clock"): string =>
      [...new Set(contexts.flatMap((context) => context[key] ?? []))].sort().join(" and ");
    const [probes, clocks] = [named("probe"), named("clock")];
    return {
      ...subject,
      measurements: subject.measurements.map(({ actRules, ...measurement }) => measurement),
      conditions: new Map(
        [...subject.conditions].map(
          ([
            key,
            {
              context: { probe, clock, ...context },
              ...condition
            },
          ]) => [key, { ...condition, context }],
        ),
      ),
      caveats: [
        ...subject.caveats,
        ...(probes === ""
          ? []
          : [
              `seen by ${probes}; with another probe a start ends at another event (research/method/validation.md: what the coarse probe is worth)`,
            ]),
        ...(clocks === "" ? [] : [`marks stamped by ${clocks}; the client stamps a mark later, when it has read it`]),
      ],
    };
  });
