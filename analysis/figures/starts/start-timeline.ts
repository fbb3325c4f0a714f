/** 8: a start as a waterfall: the medians of its phases, one after the other, with their intervals. */

import { left, right } from "../../format/document/document.ts";
import { interval, ms } from "../../samples/numbers.ts";
import type { Subject } from "../../subjects/subject.ts";
import { type MedianPhase, type MedianPhases, medianPhases } from "../../summaries/median-phases.ts";
import { shareOfPhases } from "../../summaries/phase-shares.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../page/flow.ts";
import { largestPhase } from "../page/largest-phase.ts";
import { markKey, markReasons, marksOf } from "../page/marks.ts";
import { ticks } from "../parts/axis-scale.ts";
import { type Absent, CONFIDENCE, type Drawing, type Figure, fewTrials, figure, sizes, type Table } from "../parts/figure.ts";
import { nameBefore, textWidthPx } from "../parts/fit-text.ts";
import { shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { type SplitStarts, splitStarts } from "../parts/split-starts.ts";
import { FONT_PX, INK, PLOT_WIDTH_PX, SILENT } from "../parts/theme.ts";
import { inBrackets } from "../parts/tier-bars.ts";
import { phaseName, SEVERAL, tierColours, tierLegend } from "../parts/tier-colours.ts";

const ROW_PX = 13;
const BAR_PX = 8;
/** Between the bars and the phases' names on their left, and their times on their right. */
const GAP_PX = 5;
/** Between names and numbers. */
const MOST_LABELS = 5;

interface Shown extends SplitStarts, MedianPhases {
  /** Of the measured total, which is not the sum of the phases' medians. */
  readonly total: string;
}

export const startTimeline: Figure = (subjects) => {
  const { shown, leftOut } = splitStarts(subjects);
  return timelineOf(subjects, shown, leftOut);
};

/** Of these conditions alone. */
export function timelineOf(
  subjects: readonly Subject[],
  conditions: readonly SplitStarts[],
  leftOut: readonly string[],
): Drawing | Absent {
  const shown = conditions.flatMap((condition): Shown[] => {
    const medians = medianPhases(condition.starts);
    if (medians === null) return [];
    return [{ ...condition, ...medians, total: `${totalOf(condition)}${marksOf(subjects, condition)}` }];
  });
  if (shown.length === 0) return { absent: leftOut.join("; ") };
  const tiers = shown.flatMap(({ phases }) => phases.map(({ tier }) => tier));
  const several = new Set(shown.map(({ platform }) => platform)).size > 1;
  const titleOf = (start: Shown): string =>
    `${several ? `${nameBefore(start.platform)}, ` : ""}${start.condition}: median ${start.total}`;
  const layout = layOut(shown, tiers, titleOf);
  return figure({
    title: largestPhase(conditions.map((condition) => ({ ...condition, shares: shareOfPhases(condition.starts) }))),
    caption: [
      "A start, from the request until the container acts.",
      "Bars: medians of the phases, laid one after the other; they do not add up to the median of the total, which stands in the heading.",
      `Stroke and brackets: ${CONFIDENCE} confidence interval of the phase's median (order statistics), ms. ${sizes(shown.map(({ n }) => n))}.`,
      "The share in the title is of the summed time of all starts.",
      ...markReasons(subjects, shown),
    ],
    key: [
      // Headings have no room for a name that is the same in all of them.
      ...(several ? [] : shown.slice(0, 1).map(({ platform }) => shortTitles([platform])(platform))),
      ...markKey(shown.map((each) => marksOf(subjects, each))),
      ...fewTrials(shown.map(({ n }) => n)),
    ],
    leftOut,
    legend: tierLegend(tiers),
    strips: shown.map((start) => waterfallStrip(start, layout)),
    tables: shown.map(phaseTable),
  });
}

interface Layout {
  readonly color: ReturnType<typeof tierColours>;
  readonly end_ms: number;
  /** Where the bars begin and end, the same in all panels. */
  readonly bars_px: readonly [number, number];
  readonly title: (start: Shown) => string;
}

function layOut(shown: readonly Shown[], tiers: Parameters<typeof tierColours>[0], titleOf: (start: Shown) => string): Layout {
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => textWidthPx(text)));
  const phases = shown.flatMap((start) => start.phases);
  const names = shown.flatMap(({ phases: own, engine }) => own.map((phase) => phaseName(phase, engine)));
  return {
    color: tierColours(tiers),
    end_ms: Math.max(...phases.map(({ begin_ms, median_ms, median_ci }) => begin_ms + Math.max(median_ms, median_ci?.[1] ?? 0))),
    bars_px: [widest(names) + GAP_PX, PLOT_WIDTH_PX - widest(phases.map(times)) - GAP_PX],
    title: (start) => shortTitles(shown.map(titleOf))(titleOf(start)),
  };
}

/** `13.2 (12.9–13.6)` */
const times = ({ median_ms, median_ci }: MedianPhase): string => `${ms(median_ms)}${inBrackets(median_ci)}`;

/** Of all starts of the condition, as everywhere; what is drawn are those that have the same phases. */
const totalOf = ({ described: { level } }: SplitStarts): string => `${ms(level.value)} ms${inBrackets(level.ends)}`;

const waterfallStrip = (start: Shown, layout: Layout): Strip => ({
  ...{ scale: "time", rows: start.phases.length, row_px: ROW_PX, head_px: HEAD_PX, axis_px: AXIS_PX, whole: true },
  draw: ({ from, to, axis }) => waterfall(start, start.phases.slice(from, to), layout, axis),
});

function waterfall(
  start: Shown,
  phases: readonly MedianPhase[],
  { color, end_ms, bars_px, title }: Layout,
  last: boolean,
): Panel {
  const rows = phases.map((phase) => {
    const name = phaseName(phase, start.engine);
    return {
      phase: name,
      tier: phase.tier ?? SEVERAL,
      begin_ms: phase.begin_ms,
      end_ms: phase.begin_ms + phase.median_ms,
      ci_lo_ms: phase.median_ci === null ? null : phase.begin_ms + phase.median_ci[0],
      ci_hi_ms: phase.median_ci === null ? null : phase.begin_ms + phase.median_ci[1],
      number: times(phase),
      words: `${name} (${phase.phase}, ${phase.tier ?? SEVERAL}): median ${ms(phase.median_ms)} ms${phase.median_ci === null ? "" : `, 95 % CI ${interval(phase.median_ci)}`}`,
    };
  });
  const x = { type: "quantitative" as const, scale: { domain: [0, end_ms], range: [...bars_px], nice: false } };
  const bare = { labels: false, ticks: false, domain: false, title: null };
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const, color: INK };
  return {
    title: { text: title(start), fontSize: FONT_PX.text, offset: 2 },
    width: PLOT_WIDTH_PX,
    height: { step: ROW_PX, for: "position" },
    data: { values: rows },
    encoding: { y: { field: "phase", type: "nominal", sort: null, axis: null, scale: { padding: 0 } } },
    layer: [
      {
        mark: { type: "bar", height: BAR_PX, minBandSize: 0.6 },
        encoding: {
          x: {
            ...x,
            field: "begin_ms",
            axis: {
              ...(last ? { title: "time since the create request (ms)" } : bare),
              grid: true,
              ...ticks({ type: "linear", domain: [0, end_ms] }, MOST_LABELS),
            },
          },
          x2: { field: "end_ms" },
          color,
          description: { field: "words" },
        },
      },
      {
        data: { values: rows.filter(({ ci_lo_ms }) => ci_lo_ms !== null) },
        mark: { type: "rule", color: INK, strokeWidth: 1.2, ...SILENT },
        encoding: { x: { ...x, field: "ci_lo_ms" }, x2: { field: "ci_hi_ms" } },
      },
      { mark: { ...text, align: "left" }, encoding: { x: { value: 0 }, text: { field: "phase" } } },
      { mark: { ...text, align: "right" }, encoding: { x: { value: PLOT_WIDTH_PX }, text: { field: "number" } } },
    ],
  };
}

const phaseTable = ({ platform, condition, engine, n, phases }: Shown): Table => ({
  kind: "table",
  caption: `${platform}, ${condition}: medians of the phases of ${n} starts with their 95 % confidence intervals (order statistics), ms`,
  columns: [left("phase"), left("in words"), left("tier"), right("median"), right("95 % CI")],
  rows: phases.map((phase) => [
    phase.encloses.length === 0 ? phase.phase : `${phase.phase} +${phase.encloses.length}`,
    phaseName(phase, engine),
    phase.tier ?? SEVERAL,
    ms(phase.median_ms),
    interval(phase.median_ci),
  ]),
});
