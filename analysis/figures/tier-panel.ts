/** One panel of the tier figure: for each image a line of text and, below it, its bar. */
import { TIERS } from "../../research/phases.ts";
import { ms } from "../format/numbers.ts";
import type { Interval } from "../statistics/interval.ts";
import { BOLD, shortenText, textWidthPx } from "./fit-text.ts";
import type { TopLevelSpec } from "./spec.ts";
import { FONT_PX, INK, PLOT_WIDTH_PX, TEXT_ON_TIER, TIER_COLOURS } from "./theme.ts";
import { barLabels, type TierBar } from "./tier-bars.ts";

/** The text stands above its bar and not beside it, so that a long name takes no width from the bars. */
const ROW_PX = 31;
const BAR_PX = 13;
const BAR_BELOW_MIDDLE_PX = 5;
const TEXT_ABOVE_MIDDLE_PX = 8;

export interface TierPanel {
  readonly title: string;
  readonly bars: readonly TierBar[];
  /** Of the scale; the panel is {@link PLOT_WIDTH_PX} wide. */
  readonly domain_ms: Interval;
  /** Whether the scale is drawn. */
  readonly axis: boolean;
}

type Panel = Extract<TopLevelSpec, { vconcat: unknown }>["vconcat"][number];

export function tierPanel({ title, bars, domain_ms, axis }: TierPanel): Panel {
  const segments = bars.flatMap((bar) => segmentRows(bar, domain_ms));
  const totals = bars.map(totalRow);
  const intervals = totals.filter((total) => total.ci_lo_ms !== null);
  const x = { type: "quantitative" as const, scale: { domain: [...domain_ms], nice: false, zero: false } };
  const onBar = { yOffset: BAR_BELOW_MIDDLE_PX, color: INK };
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const };
  const above = { ...text, yOffset: -TEXT_ABOVE_MIDDLE_PX };
  return {
    title: { text: shortenText(title, PLOT_WIDTH_PX, BOLD), fontSize: FONT_PX.text, offset: 1 },
    width: PLOT_WIDTH_PX,
    height: { step: ROW_PX },
    encoding: { y: { field: "image", type: "nominal", sort: null, axis: null } },
    layer: [
      {
        data: { values: segments },
        mark: { ...onBar, type: "bar", height: BAR_PX },
        encoding: {
          x: { ...x, field: "begin_ms", axis: axis ? { title: "mean time (ms)", tickCount: 6 } : null },
          x2: { field: "end_ms" },
          color: {
            field: "tier",
            type: "nominal",
            scale: { domain: [...TIERS], range: TIERS.map((tier) => TIER_COLOURS[tier]) },
            legend: { orient: "top", direction: "horizontal", symbolType: "square", title: null },
          },
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
          data: { values: intervals },
          mark: { ...onBar, type: "rule" as const, color, strokeWidth: thickness },
          encoding: { x: { ...x, field: "ci_lo_ms" }, x2: { field: "ci_hi_ms" } },
        },
        ...(["ci_lo_ms", "ci_hi_ms"] as const).map((field) => ({
          data: { values: intervals },
          mark: { ...onBar, type: "tick" as const, color, thickness, height: 6 + thickness },
          encoding: { x: { ...x, field } },
        })),
      ]),
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
        data: { values: totals },
        mark: { ...above, align: "right", color: TIER_COLOURS.process },
        encoding: { x: { value: PLOT_WIDTH_PX }, text: { field: "process" } },
      },
    ],
  };
}

/** A label only where it fits, between its segment's borders and clear of the interval's whisker. */
function segmentRows({ image, segments, mean_ci }: TierBar, domain_ms: Interval) {
  const pxPerMs = PLOT_WIDTH_PX / (domain_ms[1] - domain_ms[0]);
  return segments.map((segment) => {
    const label = ms(segment.mean_ms);
    const clear_ms = Math.min(segment.end_ms, mean_ci?.[0] ?? segment.end_ms);
    const fits = textWidthPx(label) + 6 <= (clear_ms - segment.begin_ms) * pxPerMs;
    return { image, ...segment, label: fits ? label : "", label_at_ms: fits ? (segment.begin_ms + clear_ms) / 2 : null };
  });
}

function totalRow(bar: TierBar) {
  const { image, n, mean_ms, mean_ci } = bar;
  const labels = barLabels(bar);
  const count = ` (n = ${n})`;
  const room = PLOT_WIDTH_PX - textWidthPx(labels.process) - textWidthPx(count) - 10;
  return {
    image,
    mean_ms,
    ci_lo_ms: mean_ci?.[0] ?? null,
    ci_hi_ms: mean_ci?.[1] ?? null,
    end_ms: Math.max(mean_ms, mean_ci?.[1] ?? 0),
    name: `${shortenText(image, room)}${count}`,
    ...labels,
  };
}
