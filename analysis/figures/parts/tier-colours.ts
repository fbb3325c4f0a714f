/** How phases and their tiers look in every figure: names, and the same three colours. */
import { TIERS, type Tier } from "../../../research/phases.ts";
import { type Engine, phaseWords } from "../../../research/text/phase-words.ts";
import type { PhaseKind } from "../../subjects/starts.ts";
import type { Legend } from "./figure.ts";
import { textWidthPx } from "./fit-text.ts";
import { FONT_PX, INK, TIER_COLOURS, UNKNOWN_TIER_COLOUR } from "./theme.ts";

/** As it stands beside its bar; `+2`: with the time of two phases whose beginning was not seen. */
export const phaseName = ({ phase, encloses }: Pick<PhaseKind, "phase" | "encloses">, engine?: Engine): string =>
  `${phaseWords({ phase, encloses: [] }, engine).title}${encloses.length === 0 ? "" : ` +${encloses.length}`}`;

/** Stands for the tier of a phase that holds time of several. */
export const SEVERAL = "several";

/** @param tiers what is drawn; the legend shows {@link SEVERAL} only where it occurs */
export function tierColours(tiers: Iterable<Tier | null>) {
  const mixed = [...tiers].includes(null);
  return {
    field: "tier",
    type: "nominal" as const,
    scale: {
      domain: [...TIERS, ...(mixed ? [SEVERAL] : [])],
      range: [...TIERS.map((tier): string => TIER_COLOURS[tier]), ...(mixed ? [UNKNOWN_TIER_COLOUR] : [])],
    },
    legend: null,
  };
}

const LINE_PX = 12;
const [SYMBOL_PX, GAP_PX] = [14, 14];

/** The tiers one after the other. */
export const tierLegend =
  (tiers: Iterable<Tier | null>) =>
  (width_px: number): Legend => {
    const color = tierColours(tiers);
    let x = 0;
    const items = color.scale.domain.map((tier) => {
      const item = { tier, label: tier, x_px: x + 4, text_px: x + SYMBOL_PX, y_px: LINE_PX / 2 };
      x += SYMBOL_PX + textWidthPx(tier) + GAP_PX;
      return item;
    });
    const at = (field: string) => ({ field, type: "quantitative" as const, scale: { domain: [0, width_px] }, axis: null });
    const panel: Legend["panel"] = {
      width: width_px,
      height: LINE_PX,
      data: { values: items },
      encoding: { y: { field: "y_px", type: "quantitative", scale: { domain: [LINE_PX, 0] }, axis: null } },
      layer: [
        { mark: { type: "square", size: 80, opacity: 1 }, encoding: { x: at("x_px"), color } },
        {
          mark: { type: "text", align: "left", baseline: "middle", color: INK, fontSize: FONT_PX.text },
          encoding: { x: at("text_px"), text: { field: "label" } },
        },
      ],
    };
    return { panel, height_px: LINE_PX };
  };
