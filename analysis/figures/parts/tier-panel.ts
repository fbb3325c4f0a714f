/** One panel of the tier figure: for each image a line of text, below it its bar, and below that every start's total. */

import { TIERS } from "../../../research/phases.ts";
import { ms } from "../../samples/numbers.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../page/flow.ts";
import { type AxisScale, beyond, scaleOf, ticks, toPx } from "./axis-scale.ts";
import { stackDots } from "./dot-stack.ts";
import { textWidthPx } from "./fit-text.ts";
import { shortNames } from "./short-names.ts";
import type { Panel } from "./spec.ts";
import { DOT, FONT_PX, INK, PLOT_WIDTH_PX, TEXT_ON_TIER, TIER_COLOURS } from "./theme.ts";
import { barLabels, endOf, inBrackets, type TierBar } from "./tier-bars.ts";
import { tierColours } from "./tier-colours.ts";

/** The text stands above its bar and not beside it, so that a long name takes no width from the bars. */
const ROW_PX = 40;
const TEXT_ABOVE_MIDDLE_PX = 12;
const BAR_PX = 13;
const BAR_BELOW_MIDDLE_PX = 1;
const DOTS_PX = 8;
const DOTS_BELOW_MIDDLE_PX = 13;
const BARE = { labels: false, ticks: false, domain: false, title: null } as const;

export interface TierStrip {
  /** As wide as the panel at most. */
  readonly title: string;
  readonly bars: readonly TierBar[];
  readonly scale: AxisScale;
  /** Bars and whiskers are cut there, and their numbers begin. */
  readonly bars_end_ms: number;
  /** Longer starts are named instead of drawn. */
  readonly most_ms: number;
}

export function tierStrip(declared: TierStrip): Strip {
  const { bars, bars_end_ms, most_ms } = declared;
  const totals = totalRows(bars, bars_end_ms).map((row, index) => ({
    ...row,
    beyond: beyondMost((bars[index] as TierBar).totals_ms, most_ms),
  }));
  return {
    ...{ scale: "time", rows: bars.length, row_px: ROW_PX, head_px: HEAD_PX, axis_px: AXIS_PX },
    draw: ({ from, to, axis }) => tierPanel({ ...declared, bars: bars.slice(from, to) }, totals.slice(from, to), axis),
  };
}

/** The starts that took longer than the scale shows. */
export const beyondMost = (totals_ms: readonly number[], most_ms: number): string =>
  beyond(totals_ms, [Number.NEGATIVE_INFINITY, most_ms], ms).above;

function tierPanel(
  { title, bars, scale, bars_end_ms, most_ms }: TierStrip,
  totals: readonly (ReturnType<typeof totalRow> & { readonly name: string; readonly beyond: string })[],
  axis: boolean,
): Panel {
  const segments = bars.flatMap((bar) => segmentRows(bar, scale, bars_end_ms));
  const whiskers = bars.flatMap((bar) => whiskerRows(bar, bars_end_ms));
  const uncut = bars.flatMap((bar) => whiskerRows(bar, Number.POSITIVE_INFINITY));
  const x = { type: "quantitative" as const, scale: scaleOf(scale) };
  const onBar = { yOffset: BAR_BELOW_MIDDLE_PX, color: INK };
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const };
  const above = { ...text, yOffset: -TEXT_ABOVE_MIDDLE_PX };
  return {
    title: { text: title, fontSize: FONT_PX.text, offset: 1 },
    width: PLOT_WIDTH_PX,
    height: { step: ROW_PX, for: "position" },
    encoding: { y: { field: "image", type: "nominal", sort: null, axis: null, scale: { padding: 0 } } },
    layer: [
      {
        data: { values: segments },
        mark: { ...onBar, type: "bar", height: BAR_PX },
        encoding: {
          x: {
            ...x,
            field: "begin_ms",
            axis: { ...(axis ? { title: "time (ms; lower is better)" } : BARE), ...ticks(scale), grid: true },
          },
          x2: { field: "end_ms" },
          color: tierColours(TIERS),
          description: { field: "words" },
        },
      },
      ...TIERS.map((tier) => ({
        data: { values: segments.filter((segment) => segment.tier === tier && segment.label !== "") },
        mark: { ...text, ...onBar, color: TEXT_ON_TIER[tier] },
        encoding: { x: { ...x, field: "label_at_ms" }, text: { field: "label" } },
      })),
      // Twice, first broad and white, so that it shows on the dark tiers too.
      ...[
        { color: "white", thickness: 3 },
        { color: INK, thickness: 1 },
      ].flatMap(({ color, thickness }) => [
        {
          data: { values: whiskers },
          mark: { ...onBar, type: "rule" as const, color, strokeWidth: thickness },
          encoding: { x: { ...x, field: "ci_lo_ms" }, x2: { field: "ci_hi_ms" } },
        },
        ...(["ci_lo_ms", "ci_hi_ms"] as const).map((field) => ({
          data: { values: uncut.filter((whisker) => whisker[field] <= bars_end_ms) },
          mark: { ...onBar, type: "tick" as const, color, thickness, height: 6 + thickness },
          encoding: { x: { ...x, field } },
        })),
      ]),
      {
        data: {
          values: bars.flatMap(({ image, totals_ms }) =>
            stackDots(totals_ms, scale, DOTS_PX)
              .filter(({ value }) => value <= most_ms)
              .map((dot) => ({ image, ...dot })),
          ),
        },
        mark: DOT,
        encoding: {
          x: { ...x, field: "value" },
          yOffset: {
            field: "offset_px",
            type: "quantitative",
            scale: { domain: [-ROW_PX / 2, ROW_PX / 2], range: [DOTS_BELOW_MIDDLE_PX, ROW_PX + DOTS_BELOW_MIDDLE_PX] },
          },
        },
      },
      {
        data: { values: totals },
        mark: { ...text, ...onBar, align: "left", dx: 4, fontWeight: "bold" },
        encoding: { x: { ...x, field: "end_ms" }, text: { field: "total" } },
      },
      {
        data: { values: totals },
        mark: { ...above, align: "left", color: INK },
        encoding: { x: { value: 0 }, text: { field: "name" } },
      },
      {
        data: { values: totals.filter(({ beyond }) => beyond !== "") },
        mark: { ...text, align: "right", color: INK, yOffset: DOTS_BELOW_MIDDLE_PX },
        encoding: { x: { value: PLOT_WIDTH_PX }, text: { field: "beyond" } },
      },
      {
        data: { values: totals },
        mark: { ...above, align: "right", color: TIER_COLOURS.process },
        encoding: { x: { value: PLOT_WIDTH_PX }, text: { field: "process" } },
      },
    ],
  };
}

/** A label only where it fits, with its interval where that fits too, clear of the segment's borders and whiskers. */
function segmentRows({ image, segments, mean_ci }: TierBar, scale: AxisScale, bars_end_ms: number) {
  return segments.map(({ mean_ci: ends, ...whole }, index) => {
    const [begin_ms, end_ms] = [Math.min(whole.begin_ms, bars_end_ms), Math.min(whole.end_ms, bars_end_ms)];
    const segment = { ...whole, begin_ms, end_ms };
    const begin = index === 1 ? Math.max(begin_ms, segments[0]?.mean_ci?.[1] ?? 0) : begin_ms;
    const whisker = index === 0 ? ends?.[0] : mean_ci?.[0];
    const end = Math.min(end_ms, whisker ?? end_ms);
    const room = toPx(scale, end) - toPx(scale, begin) - 6;
    const number = ms(segment.mean_ms);
    const label = [`${number}${inBrackets(ends)}`, number].find((text) => textWidthPx(text) <= room) ?? "";
    const words = `${image}, ${segment.tier}: mean ${number} ms${inBrackets(ends)}`;
    return { image, ...segment, words, label, label_at_ms: label === "" ? null : (begin + end) / 2 };
  });
}

/** At the end of the daemon tier and at the bar's end; the process tier is so thin that one at its beginning hid the other. */
function whiskerRows({ image, segments, mean_ci }: TierBar, bars_end_ms: number) {
  return [segments[0]?.mean_ci, mean_ci].flatMap((ends) => {
    if (ends == null) return [];
    const [ci_lo_ms, ci_hi_ms] = [Math.min(ends[0], bars_end_ms), Math.min(ends[1], bars_end_ms)];
    return [{ image, ci_lo_ms, ci_hi_ms }];
  });
}

/** The names are shortened together, for the row with the least room. */
function totalRows(bars: readonly TierBar[], bars_end_ms: number) {
  const rows = bars.map((bar) => totalRow(bar, bars_end_ms));
  const room = Math.min(...rows.map(({ process, count }) => PLOT_WIDTH_PX - textWidthPx(process) - textWidthPx(count) - 10));
  const names = shortNames(
    rows.map(({ image }) => image),
    room,
  );
  return rows.map((row) => ({ ...row, name: `${names(row.image)}${row.count}` }));
}

function totalRow(bar: TierBar, bars_end_ms: number) {
  const { image, totals_ms, mean_ms, mean_ci } = bar;
  const labels = barLabels(bar, bars_end_ms);
  return {
    image,
    mean_ms,
    ci_lo_ms: mean_ci?.[0] ?? null,
    ci_hi_ms: mean_ci?.[1] ?? null,
    end_ms: Math.min(endOf(bar), bars_end_ms),
    count: ` (n = ${totals_ms.length})`,
    ...labels,
  };
}
