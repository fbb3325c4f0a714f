import type { TopLevelSpec } from "vega-lite";

export type { TopLevelSpec };

/** One of the charts that a figure stacks. */
export type Panel = Extract<TopLevelSpec, { vconcat: unknown }>["vconcat"][number];

/** A layer without a row draws nothing, and takes as long to compile and to lay out as any other. */
export function withoutEmptyLayers(panel: Panel): Panel {
  if ("vconcat" in panel) return { ...panel, vconcat: panel.vconcat.map(withoutEmptyLayers) };
  if ("hconcat" in panel) return { ...panel, hconcat: panel.hconcat.map(withoutEmptyLayers) };
  if (!("layer" in panel)) return panel;
  const layer = panel.layer.filter(({ data }) => !(data && "values" in data && isEmpty(data.values)));
  return { ...panel, layer: layer.length === 0 ? panel.layer.slice(0, 1) : layer };
}

const isEmpty = (values: unknown): boolean => Array.isArray(values) && values.length === 0;
