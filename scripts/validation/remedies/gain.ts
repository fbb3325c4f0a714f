/** What a remedy saved, beside what the cause predicted: differences within blocks, in turns with the unmended. */
import type { Pair } from "../../../analysis/statistics/effects/paired-differences.ts";
import { leavesOut, type Shift, shift } from "../injection/recovery.ts";
import { type ExplainedStart, sumOf } from "../why/explained-start.ts";
import type { Block } from "./observe-in-turns.ts";
import type { State } from "./states.ts";
import type { Trial } from "./trials.ts";

/** All in ms, Hodges-Lehmann estimates with their 95 % intervals. */
export interface Gain {
  /** The unmended start's total. */
  readonly unmended: Shift;
  /** What the unmended start waited so, which the remedy should take away. */
  readonly predicted: Shift;
  /** By how much less the mended start did. */
  readonly there: Shift;
  /** By how much less it took in all. */
  readonly found: Shift;
  /** Found less predicted. */
  readonly beyond: Shift;
  readonly verdict: "agrees" | "saves less" | "saves more" | "cannot tell";
}

/** @throws RangeError when a block lacks a start */
export function gainOf({ states, predicts }: Pick<Trial, "states" | "predicts">, blocks: readonly Block[]): Gain {
  const pairs = blocks.map((block) => [startIn(block, states[0]), startIn(block, states[1])] as const);
  const over = (value: (unmended: ExplainedStart, mended: ExplainedStart) => Pair): Shift =>
    shift(pairs.map(([unmended, mended]) => value(unmended, mended)));
  const waits = (start: ExplainedStart): number => sumOf(start, predicts);
  const found = over((unmended, mended) => [unmended.total_ns, mended.total_ns]);
  const beyond = over((unmended, mended) => [unmended.total_ns - mended.total_ns, waits(unmended)]);
  return {
    unmended: over(({ total_ns }) => [total_ns, 0]),
    predicted: over((unmended) => [waits(unmended), 0]),
    there: over((unmended, mended) => [waits(unmended), waits(mended)]),
    found,
    beyond,
    verdict: verdictOf(found, beyond),
  };
}

/** Whoever cannot tell a gain from none has not seen that it is the predicted one. */
function verdictOf(found: Shift, beyond: Shift): Gain["verdict"] {
  if (leavesOut(beyond, 0)) return beyond.ms < 0 ? "saves less" : "saves more";
  return leavesOut(found, 0) ? "agrees" : "cannot tell";
}

function startIn(block: Block, state: State): ExplainedStart {
  const start = block.get(state);
  if (start === undefined) throw new RangeError(`a block lacks a start in the state ${state}`);
  return start;
}
