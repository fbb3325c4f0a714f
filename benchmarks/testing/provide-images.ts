/**
 * Before the first engine test: the engine has the images that tests start. Building the largest takes minutes on a machine
 * that has never done it, which is no test's time.
 */
import { env } from "node:process";
import { findEngine } from "../edges/engine/find-engine.ts";
import { provideImage } from "../edges/images/images.ts";

const IMAGES = ["small", "medium", "large"] as const;

export async function setup(): Promise<void> {
  await using found = await findEngine(env.TIERBENCH_TEST_ENGINE, true, () => undefined);
  await found.engine.open();
  for (const name of IMAGES) {
    await provideImage(found.engine.docker, { kind: "local", name }, () => undefined, new AbortController().signal);
  }
}
