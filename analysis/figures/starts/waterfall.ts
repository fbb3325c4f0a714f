/** Phases as a waterfall: the medians of their times, one after the other, with their intervals. */
import type { Tier } from "../../../research/phases.ts";
import { interval, ms } from "../../samples/numbers.ts";
import type { Interval } from "../../statistics/interval.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../page/flow.ts";
import { ticks } from "../parts/axis-scale.ts";
import { BOLD, nameBefore, textWidthPx } from "../parts/fit-text.ts";
import { shortNames, shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { FONT_PX, INK, PLOT_WIDTH_PX, SILENT } from "../parts/theme.ts";
import { inBrackets } from "../parts/tier-bars.ts";
import { SEVERAL, tierColours } from "../parts/tier-colours.ts";

const ROW_PX = 13;
const BAR_PX = 8;
/** Between the bars and the phases' names on their left, and their times on their right. */
const GAP_PX = 5;
/** Between names and numbers. */
const MOST_LABELS = 5;

interface PhaseBar {
  /** As tables have it. */
  readonly phase: string;
  /** In words. */
  readonly name: string;
  /** `null` of time that may be of several. */
  readonly tier: Tier | null;
  readonly begin_ms: number;
  readonly median_ms: number;
  readonly median_ci: Interval | null;
}

export interface Waterfall {
  readonly platform: string;
  readonly condition: string;
  /** Median of the measured total with its interval and marks: it is not the sum of the phases' medians. */
  readonly total: string;
  readonly bars: readonly PhaseBar[];
}

/** What is the same in all of them, for which headings have no room: a platform, or else a condition. */
export function commonName(shown: readonly Pick<Waterfall, "platform" | "condition">[]): string[] {
  const { platforms, conditions } = distinct(shown);
  if (platforms.length === 1) return platforms.map(shortTitles(platforms));
  return conditions.length === 1 ? conditions : [];
}

const distinct = (shown: readonly Pick<Waterfall, "platform" | "condition">[]) => ({
  platforms: [...new Set(shown.map(({ platform }) => platform))],
  conditions: [...new Set(shown.map(({ condition }) => condition))],
});

interface Layout {
  readonly color: ReturnType<typeof tierColours>;
  readonly end_ms: number;
  /** Where the bars begin and end, the same in all panels. */
  readonly bars_px: readonly [number, number];
  readonly heading: (waterfall: Waterfall) => string;
  readonly axisTitle: string;
}

/** One each, all on one scale. */
export function waterfallStrips(shown: readonly Waterfall[], axisTitle: string): Strip[] {
  const layout = layOut(shown, axisTitle);
  return shown.map((each) => ({
    ...{ scale: "time", rows: each.bars.length, row_px: ROW_PX, head_px: HEAD_PX, axis_px: AXIS_PX, whole: true },
    draw: ({ from, to, axis }) => panel(layout.heading(each), each.bars.slice(from, to), layout, axis),
  }));
}

function layOut(shown: readonly Waterfall[], axisTitle: string): Layout {
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => textWidthPx(text)));
  const { platforms, conditions } = distinct(shown);
  const nameOf = ({ platform, condition }: Waterfall): string => {
    if (platforms.length === 1) return condition;
    return conditions.length === 1 ? nameBefore(platform) : `${nameBefore(platform)}, ${condition}`;
  };
  const median = ({ total }: Waterfall): string => `: median ${total}`;
  const room = PLOT_WIDTH_PX - Math.max(...shown.map((each) => textWidthPx(median(each), BOLD)));
  const names = shortNames(shown.map(nameOf), room, BOLD);
  const bars = shown.flatMap((each) => each.bars);
  return {
    color: tierColours(bars.map(({ tier }) => tier)),
    end_ms: Math.max(...bars.map(({ begin_ms, median_ms, median_ci }) => begin_ms + Math.max(median_ms, median_ci?.[1] ?? 0))),
    bars_px: [widest(bars.map(({ name }) => name)) + GAP_PX, PLOT_WIDTH_PX - widest(bars.map(times)) - GAP_PX],
    heading: (each) => `${names(nameOf(each))}${median(each)}`,
    axisTitle,
  };
}

/** `13.2 (12.9–13.6)` */
const times = ({ median_ms, median_ci }: PhaseBar): string => `${ms(median_ms)}${inBrackets(median_ci)}`;

function panel(heading: string, bars: readonly PhaseBar[], { color, end_ms, bars_px, axisTitle }: Layout, last: boolean): Panel {
  const rows = bars.map((bar) => {
    const { phase, name, tier, begin_ms, median_ms, median_ci } = bar;
    return {
      phase: name,
      tier: tier ?? SEVERAL,
      begin_ms,
      end_ms: begin_ms + median_ms,
      ci_lo_ms: median_ci === null ? null : begin_ms + median_ci[0],
      ci_hi_ms: median_ci === null ? null : begin_ms + median_ci[1],
      number: times(bar),
      words: `${name} (${phase}, ${tier ?? SEVERAL}): median ${ms(median_ms)} ms${median_ci === null ? "" : `, 95 % CI ${interval(median_ci)}`}`,
    };
  });
  const x = { type: "quantitative" as const, scale: { domain: [0, end_ms], range: [...bars_px], nice: false } };
  const bare = { labels: false, ticks: false, domain: false, title: null };
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const, color: INK };
  return {
    title: { text: heading, fontSize: FONT_PX.text, offset: 2 },
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
              ...(last ? { title: axisTitle } : bare),
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
