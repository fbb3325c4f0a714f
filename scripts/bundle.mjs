/**
 * The command and what it imports, bundled into one script: for the checkout (pack.mjs) and for the published package
 * (build-package.mjs). It is an expression whose value is a function of what Node gives a CommonJS module; run-bundle.mjs
 * calls it. Modules of the newer kind run from a bundle no faster, and what V8 compiles of them cannot be kept.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { tsImport } from "tsx/esm/api";

const root = fileURLToPath(new URL("..", import.meta.url));
/** From its sources it takes esbuild; a bundle has what it gives, and needs none. */
const REPORT_SCRIPT = `${root}analysis/edges/drawing/report-script.ts`;
/** It asks git, which knows nothing of a published package. */
const TOOL_COMMIT = `${root}benchmarks/edges/files/tool-commit.ts`;

/** The bundle's own place, for {@link bundle}'s `placeOf`; packages have variables called `require` and `__filename`. */
export const BUNDLE_URL = "bundleUrlOfTierbench";

/** In place of a package that takes long to load, and is seldom needed. */
const STRING_WIDTH = `${root}scripts/string-width.cjs`;

/**
 * Most schemas are there for their types, and to be published; a command that made them all would wait for it. Each becomes the
 * result of a function that is marked as pure, so that one that nothing uses is left out.
 */
const withoutUnusedSchemas = (source) =>
  source.includes('from "zod"')
    ? source.replaceAll(/^((?:export )?const \w+ = )((?:z|\w+\s*\.extend)\b.*?);$/gms, "$1/* @__PURE__ */ (() => $2)();")
    : source;

/** Messages in some fifty languages, of which ours are in one: two thirds of the package, loaded by every command. */
const ZOD_LOCALES = `${root}node_modules/zod/v4/locales/index.js`;

/**
 * @param outfile whose folder may exist
 * @param placeOf the path of a source → the expression that stands for its `import.meta.url` in the bundle
 * @param commit of the sources, where the bundle leaves the checkout; undefined where git can be asked when it runs
 * @returns the sources, by their paths in the repository
 */
export async function bundle({ outfile, placeOf, commit }) {
  const { bundleReport } = await tsImport(pathToFileURL(REPORT_SCRIPT).href, import.meta.url);
  const report = bundleReport();
  const constants = new Map([[REPORT_SCRIPT, `export const reportScript = () => ${JSON.stringify(report.script)};`]]);
  constants.set(ZOD_LOCALES, 'export { default as en } from "./en.js";');
  if (commit !== undefined) constants.set(TOOL_COMMIT, `export const toolCommit = () => ${JSON.stringify(commit)};`);
  const {
    metafile,
    outputFiles: [output],
  } = await build({
    entryPoints: [`${root}scripts/tierbench.ts`],
    outfile,
    write: false,
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    charset: "ascii",
    // What is not in the bundle is asked for in one way.
    supported: { "dynamic-import": false },
    // A quarter less to be read each time; names stay, for whoever reads a stack.
    minifyWhitespace: true,
    minifySyntax: true,
    // They load files of their own: a binary, and descriptions of protocols.
    external: ["@napi-rs/canvas", "dockerode"],
    // Node shows the line of an error that nobody caught.
    lineLimit: 200,
    banner: {
      js: `(function (exports, require, module, __filename, __dirname) { const ${BUNDLE_URL} = require("node:url").pathToFileURL(__filename);`,
    },
    footer: { js: "})" },
    plugins: [
      { name: "own-place", setup: ({ onLoad }) => onLoad({ filter: /\.(ts|m?js)$/, namespace: "file" }, load) },
      { name: "no-canvas", setup: withoutCanvas },
      { name: "string-width", setup: withStringWidth },
    ],
    logLevel: "error",
  });
  await mkdir(dirname(outfile), { recursive: true });
  // It is read as Latin-1, which need not be decoded. The bundler leaves regular expressions as they are.
  const text = output.text.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  await writeFile(outfile, `/* ${output.hash} */ ${text}`);
  return [...new Set([...Object.keys(metafile.inputs), ...report.sources])].filter((path) => !path.includes(":"));

  /** Vega's own asks for a package that may lie anywhere above the user's folder; it is given a canvas when it is to draw on one. */
  function withoutCanvas({ onLoad }) {
    const names = ["canvas", "domCanvas", "nodeCanvas", "image"];
    const contents = names.map((name) => `export const ${name} = () => null;`).join("\n");
    onLoad({ filter: /[\\/]vega-canvas\.node\.js$/ }, () => ({ contents }));
  }

  /** It alone asks for the package itself. */
  function withStringWidth({ onResolve }) {
    onResolve({ filter: /^string-width$/ }, ({ importer }) => (importer === STRING_WIDTH ? undefined : { path: STRING_WIDTH }));
  }

  /** A module finds what lies beside it by its own place, not by the bundle's. */
  async function load({ path }) {
    const loader = path.endsWith(".ts") ? "ts" : "js";
    const constant = constants.get(path);
    if (constant !== undefined) return { contents: constant, loader };
    const contents = await readFile(path, "utf8");
    const changed = withoutUnusedSchemas(contents).replaceAll("import.meta.url", placeOf(path));
    return changed === contents ? undefined : { contents: changed, loader };
  }
}
