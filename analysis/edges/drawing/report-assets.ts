/** What a report carries within it, read from the packages and from beside its code. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { ReportAssets } from "../../report/page.ts";

/** @throws Error when the installation lacks a file */
export const reportAssets = (): ReportAssets => ({
  script: bundled("analysis/report/browser/main.ts"),
  style: readFileSync(ours("analysis/report/style.css"), "utf8"),
  citation: readFileSync(ours("CITATION.cff"), "utf8"),
});

const ours = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** One module with all that it imports; the same bytes every time. */
function bundled(entry: string): string {
  const { outputFiles } = buildSync({
    ...{ entryPoints: [ours(entry)], bundle: true, write: false, minify: true, logLevel: "silent" },
    ...{ format: "esm", platform: "browser", target: "es2022" },
  });
  return outputFiles[0]?.text ?? "";
}
