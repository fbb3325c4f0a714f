/** What every figure shares: the width of a paper's column, type that is legible there, colours that survive a printer. */
import type { Tier } from "../../../research/phases.ts";
import type { TopLevelSpec } from "./spec.ts";

/** A CSS pixel is 1/96 inch by definition (CSS Values 3, section 6.2). */
const PX_PER_INCH = 96;
/** Width of a column in most two-column papers. */
export const COLUMN_PX = 3.5 * PX_PER_INCH;
/** One column, or both with what is between them (IEEE: 7.16 inches). */
export const PAGE_PX = { one: COLUMN_PX, two: 7.16 * PX_PER_INCH } as const;
/** Half a page: a taller figure leaves no room for its caption and the text that speaks of it. */
export const MOST_HEIGHT_PX = 4.5 * PX_PER_INCH;
export const PADDING_PX = 4;
/** What is left for a plot that fills the column. */
export const PLOT_WIDTH_PX = COLUMN_PX - 2 * PADDING_PX - 1; // half a pixel of axis at either end

/** Between the two columns of a wide figure. */
export const GUTTER_PX = PAGE_PX.two - 2 * PADDING_PX - 1 - 2 * PLOT_WIDTH_PX;

/** 9 px are 6.75 pt in print. */
export const FONT_PX = { title: 11, text: 9 } as const;
export const TITLE_LINE_PX = FONT_PX.title + 3;
export const SUBTITLE_LINE_PX = FONT_PX.text + 3;

/** The condensed cut leaves room; Arial, where it is missing, is about as narrow. */
export const FONT_FAMILY = "DejaVu Sans Condensed, DejaVu Sans, Arial, Helvetica, sans-serif";

/**
 * Told apart by lightness alone, as on a greyscale printer (L* 46, 80 and 23), and by hue under the common kinds of
 * colour blindness: blue against yellow, and a red so dark that it does not need its hue.
 */
export const TIER_COLOURS = {
  daemon: "#0072b2",
  runtime: "#f3bf45",
  process: "#6b0d35",
} as const satisfies Record<Tier, `#${string}`>;

/** Of time that may be of several tiers. */
export const UNKNOWN_TIER_COLOUR = "#a9a9a9";

/** For text on a segment of that tier: each a colour of its own, so that the report's dark theme can replace it with the segment's. */
export const TEXT_ON_TIER = {
  daemon: "#ffffff",
  runtime: "#111111",
  process: "#fefefe",
} as const satisfies Record<Tier, `#${string}`>;

export const INK = "#1a1a1a";
export const GREY = "#8a8a8a";
const FAINT = "#ebebeb";

/** For dots: hundreds of them would drown what a screen reader has to say of the medians. */
export const SILENT = { aria: false } as const;

/** A single trial, wherever many of them are shown. */
export const DOT = { type: "circle", size: 7, color: "#44546a", opacity: 0.55, ...SILENT } as const;

/** Platforms differ by dash and shape as well as by colour; none of the colours is a tier's. */
export const PLATFORM_STYLES = [
  { colour: "#1a1a1a", dash: [], shape: "circle" },
  { colour: "#d55e00", dash: [5, 2], shape: "square" },
  { colour: "#009e73", dash: [1.5, 1.5], shape: "triangle-up" },
  { colour: "#cc79a7", dash: [7, 2, 1.5, 2], shape: "diamond" },
  { colour: "#56b4e9", dash: [3, 1], shape: "cross" },
  { colour: "#7f7f7f", dash: [9, 3], shape: "triangle-down" },
] as const;

export const THEME = {
  background: "#ffffff",
  padding: PADDING_PX,
  font: FONT_FAMILY,
  view: { stroke: null },
  concat: { spacing: 10 },
  title: {
    anchor: "start",
    color: INK,
    fontSize: FONT_PX.title,
    lineHeight: TITLE_LINE_PX,
    subtitleColor: INK,
    subtitleFontSize: FONT_PX.text,
    subtitleLineHeight: SUBTITLE_LINE_PX,
    subtitlePadding: 4,
    offset: 7,
  },
  axis: {
    labelColor: INK,
    labelFontSize: FONT_PX.text,
    titleColor: INK,
    titleFontSize: FONT_PX.text,
    titleFontWeight: "normal",
    domainColor: GREY,
    tickColor: GREY,
    tickSize: 3,
    grid: false,
    gridColor: FAINT,
    format: "~f",
    tickRound: false, // a line of the grid stands at its value, not at the nearest pixel
    translate: 0,
    labelFlush: 8, // a label that hangs over an end of the scale would move the plot, or be cut
  },
  legend: {
    labelColor: INK,
    labelFontSize: FONT_PX.text,
    symbolSize: 80,
    symbolStrokeWidth: 0,
    columnPadding: 12,
    offset: 6,
  },
  tick: { opacity: 1 },
} as const satisfies NonNullable<TopLevelSpec["config"]>;
