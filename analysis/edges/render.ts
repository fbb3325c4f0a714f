/**
 * Specification → SVG → PNG, without a browser, a canvas or a font of the machine's: the fonts come with a package, so
 * that the same specification gives the same bytes everywhere, also where no font is installed.
 */
import { renderAsync } from "@resvg/resvg-js";
import * as vega from "vega";
import { type LoggerInterface, logger, parse, resetSVGDefIds, type Spec as VegaSpec, View, Warn } from "vega";
import { compile } from "vega-lite";
import type { TopLevelSpec } from "../figures/spec.ts";
import { COLUMN_INCHES, COLUMN_PX } from "../figures/theme.ts";
import { FONT_FILES, FONT_NAME } from "./fonts.ts";
import { withDensity } from "./png-density.ts";
import { textWidth } from "./text-width.ts";

/** Papers ask for 300 at least. */
const PNG_DPI = 400;

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

// Without a canvas Vega takes every letter to be 0.8 em wide; for those who know better it lets this be replaced, though
// its types do not say so.
const { textMetrics } = vega as unknown as { textMetrics: { width: (item: TextItem, text: unknown) => number } };
textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
  textWidth(String(text), fontSize, fontWeight === "bold" ? "bold" : "normal");

/**
 * An SVG of a column's width.
 * @param warn is told what Vega-Lite or Vega find odd about the specification
 * @throws Error when Vega can not make sense of it
 */
export async function renderSvg(spec: TopLevelSpec, warn: (message: string) => void): Promise<string> {
  const telling = tellingLogger(warn);
  resetSVGDefIds(); // otherwise they are counted on from figure to figure
  const view = new View(parse(compileSpec(spec, warn)), { renderer: "none", logger: telling });
  try {
    return atColumnWidth(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** What Vega draws from, for a browser that has Vega alone. @param warn as of {@link renderSvg} */
export const compileSpec = (spec: TopLevelSpec, warn: (message: string) => void): VegaSpec =>
  compile(spec, { logger: tellingLogger(warn) }).spec;

/** A PNG of {@link PNG_DPI}, which says so: placed in a document it is as wide as the SVG, a column. Drawn beside our thread. */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const font = { loadSystemFonts: false, fontFiles: Object.values(FONT_FILES), defaultFontFamily: FONT_NAME };
  const width = { mode: "width" as const, value: COLUMN_INCHES * PNG_DPI };
  const picture = await renderAsync(svg, { font, fitTo: width });
  return withDensity(picture.asPng(), PNG_DPI);
}

/** A figure is laid out for the column, so it is the column that counts: Vega's own width differs by a pixel or two. */
function atColumnWidth(svg: string): string {
  const size = /^(<svg [^>]*?)width="[\d.]+" height="([\d.]+)" viewBox="0 0 [\d.]+ [\d.]+"/;
  if (!size.test(svg)) throw new Error(`expected an SVG with width, height and viewBox, got ${svg.slice(0, 200)}`);
  return svg.replace(size, `$1width="${COLUMN_PX}" height="$2" viewBox="0 0 ${COLUMN_PX} $2"`);
}

function tellingLogger(warn: (message: string) => void): LoggerInterface {
  const telling = logger(Warn);
  telling.warn = (...messages) => {
    warn(messages.join(" "));
    return telling;
  };
  return telling;
}
