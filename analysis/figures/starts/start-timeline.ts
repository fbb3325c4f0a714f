/** 8: a start as a waterfall: the medians of its phases, one after the other, with their intervals. */

import { left, right } from "../../format/document/document.ts";
import { interval, ms } from "../../samples/numbers.ts";
import { partName } from "../../subjects/starts.ts";
import type { Subject } from "../../subjects/subject.ts";
import { isFarFromMedians, type MedianPhases, medianPhases } from "../../summaries/median-phases.ts";
import { shareOfPhases } from "../../summaries/phase-shares.ts";
import { largestPhase, phaseTitle } from "../page/largest-phase.ts";
import { absentFor, type LeftOut } from "../page/left-out.ts";
import { markKey, markReasons, marksOf } from "../page/marks.ts";
import { type Absent, CONFIDENCE, type Drawing, type Figure, fewTrials, figure, sizes, type Table } from "../parts/figure.ts";
import { type SplitStarts, splitStarts } from "../parts/split-starts.ts";
import { inBrackets } from "../parts/tier-bars.ts";
import { phaseName, SEVERAL, tierLegend } from "../parts/tier-colours.ts";
import { commonName, type Waterfall, waterfallStrips } from "./waterfall.ts";

interface Shown extends SplitStarts, MedianPhases {
  readonly marks: string;
}

export const startTimeline: Figure = (subjects) => {
  const { shown, leftOut, images } = splitStarts(subjects);
  return timelineOf(subjects, shown, leftOut, images);
};

/** Of these conditions alone. */
export function timelineOf(
  subjects: readonly Subject[],
  conditions: readonly SplitStarts[],
  leftOut: readonly LeftOut[] = [],
  images: readonly string[] = [],
): Drawing | Absent {
  const shown = conditions.flatMap((condition): Shown[] => {
    const medians = medianPhases(condition.starts, condition.sessions);
    return medians === null ? [] : [{ ...condition, ...medians, marks: marksOf(subjects, condition) }];
  });
  if (shown.length === 0) return absentFor(leftOut);
  const counts = shown.map(({ n }) => n);
  const ofMedians = findingOfMedians(shown);
  return figure({
    title: ofMedians ?? largestPhase(shown.map((condition) => ({ ...condition, shares: shareOfPhases(condition.starts) }))),
    caption: [
      "A start, from the request until the container acts.",
      "Bars: medians of the phases, laid one after the other; they do not add up to the median of the total, which stands in the heading.",
      shown.some(({ phases }) => phases.some(({ median_ci }) => median_ci !== null))
        ? `Stroke and brackets: ${CONFIDENCE} confidence interval of the phase's median (from three sessions on over sessions, else order statistics), ms.`
        : "Numbers: ms; too few starts for intervals.",
      `${sizes(counts)}.`,
      ...images,
      ...(ofMedians === null ? ["The share in the title is of the summed time of all starts."] : []),
      ...markReasons(subjects, shown),
    ],
    key: [...commonName(shown), ...markKey(shown.map(({ marks }) => marks)), ...fewTrials(counts)],
    leftOut,
    legend: tierLegend(shown.flatMap(({ phases }) => phases.map(({ tier }) => tier))),
    strips: waterfallStrips(shown.map(waterfallOf), "time since the create request (ms)"),
    tables: shown.map(phaseTable),
  });
}

/** Where outliers hold much of the summed time, its share is not what is drawn: then the medians themselves. */
function findingOfMedians(shown: readonly Shown[]): string | null {
  const [first] = shown as [Shown];
  const { starts, phases, described } = first;
  const longest = phases.reduce((a, b) => (b.median_ms > a.median_ms ? b : a));
  const total_ms = described.level.value;
  const summed = shareOfPhases(starts).find((share) => partName(share) === partName(longest))?.share_pct ?? 0;
  if (!isFarFromMedians(summed, longest.median_ms, total_ms)) return null;
  return phaseTitle(shown, longest, `median ${ms(longest.median_ms)} of ${ms(total_ms)} ms`);
}

/** The total is of all starts of the condition, as everywhere; what is drawn are those that have the same phases. */
function waterfallOf({ platform, condition, marks, phases, engine, described: { level } }: Shown): Waterfall {
  return {
    ...{ platform, condition, total: `${ms(level.value)} ms${inBrackets(level.ends)}${marks}` },
    bars: phases.map((phase) => ({ ...phase, name: phaseName(phase, engine) })),
  };
}

const phaseTable = ({ platform, condition, engine, n, phases }: Shown): Table => ({
  kind: "table",
  caption: `${platform}, ${condition}: medians of the phases of ${n} starts with their 95 % confidence intervals, ms`,
  columns: [left("phase"), left("in words"), left("tier"), right("median"), right("95 % CI")],
  rows: phases.map((phase) => [
    phase.encloses.length === 0 ? phase.phase : `${phase.phase} +${phase.encloses.length}`,
    phaseName(phase, engine),
    phase.tier ?? SEVERAL,
    ms(phase.median_ms),
    interval(phase.median_ci),
  ]),
});
