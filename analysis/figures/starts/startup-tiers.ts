/**
 * 7: the decomposition. Stacked horizontal bars: the mean time of each tier, by platform, mode and image. Means, because
 * they add up and medians do not. All share a scale, warm and cold.
 */

import { TIERS } from "../../../research/phases.ts";
import { MODES } from "../../../research/protocol.ts";
import { left, right } from "../../format/document/document.ts";
import { interval, ms, roundPct } from "../../samples/numbers.ts";
import { mean } from "../../statistics/one-sample/mean.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import type { Subject } from "../../subjects/subject.ts";
import type { Strip } from "../page/flow.ts";
import { absentFor } from "../page/left-out.ts";
import { markKey, markReasons } from "../page/marks.ts";
import { type AxisScale, withinFences } from "../parts/axis-scale.ts";
import { atMost, MOST_DOTS } from "../parts/dot-stack.ts";
import { type Absent, CONFIDENCE, type Drawing, fewTrials, figure, type Table } from "../parts/figure.ts";
import { BOLD, nameBefore, textWidthPx } from "../parts/fit-text.ts";
import { inTitle, shortTitles } from "../parts/short-names.ts";
import { PLOT_WIDTH_PX } from "../parts/theme.ts";
import { barLabels, endOf, type TierBar, tierBars } from "../parts/tier-bars.ts";
import { tierLegend } from "../parts/tier-colours.ts";
import { beyondMost, tierStrip } from "../parts/tier-panel.ts";

const ABOUT = "Where a container's start time goes";

export function startupTiers(subjects: readonly Subject[]): Drawing | Absent {
  const { bars, leftOut } = tierBars(subjects);
  if (bars.length === 0) return absentFor(leftOut);
  const modes = MODES.filter((mode) => bars.some((bar) => bar.mode === mode));
  const many = bars.some(({ totals_ms }) => totals_ms.length > MOST_DOTS);
  const end_ms = barsEndOf(bars);
  const cut = bars.some((bar) => endOf(bar) > end_ms);
  const far = bars.some(({ totals_ms }) => beyondMost(totals_ms, BEYOND * end_ms) !== "");
  return figure({
    title: finding(bars),
    caption: [
      `${ABOUT}: mean time from the create request until the entrypoint acts. A tier is a sum of phases, not one stretch of time.`,
      `Means add up, medians do not. Whiskers and brackets: ${CONFIDENCE} confidence interval (t) of the mean total and of the mean daemon tier.`,
      `Dots: the starts' totals${many ? `, or ${MOST_DOTS} quantiles of more` : ""}${far ? "; ▸ with a number: beyond the scale" : ""}. ${cut ? "Bars and whiskers with ▸ go on beyond it. " : ""}${sizesByMode(bars)}.`,
      ...markReasons(
        subjects,
        bars.map(({ platform, measurement }) => ({ platform, measurement })),
      ),
    ],
    key: [...markKey(bars.map(({ marks }) => marks)), ...fewTrials(bars.map(({ totals_ms }) => totals_ms.length))],
    leftOut,
    legend: tierLegend(TIERS),
    strips: strips(bars, modes),
    tables: [tierTable(bars)],
  });
}

/** The tier that takes most of the first bar's mean; all tiers are of the same starts. */
function finding(bars: readonly TierBar[]): string {
  const [first] = bars as [TierBar];
  const [largest] = first.segments.toSorted((a, b) => b.mean_ms - a.mean_ms) as [TierBar["segments"][number]];
  const share = roundPct((100 * largest.mean_ms) / first.mean_ms);
  const where = inTitle(
    bars.map(({ platform }) => platform),
    first.platform,
  );
  return `The ${largest.tier} tier takes ${share} % of a ${[first.mode, "start of", first.image].join(" ")}${where}`;
}

/**
 * Of the largest mean without outliers: what a bar or its whisker reaches beyond it is cut and named, as one outlier in a mean
 * would make slivers of all other bars. Where many starts are slow, their mean is what it is. Starts as many times longer than the longest bar are named at the scale's end.
 */
const BEYOND = 1.6;

/** A strip a platform and mode, all on one scale that leaves room for the labels at its end. */
function strips(bars: readonly TierBar[], modes: readonly string[]): Strip[] {
  const barsEnd = barsEndOf(bars);
  const begin = Math.min(...bars.map((bar) => Math.min(0, bar.mean_ci?.[0] ?? 0)));
  const most_ms = BEYOND * barsEnd;
  const dotsEnd = Math.max(...bars.flatMap(({ totals_ms }) => atMost(totals_ms).filter((total) => total <= most_ms)));
  const withRoom = (end: number, px: number): number => begin + ((end - begin) * PLOT_WIDTH_PX) / (PLOT_WIDTH_PX - px - 6);
  const labelPx = Math.max(...bars.map((bar) => textWidthPx(barLabels(bar, barsEnd).total, BOLD)));
  const beyondPx = Math.max(...bars.map(({ totals_ms }) => textWidthPx(beyondMost(totals_ms, most_ms))));
  const scale: AxisScale = { type: "linear", domain: [begin, Math.max(withRoom(barsEnd, labelPx), withRoom(dotsEnd, beyondPx))] };
  const platforms = [...new Set(bars.map((bar) => bar.platform))];
  const named = modes.flatMap((mode) =>
    platforms.flatMap((platform) => {
      const own = bars.filter((bar) => bar.mode === mode && bar.platform === platform);
      return own.length === 0 ? [] : [{ name: `${nameBefore(platform)}, ${mode}`, own }];
    }),
  );
  const titles = shortTitles(named.map(({ name }) => name));
  return named.map(({ name, own }) => tierStrip({ title: titles(name), bars: own, scale, bars_end_ms: barsEnd, most_ms }));
}

const barsEndOf = (bars: readonly TierBar[]): number =>
  Math.min(
    Math.max(...bars.map(endOf)),
    BEYOND * Math.max(...bars.map(({ totals_ms }) => mean(sortedSamples(withinFences(totals_ms))))),
  );

/** `n = 50 warm, 18–20 cold`. */
function sizesByMode(bars: readonly TierBar[]): string {
  const ofMode = MODES.flatMap((mode) => {
    const counts = bars.filter((bar) => bar.mode === mode).map(({ totals_ms }) => totals_ms.length);
    if (counts.length === 0) return [];
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    return [`${least === most ? least : `${least}–${most}`}\u00a0${mode}`];
  });
  return `n\u00a0=\u00a0${ofMode.join(", ")}`;
}

const tierTable = (bars: readonly TierBar[]): Table => ({
  kind: "table",
  caption: `${ABOUT}: mean time of each tier with its 95 % confidence interval (t), ms`,
  columns: [
    left("platform"),
    left("image"),
    left("mode"),
    right("n"),
    ...[...TIERS, "total"].flatMap((name) => [right(name), right("95 % CI")]),
  ],
  rows: bars.map(({ platform, image, mode, totals_ms, segments, mean_ms, mean_ci }) => [
    ...[platform, image, mode, String(totals_ms.length)],
    ...segments.flatMap((segment) => [ms(segment.mean_ms), interval(segment.mean_ci)]),
    ...[ms(mean_ms), interval(mean_ci)],
  ]),
});
