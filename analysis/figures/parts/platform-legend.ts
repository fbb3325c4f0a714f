/** Which dash, colour and shape is whose; Vega's own legend does not know how wide text is and would be cut. */

import type { Legend } from "./figure.ts";
import { textWidthPx } from "./fit-text.ts";
import { shortNames } from "./short-names.ts";
import { FONT_PX, INK, PLATFORM_STYLES, PLOT_WIDTH_PX } from "./theme.ts";

const LINE_PX = 12;
const SYMBOL_PX = 18;
const GAP_PX = 10;

type Style = (typeof PLATFORM_STYLES)[number];

/** The style of the nth platform, or pair of platforms; after the last the colours come again, each with another's dash and shape. */
function styleOf(index: number): Pick<Style, "colour" | "dash" | "shape"> {
  const count = PLATFORM_STYLES.length;
  const { colour } = PLATFORM_STYLES[index % count] as Style;
  const { dash, shape } = PLATFORM_STYLES[(index + Math.floor(index / count)) % count] as Style;
  return { colour, dash, shape };
}

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

/** What a name has room for. */
export const LEGEND_NAME_PX = PLOT_WIDTH_PX - SYMBOL_PX;

/**
 * The names one after the other, in as many lines as they need.
 * @param labelOf what is written for each, no wider than {@link LEGEND_NAME_PX}
 * @param axis_px of the labels of a vertical axis: plots begin so far from the edge at which the legend does
 */
export const platformLegend =
  (names: readonly string[], labelOf = shortNames(names, LEGEND_NAME_PX), axis_px = 0) =>
  (page_px: number): Legend => {
    const width_px = page_px - axis_px;
    let [x, line] = [-axis_px, 0];
    const items = names.map((name) => {
      const label = labelOf(name);
      const width = SYMBOL_PX + textWidthPx(label) + GAP_PX;
      if (x > -axis_px && x + width - GAP_PX > width_px) [x, line] = [-axis_px, line + 1];
      const item = {
        name,
        label,
        x_px: x,
        middle_px: x + 7,
        end_px: x + 14,
        text_px: x + SYMBOL_PX,
        y_px: (line + 0.5) * LINE_PX,
      };
      x += width;
      return item;
    });
    const { color, strokeDash, shape } = styleScales(names);
    const at = (field: string) => ({ field, type: "quantitative" as const, scale: { domain: [0, width_px] }, axis: null });
    const height = (line + 1) * LINE_PX;
    const panel: Legend["panel"] = {
      width: width_px,
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
    return { panel, height_px: height };
  };
