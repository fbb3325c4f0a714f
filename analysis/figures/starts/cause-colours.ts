/** How the causes of time look in every picture: a colour each, none of them a tier's, and in one order. */
import { CAUSE_NAMES, CAUSES_OF_TIME, type Cause } from "../../../research/why/causes.ts";
import type { Legend } from "../parts/figure.ts";
import { textWidthPx } from "../parts/fit-text.ts";
import { FONT_PX, INK } from "../parts/theme.ts";

/** Paul Tol's "muted" scheme (Colour Schemes, SRON 2021), which keeps its hues apart for colour-blind readers; work dark, waits lighter. */
const CAUSE_COLOURS = {
  cpu: "#332288",
  runqueue: "#88ccee",
  disk: "#cc6677",
  rcu: "#ddcc77",
  lock: "#117733",
  "kernel-work": "#44aa99",
  timer: "#aa4499",
  network: "#882255",
  unseen: "#c4c4c4",
} as const satisfies Record<Cause, `#${string}`>;

export const causeColours = {
  field: "cause",
  type: "nominal" as const,
  scale: { domain: [...CAUSE_NAMES], range: CAUSE_NAMES.map((cause): string => CAUSE_COLOURS[cause]) },
  legend: null,
};

const LINE_PX = 12;
const [SYMBOL_PX, GAP_PX] = [14, 12];

/** Those that occur, in as many lines as they take. */
export const causeLegend =
  (seen: ReadonlySet<Cause>) =>
  (width_px: number): Legend => {
    let [x, line] = [0, 0];
    const items = CAUSE_NAMES.filter((cause) => seen.has(cause)).map((cause) => {
      const { label } = CAUSES_OF_TIME[cause];
      const room = SYMBOL_PX + textWidthPx(label);
      if (x > 0 && x + room > width_px) [x, line] = [0, line + 1];
      const item = { cause, label, x_px: x + 4, text_px: x + SYMBOL_PX, y_px: line * LINE_PX + LINE_PX / 2 };
      x += room + GAP_PX;
      return item;
    });
    const height_px = (line + 1) * LINE_PX;
    const at = (field: string) => ({ field, type: "quantitative" as const, scale: { domain: [0, width_px] }, axis: null });
    const panel: Legend["panel"] = {
      width: width_px,
      height: height_px,
      data: { values: items },
      encoding: { y: { field: "y_px", type: "quantitative", scale: { domain: [height_px, 0] }, axis: null } },
      layer: [
        { mark: { type: "square", size: 80, opacity: 1 }, encoding: { x: at("x_px"), color: causeColours } },
        {
          mark: { type: "text", align: "left", baseline: "middle", color: INK, fontSize: FONT_PX.text },
          encoding: { x: at("text_px"), text: { field: "label" } },
        },
      ],
    };
    return { panel, height_px };
  };
