/** 9: where the time goes: each platform's phases stacked, and below them each phase's share with its interval. */

import { toMilliseconds } from "../../../research/units.ts";
import { left, right } from "../../format/document/document.ts";
import { ms, pct, pctInterval } from "../../samples/numbers.ts";
import { shareIntervals, sharePct } from "../../samples/share.ts";
import { quantile } from "../../statistics/one-sample/quantile.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { sum } from "../../statistics/sum.ts";
import { type PhaseKind, totalOf } from "../../subjects/starts.ts";
import { ofEachStart, phaseKinds, phaseShare, phaseTimes, type Share } from "../../summaries/phase-shares.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../page/flow.ts";
import { largestPhase } from "../page/largest-phase.ts";
import { absentFor } from "../page/left-out.ts";
import { markKey, markReasons, marksOf } from "../page/marks.ts";
import { ticks } from "../parts/axis-scale.ts";
import { CONFIDENCE, type Figure, fewTrials, figure, sizes, type Table } from "../parts/figure.ts";
import { nameBefore, textWidthPx } from "../parts/fit-text.ts";
import { shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { type SplitStarts, splitStarts } from "../parts/split-starts.ts";
import { FONT_PX, INK, PLOT_WIDTH_PX, SILENT, TEXT_ON_TIER } from "../parts/theme.ts";
import { phaseName, SEVERAL, tierColours, tierLegend } from "../parts/tier-colours.ts";

const BAR_PX = 14;
const ROW_PX = 13;
const GAP_PX = 5;
const QUANTILES = 20;
/** Between names and numbers. */
const MOST_LABELS = 5;

interface PhaseShare extends PhaseKind, Share {
  /** Over all starts; a phase that did not happen took no time. */
  readonly mean_ms: number;
  /** Of each start's own total. */
  readonly shares_pct: readonly number[];
}

interface Shown extends SplitStarts {
  readonly shares: readonly PhaseShare[];
  readonly marks: string;
}

export const phaseShares: Figure = (subjects) => {
  const { shown: conditions, leftOut, images } = splitStarts(subjects);
  if (conditions.length === 0) return absentFor(leftOut);
  const shown = conditions.map((condition) => ({
    ...condition,
    shares: sharesOf(condition),
    marks: marksOf(subjects, condition),
  }));
  const layout = layOut(shown);
  const counts = shown.map(({ starts }) => starts.length);
  return figure({
    title: largestPhase(shown),
    caption: [
      "Where the time goes, by phase: share of the summed time of all starts; shares add up, medians do not.",
      `Stroke and brackets: ${CONFIDENCE} confidence interval, Fieller's, of phase and total together.`,
      `${Math.max(...counts) < QUANTILES ? "" : `Dots: the phase's share in single starts, ${QUANTILES} quantiles. `}${sizes(counts)}.`,
      ...images,
      ...markReasons(subjects, shown),
    ],
    key: [...markKey(shown.map(({ marks }) => marks)), ...fewTrials(counts)],
    leftOut,
    legend: tierLegend(shown.flatMap(({ shares }) => shares.map(({ tier }) => tier))),
    strips: shown.map((platform) => shareStrip(platform, layout)),
    tables: shown.map(shareTable),
  });
};

function sharesOf({ starts, sessions }: SplitStarts): PhaseShare[] {
  const totals_ms = starts.map((start) => toMilliseconds(totalOf(start)));
  const intervalOf = shareIntervals(totals_ms, sessions);
  return phaseKinds(starts).map((kind) => {
    const phase = phaseTimes(starts, kind);
    return {
      ...{ ...kind, ...phaseShare(phase, totals_ms, intervalOf) },
      mean_ms: sum(phase.times_ms) / starts.length,
      shares_pct: ofEachStart(phase, starts.length).map((time, index) => sharePct(time, totals_ms[index] as number)),
    };
  });
}

interface Layout {
  readonly color: ReturnType<typeof tierColours>;
  /** Where the scale of the shares begins and ends, the same for all platforms. */
  readonly scale_px: readonly [number, number];
  readonly titles: (title: string) => string;
}

function layOut(shown: readonly Shown[]): Layout {
  const shares = shown.flatMap((platform) => platform.shares);
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => textWidthPx(text)));
  return {
    color: tierColours(shares.map(({ tier }) => tier)),
    titles: shortTitles(shown.map(titleOf)),
    scale_px: [
      widest(shown.flatMap(({ shares: own, engine }) => own.map((share) => phaseName(share, engine)))) + GAP_PX,
      PLOT_WIDTH_PX - widest(shares.map(number)) - GAP_PX,
    ],
  };
}

/** `12.5 (12.0–13.1)` */
const number = ({ share_pct, share_ci }: PhaseShare): string =>
  `${pct(share_pct)}${share_ci === null ? "" : ` (${pctInterval(share_ci, "")})`}`;

/** None where there are fewer starts than quantiles: they would show what was not measured. */
function dots(shares_pct: readonly number[]): number[] {
  if (shares_pct.length < QUANTILES) return [];
  const samples = sortedSamples(shares_pct);
  return Array.from({ length: QUANTILES }, (_, place) => quantile(samples, (place + 0.5) / QUANTILES));
}

const titleOf = ({ platform, condition, marks }: Shown): string => `${nameBefore(platform)}, ${condition}${marks}`;

/** One bar of 100 %, and below it a line a phase: they are not parted. */
const shareStrip = (shown: Shown, layout: Layout): Strip => ({
  ...{ scale: "share", rows: shown.shares.length, row_px: ROW_PX, head_px: HEAD_PX + BAR_PX + 4, axis_px: AXIS_PX, whole: true },
  draw: ({ from, to, axis }) => ({
    spacing: 4,
    vconcat: [
      ...(from === 0 ? [stack(shown, layout)] : []),
      rows({ ...shown, shares: shown.shares.slice(from, to) }, layout, axis),
    ],
  }),
});

/** One bar of 100 %. */
function stack(shown: Shown, { color, titles }: Layout): Panel {
  let begin_pct = 0;
  const segments = shown.shares.map((share) => {
    const name = phaseName(share, shown.engine);
    const segment = {
      phase: name,
      tier: share.tier ?? SEVERAL,
      share_pct: share.share_pct,
      begin_pct,
      end_pct: begin_pct + share.share_pct,
      middle_pct: begin_pct + share.share_pct / 2,
      label: textWidthPx(name) + 4 <= (share.share_pct / 100) * PLOT_WIDTH_PX ? name : "",
      words: `${name} (${share.phase}): ${number(share)} % of the time`,
      ink: share.tier === null ? INK : TEXT_ON_TIER[share.tier],
    };
    begin_pct = segment.end_pct;
    return segment;
  });
  const x = { type: "quantitative" as const, scale: { domain: [0, 100], nice: false }, axis: null };
  return {
    title: {
      text: titles(titleOf(shown)),
      fontSize: FONT_PX.text,
      offset: 2,
    },
    width: PLOT_WIDTH_PX,
    height: BAR_PX,
    data: { values: segments },
    layer: [
      {
        mark: { type: "bar", height: BAR_PX, stroke: "white", strokeWidth: 0.7 },
        encoding: {
          x: { ...x, field: "begin_pct" },
          x2: { field: "end_pct" },
          color,
          description: { field: "words" },
        },
      },
      {
        mark: { type: "text", fontSize: FONT_PX.text, baseline: "middle" },
        encoding: {
          x: { ...x, field: "middle_pct" },
          text: { field: "label" },
          color: { field: "ink", type: "nominal", scale: null },
        },
      },
    ],
  };
}

/** A line a phase. */
function rows({ shares, engine }: Shown, { color, scale_px }: Layout, last: boolean): Panel {
  const phases = shares.map((share) => ({
    phase: phaseName(share, engine),
    tier: share.tier ?? SEVERAL,
    share_pct: share.share_pct,
    ci_lo_pct: share.share_ci?.[0] ?? null,
    ci_hi_pct: share.share_ci?.[1] ?? null,
    number: number(share),
  }));
  const points = shares.flatMap((share) =>
    dots(share.shares_pct).map((share_pct) => ({ phase: phaseName(share, engine), tier: share.tier ?? SEVERAL, share_pct })),
  );
  const x = { type: "quantitative" as const, scale: { domain: [0, 100], range: [...scale_px], nice: false } };
  const bare = { labels: false, ticks: false, domain: false, title: null };
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const, color: INK };
  return {
    width: PLOT_WIDTH_PX,
    height: { step: ROW_PX, for: "position" },
    data: { values: phases },
    encoding: { y: { field: "phase", type: "nominal", sort: null, axis: null, scale: { padding: 0 } } },
    layer: [
      {
        data: { values: points },
        mark: { type: "circle", size: 5, opacity: 1, ...SILENT, yOffset: 3.5 },
        encoding: {
          x: {
            ...x,
            field: "share_pct",
            axis: {
              ...(last ? { title: "share of the time (%)" } : bare),
              grid: true,
              ...ticks({ type: "linear", domain: [0, 100] }, MOST_LABELS),
            },
          },
          color,
        },
      },
      {
        data: { values: phases.filter(({ ci_lo_pct }) => ci_lo_pct !== null) },
        mark: { type: "rule", color: INK, strokeWidth: 1.5, yOffset: -1.5, ...SILENT },
        encoding: { x: { ...x, field: "ci_lo_pct" }, x2: { field: "ci_hi_pct" } },
      },
      {
        mark: { type: "tick", color: INK, thickness: 1.5, height: 6, yOffset: -1.5, ...SILENT },
        encoding: { x: { ...x, field: "share_pct" } },
      },
      { mark: { ...text, align: "left" }, encoding: { x: { value: 0 }, text: { field: "phase" } } },
      { mark: { ...text, align: "right" }, encoding: { x: { value: PLOT_WIDTH_PX }, text: { field: "number" } } },
    ],
  };
}

const shareTable = ({ platform, condition, starts, shares, engine }: Shown): Table => ({
  kind: "table",
  caption: `${platform}, ${condition}: shares of the summed time of ${starts.length} starts with their 95 % confidence intervals (Fieller, phase and total together)`,
  columns: [left("phase"), left("in words"), left("tier"), right("mean ms"), right("share %"), right("95 % CI")],
  rows: shares.map((share) => [
    share.encloses.length === 0 ? share.phase : `${share.phase} +${share.encloses.length}`,
    phaseName(share, engine),
    share.tier ?? SEVERAL,
    ms(share.mean_ms),
    pct(share.share_pct),
    pctInterval(share.share_ci, ""),
  ]),
});
