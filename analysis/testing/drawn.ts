/** What a figure drew, for tests to look into its specification. */
import type { Drawing, Figure } from "../figures/parts/figure.ts";
import type { Subject } from "../subjects/subject.ts";

interface Layer {
  readonly data?: { readonly values: readonly Record<string, unknown>[] };
}

export interface DrawnPanel {
  readonly title?: { readonly text: string };
  readonly data?: Layer["data"];
  readonly layer: readonly Layer[];
}

/** @throws Error with the reason when there is no figure */
export function drawn(figure: Figure, subjects: readonly Subject[]): Drawing {
  const drawing = figure(subjects);
  if ("absent" in drawing) throw new Error(drawing.absent);
  return drawing;
}

/** The charts from top to bottom, and in each row from left to right. */
export function panelsOf({ spec }: Drawing): DrawnPanel[] {
  const { vconcat } = spec as unknown as { vconcat: (DrawnPanel & { hconcat?: DrawnPanel[] })[] };
  return vconcat.flatMap((panel) => panel.hconcat ?? [panel]);
}

/** The rows of the first layer, or else of the panel, that have the field. */
export const rowsWith = (panel: DrawnPanel | undefined, field: string): readonly Record<string, unknown>[] =>
  [...(panel?.layer ?? []), { data: panel?.data }]
    .map((layer) => layer.data?.values ?? [])
    .find((rows) => rows.some((row) => field in row)) ?? [];

export const subtitleOf = ({ spec }: Drawing): string =>
  (spec.title as { subtitle: string[] }).subtitle.join(" ").replaceAll("\u00a0", " ");
