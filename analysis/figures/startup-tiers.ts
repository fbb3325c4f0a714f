/**
 * Stacked horizontal bars: the mean time of each tier, by platform, mode and image. Means, because they add up and
 * medians do not. Each mode has a scale of its own, shared by the platforms: cold starts take several times as long.
 */
import { MODES, type Mode } from "../../research/protocol.ts";
import type { Summary } from "../summarise-platform.ts";
import { BOLD, textWidthPx, wrapText } from "./fit-text.ts";
import type { TopLevelSpec } from "./spec.ts";
import { PLOT_WIDTH_PX, THEME } from "./theme.ts";
import { barLabels, type TierBar, tierBars } from "./tier-bars.ts";
import { tierPanel } from "./tier-panel.ts";

export interface StartupTiersFigure {
  readonly name: "startup-tiers";
  readonly spec: TopLevelSpec;
  /** One line each: which condition is not drawn, and why. */
  readonly leftOut: readonly string[];
}

/** @throws Error that says why, when no condition can be drawn */
export function startupTiers(summary: Summary): StartupTiersFigure {
  const { bars, leftOut } = tierBars(summary);
  const panels = MODES.flatMap((mode) =>
    modePanels(
      mode,
      bars.filter((bar) => bar.mode === mode),
    ),
  );
  const modes = new Set(bars.map((bar) => bar.mode));
  const lines = [
    "Mean time from the create request until the entrypoint acts. A tier is a sum of phases, not one stretch of time. " +
      `Means add up, medians do not. Whiskers: ${CONFIDENCE} confidence interval (t) of the mean total. ${sizes(bars)}.` +
      `${modes.size > 1 ? " Warm and cold have their own scales." : ""}`,
    ...leftOut.map((reason) => `Not drawn: ${reason}.`),
  ];
  return {
    name: "startup-tiers",
    leftOut,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      title: { text: "Where a container's start time goes", subtitle: lines.flatMap((line) => wrapText(line, PLOT_WIDTH_PX)) },
      config: THEME,
      vconcat: panels,
    },
  };
}

/** With blanks at which no line is broken. */
const CONFIDENCE = "95\u00a0%";

/** A panel a platform, all on one scale that leaves room for the labels at the bars' ends. */
function modePanels(mode: Mode, bars: readonly TierBar[]): ReturnType<typeof tierPanel>[] {
  const platforms = [...new Set(bars.map((bar) => bar.platform))];
  const reach = bars.reduce((most, bar) => Math.max(most, bar.mean_ms, bar.mean_ci?.[1] ?? 0), 0);
  const start = bars.reduce((least, bar) => Math.min(least, bar.mean_ci?.[0] ?? 0), 0);
  const labelRoom = bars.reduce((most, bar) => Math.max(most, textWidthPx(barLabels(bar).total, BOLD) + 6), 0);
  const end = start + ((reach - start) * PLOT_WIDTH_PX) / (PLOT_WIDTH_PX - labelRoom);
  return platforms.map((platform, index) =>
    tierPanel({
      title: `${platform}, ${mode}`,
      bars: bars.filter((bar) => bar.platform === platform),
      domain_ms: [start, end],
      axis: index === platforms.length - 1,
    }),
  );
}

/** `n = 50 warm, 18–20 cold`. */
function sizes(bars: readonly TierBar[]): string {
  const ofMode = MODES.flatMap((mode) => {
    const counts = bars.filter((bar) => bar.mode === mode).map((bar) => bar.n);
    if (counts.length === 0) return [];
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    return [`${least === most ? least : `${least}–${most}`}\u00a0${mode}`];
  });
  return `n\u00a0=\u00a0${ofMode.join(", ")}`;
}
