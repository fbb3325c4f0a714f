/**
 * Packs the command and what it imports into one file: `node scripts/pack.mjs PACKS`. Node takes a second to find, compile
 * and link some eight hundred modules one by one, a fraction of that for this one. Run by current-pack.mjs, which says what
 * current.json holds.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const packs = process.argv[2];
const temporary = `${packs}/tmp.${process.pid}`;
/** Not imported, and yet they decide what is packed, and how. */
const DECIDING = ["package-lock.json", "package.json", "tsconfig.json", "scripts/pack.mjs", "scripts/bundle.mjs"];
/** File systems take the time from a clock that lags by a tick of the kernel's. */
const LAG_MS = 50;
/** A run of another version may still be under way, and has not loaded all of its pack. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

const began_ms = Date.now() - LAG_MS;
try {
  const inputs = await bundle({
    outfile: `${temporary}/tierbench.cjs`,
    placeOf: (path) => JSON.stringify(pathToFileURL(path).href),
  });
  const folder = digestOf(temporary);
  // Whole or not at all; where another was faster, its pack is the same.
  try {
    renameSync(temporary, `${packs}/${folder}`);
  } catch (error) {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST" && error.code !== "EPERM") throw error;
  }
  const ours = inputs.filter((path) => !path.startsWith("node_modules/"));
  const sources = [...DECIDING, ...ours].map((path) => {
    const { size, mtimeMs } = statSync(root + path);
    // Changed while it was being read: which of the two is in the pack, nobody knows.
    return [path, size, mtimeMs < began_ms ? mtimeMs : null];
  });
  writeFileSync(`${temporary}.json`, JSON.stringify({ root, folder, sources }));
  renameSync(`${temporary}.json`, `${packs}/current.json`);
  for (const name of readdirSync(packs)) {
    const other = `${packs}/${name}`;
    if (name !== folder && name !== "current.json" && Date.now() - statSync(other).mtimeMs > KEPT_MS)
      rmSync(other, { recursive: true, force: true });
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** A name for what is in a folder. */
function digestOf(path) {
  const hash = createHash("sha256");
  for (const name of readdirSync(path).sort())
    hash
      .update(name)
      .update("\0")
      .update(readFileSync(`${path}/${name}`));
  return hash.digest("hex").slice(0, 32);
}
