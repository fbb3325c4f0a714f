/**
 * Packs the command and what it imports into a few files: `node scripts/pack.mjs OUT`. Node takes a second to find, compile
 * and link some eight hundred modules one by one, a fraction of that for these. Called by scripts/setup.sh.
 */
import { readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const out = process.argv[2];
const temporary = `${out}.${process.pid}`;

/** A module finds what lies beside it by its own place, not by the pack's. */
const ownPlace = {
  name: "own-place",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.(ts|m?js)$/, namespace: "file" }, async ({ path }) => {
      const contents = await readFile(path, "utf8");
      if (!contents.includes("import.meta.url")) return;
      const loader = path.endsWith(".ts") ? "ts" : "js";
      return { contents: contents.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)), loader };
    }),
};

try {
  await build({
    entryPoints: [fileURLToPath(new URL("tierbench.ts", import.meta.url))],
    outdir: temporary,
    outExtension: { ".js": ".mjs" },
    absWorkingDir: dirname(fileURLToPath(new URL(".", import.meta.url))),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    // They load files of their own: a binary, and descriptions of protocols.
    external: ["@napi-rs/canvas", "dockerode", "esbuild"],
    // For packages of the older kind, which have require within them.
    banner: { js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);' },
    plugins: [ownPlace],
    logLevel: "error",
  });
  // Whole or not at all; where another was faster, its pack is the same.
  await rename(temporary, out).catch(() => undefined);
} finally {
  await rm(temporary, { recursive: true, force: true });
}
