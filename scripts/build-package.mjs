/** Builds dist/ for the published package: `npm pack` and `npm publish` run it. The version is package.json's, the commit git's, if there is one. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { root, setUp } from "./setup.mjs";

// A fresh clone has no packages yet, and the bundler is one.
if (!(await setUp())) process.exit(1);
const { BUNDLE_URL, bundle } = await import("./bundle.mjs");
const { tsImport } = await import("tsx/esm/api");
const { toolCommit } = await tsImport("../benchmarks/edges/files/tool-commit.ts", import.meta.url);

const dist = `${root}dist`;

rmSync(dist, { recursive: true, force: true });
const inputs = await bundle({
  outfile: `${dist}/tierbench.cjs`,
  // What the sources read keeps its place in the package, beside dist/.
  placeOf: (path) => `new URL(${JSON.stringify(`../${relative(root, path).replaceAll("\\", "/")}`)}, ${BUNDLE_URL}).href`,
  commit: toolCommit(),
});
writeFileSync(`${dist}/LICENSES.txt`, licences(inputs));

/** Each text once, below the packages of the bundle that it covers. */
function licences(paths) {
  const names = new Set(paths.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  const texts = new Map();
  for (const name of [...names].sort()) {
    const folder = `${root}node_modules/${name}`;
    const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    const text = file === undefined ? "" : readFileSync(`${folder}/${file}`, "utf8").trim();
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return [...texts].map(([text, covered]) => `${covered.join("\n")}\n\n${text}\n`).join(`\n${"-".repeat(80)}\n\n`);
}
