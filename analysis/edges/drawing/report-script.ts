/** The script that a report carries, made from analysis/report/browser/. scripts/bundle.mjs puts what this gives in its place. */
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** One module with all that it imports; the same bytes every time. */
export const reportScript = (): string => bundleReport().script;

/** @returns the module, and its sources by their paths in the repository */
export function bundleReport(): { readonly script: string; readonly sources: readonly string[] } {
  const { outputFiles, metafile } = buildSync({
    ...{ entryPoints: ["analysis/report/browser/main.ts"], absWorkingDir: root, bundle: true, write: false, metafile: true },
    ...{ minify: true, logLevel: "silent", format: "esm", platform: "browser", target: "es2022" },
  });
  return { script: outputFiles[0]?.text ?? "", sources: Object.keys(metafile.inputs) };
}
