/** A real engine for tests: the one that scripts/test provides, or whatever `run` would use. Never a mock, never skipped. */
import { env } from "node:process";
import { type FoundEngine, findEngine } from "../edges/engine/find-engine.ts";
import { provideImage } from "../edges/images/images.ts";

export async function testEngine(): Promise<FoundEngine & { small: string }> {
  const found = await findEngine(env.TIERBENCH_TEST_ENGINE, true, () => undefined);
  await found.engine.open();
  const { reference } = await provideImage(
    found.engine.docker,
    { kind: "local", name: "small" },
    () => undefined,
    new AbortController().signal,
  );
  return { ...found, small: reference };
}
