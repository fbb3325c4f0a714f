#!/usr/bin/env node
/**
 * The command: sets up what is missing, then runs tierbench.ts, bundled if it can be, from any folder and through symbolic
 * links. Plain JavaScript, so that any Node can say that it is too old.
 */
import { readFileSync } from "node:fs";
import { currentPack } from "./current-pack.mjs";
import { isPublished, root, setUp } from "./setup.mjs";

const isVersion = process.argv.length === 3 && process.argv[2] === "--version";

if (!(await setUp())) {
  // It is said why.
} else if (isVersion) {
  // Nothing else is loaded for it.
  console.log(JSON.parse(readFileSync(`${root}package.json`, "utf8")).version);
} else {
  // The stacks of a debugged run name the sources.
  const bundled = isPublished ? `${root}dist/tierbench.cjs` : process.env.TIERBENCH_DEBUG ? undefined : await currentPack();
  if (bundled === undefined) {
    // tsx would take the tsconfig.json of the user's folder for ours.
    process.env.TSX_TSCONFIG_PATH = `${root}tsconfig.json`;
    const { register } = await import("tsx/esm/api");
    register();
    await import("./tierbench.ts");
  } else {
    const { runBundle } = await import("./run-bundle.mjs");
    runBundle(bundled, process.argv[2]);
  }
}
