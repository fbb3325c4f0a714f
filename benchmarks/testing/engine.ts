/** A real engine for tests: the one that scripts/test provides, or whatever `run` would use. Never a mock, never skipped. */
import { env } from "node:process";
import { type FoundEngine, findEngine } from "../edges/engine/find-engine.ts";
import { provideImage } from "../edges/images/images.ts";

/** Engines of `TIERBENCH_TEST_ENGINE`, separated by spaces; without it the one that `run` would use, which has no URL yet. */
export const engineUrls = (): readonly (string | undefined)[] => env.TIERBENCH_TEST_ENGINE?.trim().split(/\s+/) ?? [undefined];

/** Each worker of the tests, numbered from 1, has an engine of its own. */
const ownUrl = (): string | undefined => {
  const urls = engineUrls();
  return urls[(Number(env.VITEST_POOL_ID ?? 1) - 1) % urls.length];
};

export async function testEngine(): Promise<FoundEngine & { small: string }> {
  const found = await findEngine(ownUrl(), true, () => undefined);
  await found.engine.open();
  const { reference } = await provideImage(
    found.engine.docker,
    { kind: "local", name: "small" },
    () => undefined,
    new AbortController().signal,
  );
  return { ...found, small: reference };
}
