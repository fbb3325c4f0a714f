import type { TopLevelSpec } from "vega-lite";

export type { TopLevelSpec };

/** One of the charts that a figure stacks. */
export type Panel = Extract<TopLevelSpec, { vconcat: unknown }>["vconcat"][number];
