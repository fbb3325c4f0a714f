/**
 * Before the first engine test: the engines have the images that tests start. Building the largest takes a minute on a machine
 * that has never done it, which is no test's time. Their tars stay in the checkout, for the next engine.
 */
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findEngine } from "../edges/engine/find-engine.ts";
import { imageExists, importLocal, localReference } from "../edges/images/images.ts";
import { engineUrls } from "./engine.ts";

const run = promisify(execFile);
const IMAGES = ["small", "registry", "medium", "large"] as const;
const SCRIPT = fileURLToPath(new URL("../../scripts/images", import.meta.url));
/** Those of this recipe. scripts/test names a folder that all checkouts of a machine share. */
const recipe = createHash("sha256").update(readFileSync(SCRIPT)).digest("hex").slice(0, 12);
const TARS = process.env.TIERBENCH_TEST_IMAGES ?? fileURLToPath(new URL(`../../.cache/images-${recipe}`, import.meta.url));
const TRACEFS = "/sys/kernel/tracing";

export async function setup(): Promise<void> {
  // Workers that each mount it where it is not, and unmount it at the end, would take it from one another.
  if (process.getuid?.() === 0 && !existsSync(`${TRACEFS}/trace_clock`))
    execFileSync("mount", ["-t", "tracefs", "nodev", TRACEFS]);
  await Promise.all(engineUrls().map(provideImages));
}

export async function provideImages(url: string | undefined): Promise<void> {
  await using found = await findEngine(url, true, () => undefined);
  await found.engine.open();
  const { docker } = found.engine;
  for (const name of IMAGES) {
    if (!(await imageExists(docker, localReference(name)))) await importLocal(docker, name, await builtTar(name));
  }
}

/** As scripts/test builds it in the background. */
async function builtTar(name: string): Promise<string> {
  const tar = join(TARS, `${name}.tar`);
  if (!existsSync(tar)) {
    mkdirSync(TARS, { recursive: true });
    // Not in front: an engine closes a connection that idles for minutes, which has to be noticed.
    await run(SCRIPT, ["build", name, tar], { maxBuffer: 64 << 20 });
  }
  return tar;
}
