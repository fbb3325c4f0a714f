/** A block is one pass over the conditions: each of them once, the first blocks to warm up, and no more than were planned. */
import type { Session } from "../../research/manifest.ts";
import type { TrialPlace } from "../../research/tables/columns/trial-table.ts";
import type { Say } from "./problem.ts";

/** @param experiment whose table it is @returns for the trials of a session, one after the other */
export function blockCheck(
  { experiments, iterations }: Session,
  experiment: string,
): (trial: TrialPlace, condition: string, say: Say) => void {
  const seen = new Set<string>();
  let current = 0;
  const startup = { iterations: Math.max(iterations.warm, iterations.cold), warmup_blocks: iterations.warmup_blocks };
  // Files of 0.1.0 are of startup alone, and do not list what was planned.
  const plan = experiment === "startup" ? startup : experiments?.find(({ name }) => name === experiment);
  return ({ block, warmup }, condition, say) => {
    if (block !== current) seen.clear();
    current = block;
    // Behind the cold starts of a block, images are warmed once more.
    if (!warmup && seen.has(condition)) say("block", `${block}`, `${condition} is in this block already`, "each condition once");
    if (!warmup) seen.add(condition);
    if (plan === undefined) return;
    const blocks = plan.warmup_blocks + plan.iterations;
    if (block > blocks) say("block", `${block}`, "it is more than the session was to measure", `${blocks} at most`);
    if (!warmup && block <= plan.warmup_blocks)
      say("warmup", `${warmup}`, `the first ${plan.warmup_blocks} blocks warm up`, "true");
  };
}
