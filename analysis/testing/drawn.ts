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

type Nested = DrawnPanel & { readonly vconcat?: readonly Nested[]; readonly hconcat?: readonly Nested[] };

/** The charts of all pages, a legend among them, from top to bottom and from left to right. */
export const panelsOf = ({ pages }: Drawing): DrawnPanel[] => pages.flatMap(({ spec }) => flat(spec as unknown as Nested));

const flat = (panel: Nested): DrawnPanel[] => {
  const within = panel.vconcat ?? panel.hconcat;
  return within === undefined ? [panel] : within.flatMap(flat);
};

/** The rows of the first layer, or else of the panel, that have the field. */
export const rowsWith = (panel: DrawnPanel | undefined, field: string): readonly Record<string, unknown>[] =>
  [...(panel?.layer ?? []), { data: panel?.data }]
    .map((layer) => layer.data?.values ?? [])
    .find((rows) => rows.some((row) => field in row)) ?? [];

export const captionOf = ({ caption }: Drawing): string => caption.replaceAll("\u00a0", " ");

/** What is said on the picture itself, below its title. */
export const keyOf = ({ pages }: Drawing): string =>
  ((pages[0]?.spec.title as { subtitle?: string[] } | undefined)?.subtitle ?? []).join(" ").replaceAll("\u00a0", " ");
