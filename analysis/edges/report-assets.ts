/** What a report carries within it, read from the packages and from beside its code. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReportAssets } from "../report/page.ts";

/** @throws Error when the installation lacks a file */
export function reportAssets(): ReportAssets {
  const vegaModule = createRequire(import.meta.url).resolve("vega");
  const ours = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
  return {
    vega: readFileSync(join(vegaModule, "../vega.min.js"), "utf8"),
    client: ours("analysis/report/client.js"),
    style: ours("analysis/report/style.css"),
    citation: ours("CITATION.cff"),
  };
}
