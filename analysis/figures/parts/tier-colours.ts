/** How phases and their tiers look in every figure: names, and the same three colours. */
import { type PhaseName, TIERS, type Tier } from "../../../research/phases.ts";
import { TIER_COLOURS, UNKNOWN_TIER_COLOUR } from "./theme.ts";

/** As it stands beside its bar; `+2`: with the time of two phases whose beginning was not seen. */
export const phaseName = ({ phase, encloses }: { readonly phase: PhaseName; readonly encloses: readonly PhaseName[] }): string =>
  encloses.length === 0 ? phase : `${phase} +${encloses.length}`;

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
    legend: { orient: "top" as const, direction: "horizontal" as const, symbolType: "square", title: null },
  };
}
