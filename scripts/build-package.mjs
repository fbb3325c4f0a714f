/** Builds dist/ for the published package: `npm pack` and `npm publish` run it. The version is package.json's, the commit git's. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = `${root}dist`;

rmSync(dist, { recursive: true, force: true });
const inputs = await bundle({
  outdir: dist,
  // All modules of the bundle lie in dist/ itself, and what the sources read keeps its place in the package.
  placeOf: (path) => `new URL(${JSON.stringify(`../${relative(root, path).replaceAll("\\", "/")}`)}, import.meta.url).href`,
  commit: commit(),
});
writeFileSync(`${dist}/LICENSES.txt`, licences(inputs));

function commit() {
  const git = (...args) => execFileSync("git", ["-C", root, ...args], { encoding: "utf8" }).trim();
  return git("rev-parse", "HEAD") + (git("status", "--porcelain") === "" ? "" : "+changes");
}

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
