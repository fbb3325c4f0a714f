// biome-ignore lint/style/noRestrictedImports: the type alone; specifications are compiled in edges/render.ts only
export type { TopLevelSpec } from "vega-lite";
