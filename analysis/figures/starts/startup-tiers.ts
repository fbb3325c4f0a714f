/**
 * 7: the decomposition. Stacked horizontal bars: the mean time of each tier, by platform, mode and image. Means, because
 * they add up and medians do not. Each mode has a scale of its own, shared by the platforms: cold starts take several
 * times as long.
 */
import { TIERS } from "../../../research/phases.ts";
import { MODES } from "../../../research/protocol.ts";
import { left, right } from "../../format/document/document.ts";
import { interval, ms } from "../../samples/numbers.ts";
import type { Subject } from "../../subjects/subject.ts";
import type { AxisScale } from "../parts/axis-scale.ts";
import { atMost, MOST_DOTS } from "../parts/dot-stack.ts";
import { type Absent, CONFIDENCE, type Drawing, figure, type Table } from "../parts/figure.ts";
import { BOLD, nameBefore, textWidthPx } from "../parts/fit-text.ts";
import { shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { PLOT_WIDTH_PX } from "../parts/theme.ts";
import { barLabels, beyondLabel, type TierBar, tierBars } from "../parts/tier-bars.ts";
import { tierPanel } from "../parts/tier-panel.ts";

const TITLE = "Where a container's start time goes";

export function startupTiers(subjects: readonly Subject[]): Drawing | Absent {
  const { bars, leftOut } = tierBars(subjects);
  if (bars.length === 0) return { absent: leftOut.join("; ") };
  const modes = MODES.filter((mode) => bars.some((bar) => bar.mode === mode));
  const many = bars.some(({ totals_ms }) => totals_ms.length > MOST_DOTS);
  return figure({
    title: TITLE,
    notes: [
      "Mean time from the create request until the entrypoint acts. A tier is a sum of phases, not one stretch of time.",
      `Means add up, medians do not. Whiskers and brackets: ${CONFIDENCE} confidence interval (t) of the mean total and of the mean daemon tier.`,
      `Dots: the starts' totals${many ? `, or ${MOST_DOTS} quantiles of more` : ""}; ▸ with a number: beyond the scale. ${sizesByMode(bars)}.`,
      ...(modes.length > 1 ? ["Warm and cold have their own scales."] : []),
    ],
    leftOut,
    panels: modes.flatMap((mode) => modePanels(bars.filter((bar) => bar.mode === mode))),
    tables: [tierTable(bars)],
  });
}

/** Starts that took longer than this many times the longest bar are named at the scale's end, or bars would be slivers. */
const BEYOND = 1.6;

/** A panel a platform, all on one scale that leaves room for the labels at its end. */
function modePanels(bars: readonly TierBar[]): Panel[] {
  const platforms = [...new Set(bars.map((bar) => bar.platform))];
  const barsEnd = Math.max(...bars.map((bar) => Math.max(bar.mean_ms, bar.mean_ci?.[1] ?? 0)));
  const begin = Math.min(...bars.map((bar) => Math.min(0, bar.mean_ci?.[0] ?? 0)));
  const most_ms = BEYOND * barsEnd;
  const dotsEnd = Math.max(...bars.flatMap(({ totals_ms }) => atMost(totals_ms).filter((total) => total <= most_ms)));
  const withRoom = (end: number, px: number): number => begin + ((end - begin) * PLOT_WIDTH_PX) / (PLOT_WIDTH_PX - px - 6);
  const labelPx = Math.max(...bars.map((bar) => textWidthPx(barLabels(bar).total, BOLD)));
  const beyondPx = Math.max(...bars.map((bar) => textWidthPx(beyondLabel(bar, most_ms))));
  const scale: AxisScale = { type: "linear", domain: [begin, Math.max(withRoom(barsEnd, labelPx), withRoom(dotsEnd, beyondPx))] };
  const title = (platform: string): string => `${nameBefore(platform)}, ${bars[0]?.mode}`;
  const titles = shortTitles(platforms.map(title));
  return platforms.map((platform, index) =>
    tierPanel({
      title: titles(title(platform)),
      bars: bars.filter((bar) => bar.platform === platform),
      scale,
      most_ms,
      axis: index === platforms.length - 1,
    }),
  );
}

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
  caption: `${TITLE}: mean time of each tier with its 95 % confidence interval (t), ms`,
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
