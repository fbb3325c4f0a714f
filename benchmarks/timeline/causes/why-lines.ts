/** Causes as text for the terminal: what each phase is made of, and the longest of it with what helps. */

import type { Phase } from "../../../research/phases.ts";
import { hanging } from "../../../research/text/screen/fit.ts";
import { CAUSES_OF_TIME, type Cause } from "../../../research/why/causes.ts";
import { remedyFor } from "../../../research/why/remedies.ts";
import { phaseTitle } from "../drawing/waterfall.ts";
import type { CauseTime } from "./start-causes.ts";

/** Shorter shares of a phase are summed up. */
const SHOWN_NS = 100_000;
const LONGEST = 10;
/** Part of the start: what helps against less is not worth what it costs. */
const WORTH_HELP = 0.05;

type ShownTime = Omit<CauseTime, "ns"> & { readonly ns: number };

export function whyLines(phases: readonly Phase[], causes: readonly ShownTime[], columns: number): string[] {
  const width = Math.max(0, ...phases.map((phase) => phaseTitle(phase).length));
  const lines = phases.flatMap((of) => {
    const { phase } = of;
    const parts = grouped(
      causes.filter((time) => time.phase === phase),
      ({ cause, program }) => (cause === "cpu" ? `${program} on CPU` : CAUSES_OF_TIME[cause].label),
    );
    const shown = parts.filter(({ ns }) => ns >= SHOWN_NS).map(({ name, ns }) => `${name} ${inMs(ns)}`);
    return hanging(phaseTitle(of).padEnd(width + 2), shown.length === 0 ? "below 0.1 ms" : shown.join(" · "), columns);
  });
  return ["what each phase waits for, in ms", ...lines, "", "longest", ...longest(causes, columns)];
}

function longest(causes: readonly ShownTime[], columns: number): string[] {
  const sums = new Map<string, { cause: Cause; program: string; place: string | null; ns: number }>();
  for (const { cause, program, place, ns } of causes) {
    const key = JSON.stringify([cause, program, place]);
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { cause, program, place, ns });
    else sum.ns += ns;
  }
  const total = causes.reduce((sum, { ns }) => sum + ns, 0);
  const told = new Set<string>();
  return [...sums.values()]
    .sort((a, b) => b.ns - a.ns)
    .slice(0, LONGEST)
    .flatMap(({ cause, program, place, ns }) => {
      const what = `${program} ${CAUSES_OF_TIME[cause].label}${place === null ? "" : `: ${place}`}`;
      const sentence = hanging(`${inMs(ns).padStart(7)} ms  `, what, columns);
      const helps = ns < WORTH_HELP * total ? undefined : remedyFor(cause, program, place)?.helps;
      if (helps === undefined || told.has(helps)) return sentence;
      told.add(helps);
      return [...sentence, ...hanging("          → ", helps, columns)];
    });
}

function grouped(times: readonly ShownTime[], name: (time: ShownTime) => string): { name: string; ns: number }[] {
  const sums = new Map<string, number>();
  for (const time of times) sums.set(name(time), (sums.get(name(time)) ?? 0) + time.ns);
  return [...sums].map(([of, ns]) => ({ name: of, ns })).sort((a, b) => b.ns - a.ns);
}

const inMs = (ns: number): string => (ns / 1e6).toFixed(1);
