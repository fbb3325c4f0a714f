/** What a report carries within it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ReportAssets } from "../../report/page.ts";
import { reportScript } from "./report-script.ts";

/** @throws Error when the installation lacks a file */
export const reportAssets = (): ReportAssets => ({
  script: reportScript(),
  style: readFileSync(ours("analysis/report/style.css"), "utf8"),
  citation: readFileSync(ours("CITATION.cff"), "utf8"),
});

const ours = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
