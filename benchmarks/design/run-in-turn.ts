/** Runs experiments one after the other. One that cannot be measured here does not stop the others. */
import type { ExperimentName } from "../../research/protocol.ts";
import { Unmeasurable } from "./unmeasurable.ts";

export interface Turn {
  readonly name: ExperimentName;
  readonly run: () => Promise<void>;
}

/**
 * @param onUnmeasurable called for each that ended early, with what was in its way
 * @throws what ends the run: an interrupt, an engine or a disk that is gone; Unmeasurable when none could be measured
 */
export async function runInTurn(
  turns: readonly Turn[],
  onUnmeasurable: (name: ExperimentName, problem: string) => void,
): Promise<void> {
  let unmeasurable = 0;
  for (const { name, run } of turns) {
    try {
      await run();
    } catch (error) {
      unmeasurable += 1;
      if (!(error instanceof Unmeasurable) || unmeasurable === turns.length) throw error;
      onUnmeasurable(name, error.message);
    }
  }
}
