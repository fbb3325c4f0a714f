/** An engine that went away during a run is waited for: bounded, and visibly. */

import { sentence } from "../../../research/text/sentence.ts";
import { milliseconds } from "../../../research/units.ts";
import type { FoundEngine } from "../../edges/engine/find-engine.ts";
import { removeOwn } from "../../edges/engine/sweep.ts";
import { machineClock } from "../../edges/host/clock.ts";

const PATIENCE_S = 60;
const PAUSE_S = 1;
const TELL_EVERY_S = 5;

/**
 * Resolves when it answers again and what this process had left on it is removed.
 * @param loss what was noticed of it
 * @returns whether it was started by this process, as one that it had started before
 * @throws Error when it stays away
 */
export async function regainEngine(
  found: FoundEngine,
  loss: Error,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const began = performance.now();
  const waited = (): number => Math.round((performance.now() - began) / 1_000);
  if (found.restart !== undefined) {
    say(sentence(`${loss.message}; it was started for this run and is started again`));
    await found.restart();
  } else say(sentence(`${loss.message}; it is waited for, ${PATIENCE_S} s at most`));
  for (let told = 0; ; ) {
    const problem = await answer(found);
    if (problem === undefined) break;
    signal.throwIfAborted();
    if (waited() >= PATIENCE_S)
      throw new Error(`${problem.message}; it was waited for ${PATIENCE_S} s: what is measured is kept, go on with --resume`, {
        cause: problem,
      });
    if (waited() >= told + TELL_EVERY_S) {
      told = waited();
      say(`Waiting for the engine to answer again: ${told} of ${PATIENCE_S} s.`);
    }
    await machineClock.sleep(milliseconds(PAUSE_S * 1_000), signal);
  }
  say(`The engine answers again after ${waited()} s.`);
  await using connection = await found.connectAnew();
  for await (const what of removeOwn(connection.engine.docker)) say(`removed ${what}`);
  return found.restart !== undefined;
}

/** Whether the engine answers, through a connection of its own: the old one may be what is broken. */
export const answers = async (found: FoundEngine): Promise<boolean> => (await answer(found)) === undefined;

async function answer(found: FoundEngine): Promise<Error | undefined> {
  try {
    await using _connection = await found.connectAnew();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
