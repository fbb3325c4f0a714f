/** Which dash, colour and shape is whose; Vega's own legend does not know how wide text is and would be cut. */
import { shortenText, textWidthPx } from "./fit-text.ts";
import type { Panel } from "./spec.ts";
import { FONT_PX, INK, PLATFORM_STYLES, PLOT_WIDTH_PX } from "./theme.ts";

const LINE_PX = 12;
const SYMBOL_PX = 18;
const GAP_PX = 10;

/** The style of the nth platform, or pair of platforms. */
export const styleOf = (index: number) => PLATFORM_STYLES[index % PLATFORM_STYLES.length] as (typeof PLATFORM_STYLES)[number];

/** Scales that give each name its style. */
export const styleScales = (names: readonly string[]) => {
  const styles = names.map((_, index) => styleOf(index));
  const by = (range: readonly unknown[]) => ({
    field: "name",
    type: "nominal" as const,
    scale: { domain: [...names], range: [...range] as never[] },
    legend: null,
  });
  return {
    color: by(styles.map(({ colour }) => colour)),
    strokeDash: by(styles.map(({ dash }) => [...dash])),
    shape: by(styles.map(({ shape }) => shape)),
  };
};

/** The names one after the other, in as many lines as they need. */
export function platformLegend(names: readonly string[]): Panel {
  let [x, line] = [0, 0];
  const items = names.map((name) => {
    const label = shortenText(name, PLOT_WIDTH_PX - SYMBOL_PX);
    const width = SYMBOL_PX + textWidthPx(label) + GAP_PX;
    if (x > 0 && x + width - GAP_PX > PLOT_WIDTH_PX) [x, line] = [0, line + 1];
    const item = { name, label, x_px: x, middle_px: x + 7, end_px: x + 14, text_px: x + SYMBOL_PX, y_px: (line + 0.5) * LINE_PX };
    x += width;
    return item;
  });
  const { color, strokeDash, shape } = styleScales(names);
  const at = (field: string) => ({ field, type: "quantitative" as const, scale: { domain: [0, PLOT_WIDTH_PX] }, axis: null });
  const height = (line + 1) * LINE_PX;
  return {
    width: PLOT_WIDTH_PX,
    height,
    data: { values: items },
    encoding: { y: { field: "y_px", type: "quantitative", scale: { domain: [height, 0] }, axis: null } },
    layer: [
      { mark: { type: "rule", strokeWidth: 1.5 }, encoding: { x: at("x_px"), x2: { field: "end_px" }, color, strokeDash } },
      { mark: { type: "point", filled: true, size: 22, opacity: 1 }, encoding: { x: at("middle_px"), color, shape } },
      {
        mark: { type: "text", align: "left", baseline: "middle", color: INK, fontSize: FONT_PX.text },
        encoding: { x: at("text_px"), text: { field: "label" } },
      },
    ],
  };
}
