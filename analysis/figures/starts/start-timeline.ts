/** 8: one start of each platform as a waterfall: the one nearest to the medians of its condition. */

import { toMilliseconds } from "../../../research/units.ts";
import { left, right } from "../../format/document/document.ts";
import { interval, ms } from "../../samples/numbers.ts";
import { quantile } from "../../statistics/one-sample/quantile.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { type RepresentativePhase, type RepresentativeStart, representativeStart } from "../../summaries/representative-start.ts";
import { ticks } from "../parts/axis-scale.ts";
import { CONFIDENCE, type Figure, figure, sizes, type Table } from "../parts/figure.ts";
import { nameBefore, textWidthPx } from "../parts/fit-text.ts";
import { shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { splitStarts } from "../parts/split-starts.ts";
import { FONT_PX, INK, PLOT_WIDTH_PX, SILENT } from "../parts/theme.ts";
import { inBrackets } from "../parts/tier-bars.ts";
import { phaseName, SEVERAL, tierColours } from "../parts/tier-colours.ts";

const ROW_PX = 14;
const BAR_PX = 7;
const BAR_ABOVE_MIDDLE_PX = 2.5;
const DOTS_BELOW_MIDDLE_PX = 4;
/** Between the bars and the phases' names on their left, and their times on their right. */
const GAP_PX = 5;
/** A quantile dot plot of twenty: each dot stands for 5 % of the starts (Kay et al., CHI 2016). */
const QUANTILES = 20;
/** Between names and numbers. */
const MOST_LABELS = 5;

interface Shown extends RepresentativeStart {
  readonly platform: string;
  readonly condition: string;
  /** Of the platform's file, from 1. */
  readonly row: number | undefined;
}

export const startTimeline: Figure = (subjects) => {
  const { shown: conditions, leftOut } = splitStarts(subjects);
  const shown = conditions.flatMap(({ platform, condition, starts, rows }): Shown[] => {
    const start = representativeStart(starts);
    return start === null ? [] : [{ ...start, platform, condition, row: rows[start.index] }];
  });
  if (shown.length === 0) return { absent: leftOut.join("; ") };
  const color = tierColours(shown.flatMap(({ phases }) => phases.map(({ tier }) => tier)));
  const layout = {
    color,
    end_ms: Math.max(...shown.map(reach)),
    bars_px: barsPx(shown),
    titles: shortTitles(shown.map(titleOf)),
  };
  return figure({
    title: "A start, from the request until the container acts",
    notes: [
      "A representative start (closest to the phase medians).",
      `Dots: where the phase would end in the other starts, one of ${QUANTILES} quantiles each.`,
      `Right: ms in this start, and the ${CONFIDENCE} confidence interval of the phase's median (order statistics). ${sizes(shown.map(({ n }) => n))}.`,
    ],
    leftOut,
    panels: shown.map((start, index) => waterfall(start, layout, index === shown.length - 1)),
    tables: shown.map(phaseTable),
  });
};

const quantiles = (durations_ms: readonly number[]): number[] => {
  const samples = sortedSamples(durations_ms);
  return Array.from({ length: QUANTILES }, (_, place) => quantile(samples, (place + 0.5) / QUANTILES));
};

/** How far anything in the waterfall goes. */
const reach = ({ phases }: Shown): number =>
  Math.max(
    ...phases.map(({ begin_ns, end_ns, durations_ms }) =>
      Math.max(toMilliseconds(end_ns), toMilliseconds(begin_ns) + (quantiles(durations_ms).at(-1) as number)),
    ),
  );

interface Layout {
  readonly color: ReturnType<typeof tierColours>;
  readonly end_ms: number;
  /** Where the bars begin and end, the same in all panels. */
  readonly bars_px: readonly [number, number];
  readonly titles: (title: string) => string;
}

function barsPx(shown: readonly Shown[]): readonly [number, number] {
  const phases = shown.flatMap((start) => start.phases);
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => textWidthPx(text)));
  return [widest(phases.map(phaseName)) + GAP_PX, PLOT_WIDTH_PX - widest(phases.map(times)) - GAP_PX];
}

/** `13.2 (12.9–13.6)` */
const times = ({ duration_ns, median_ci }: RepresentativePhase): string =>
  `${ms(toMilliseconds(duration_ns))}${inBrackets(median_ci)}`;

const endOf = (phases: readonly RepresentativePhase[]): string =>
  ms(toMilliseconds((phases.at(-1) as RepresentativePhase).end_ns));

const titleOf = ({ platform, condition, row, phases }: Shown): string =>
  `${nameBefore(platform)}, ${condition}${row === undefined ? "" : `, row ${row}`}: ${endOf(phases)} ms`;

function waterfall(start: Shown, { color, end_ms, bars_px, titles }: Layout, last: boolean): Panel {
  const { phases } = start;
  const rows = phases.map((phase) => ({
    phase: phaseName(phase),
    tier: phase.tier ?? SEVERAL,
    begin_ms: toMilliseconds(phase.begin_ns),
    end_ms: toMilliseconds(phase.end_ns),
    median_ms: phase.median_ms,
    number: times(phase),
  }));
  const dots = phases.flatMap((phase) =>
    quantiles(phase.durations_ms).map((duration_ms) => ({
      phase: phaseName(phase),
      tier: phase.tier ?? SEVERAL,
      at_ms: toMilliseconds(phase.begin_ns) + duration_ms,
      duration_ms,
    })),
  );
  const x = { type: "quantitative" as const, scale: { domain: [0, end_ms], range: [...bars_px], nice: false } };
  const bare = { labels: false, ticks: false, domain: false, title: null };
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const, color: INK };
  return {
    title: { text: titles(titleOf(start)), fontSize: FONT_PX.text, offset: 2 },
    width: PLOT_WIDTH_PX,
    height: { step: ROW_PX, for: "position" },
    data: { values: rows },
    encoding: { y: { field: "phase", type: "nominal", sort: null, axis: null, scale: { padding: 0 } } },
    layer: [
      {
        mark: { type: "bar", height: BAR_PX, yOffset: -BAR_ABOVE_MIDDLE_PX, minBandSize: 0.6 },
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
        },
      },
      {
        data: { values: dots },
        mark: { type: "circle", size: 4, opacity: 1, ...SILENT, yOffset: DOTS_BELOW_MIDDLE_PX },
        encoding: { x: { ...x, field: "at_ms" }, color },
      },
      { mark: { ...text, align: "left" }, encoding: { x: { value: 0 }, text: { field: "phase" } } },
      { mark: { ...text, align: "right" }, encoding: { x: { value: PLOT_WIDTH_PX }, text: { field: "number" } } },
    ],
  };
}

const phaseTable = ({ platform, condition, n, phases }: Shown): Table => ({
  kind: "table",
  caption: `${platform}, ${condition}: a representative start, and the medians of ${n} starts with their 95 % confidence intervals (order statistics), ms`,
  columns: [left("phase"), left("tier"), right("begins"), right("takes"), right("median"), right("95 % CI")],
  rows: phases.map((phase) => [
    phaseName(phase),
    phase.tier ?? SEVERAL,
    ms(toMilliseconds(phase.begin_ns)),
    ms(toMilliseconds(phase.duration_ns)),
    ms(phase.median_ms),
    interval(phase.median_ci),
  ]),
});
