/** The command packed into one file, packed again whenever a source has changed. */
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { root } from "./setup.mjs";

const PACKS = `${root}.cache/pack`;

/** @returns the path of the packed command; undefined where it cannot be made, as in a folder of another user */
export async function currentPack() {
  const pack = readCurrent();
  if (pack !== undefined) return pack;
  const { spawnSync } = await import("node:child_process"); // every command would wait for it
  // Its process is another, so that the command does not carry the packer with it.
  spawnSync(process.execPath, [fileURLToPath(new URL("pack.mjs", import.meta.url)), PACKS], { stdio: "ignore" });
  return readCurrent();
}

/** Sources are compared by size and time, as make does it: to read all of them takes longer than to run what is packed. */
function readCurrent() {
  try {
    const { root: packedIn, sources, folder } = JSON.parse(readFileSync(`${PACKS}/current.json`, "utf8"));
    if (packedIn !== root) return undefined; // it was moved, and sources know their own place
    for (const [path, size, modified_ms] of sources) {
      const now = statSync(root + path);
      if (now.size !== size || now.mtimeMs !== modified_ms) return undefined;
    }
    return `${PACKS}/${folder}/tierbench.cjs`;
  } catch {
    return undefined;
  }
}
