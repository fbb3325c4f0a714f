/** A start with the times of its causes. */
import process from "node:process";
import type { Instruments } from "../../../benchmarks/design/ports.ts";
import { observeStart, type StartRequest } from "../../../benchmarks/start/observe-start.ts";
import { type CauseTime, startCauses } from "../../../benchmarks/timeline/causes/start-causes.ts";
import { timeline } from "../../../benchmarks/timeline/timeline.ts";
import { partition } from "../../../research/phases.ts";

export interface ExplainedStart {
  readonly total_ns: number;
  readonly causes: readonly CauseTime[];
}

/** On a busy machine the kernel drops events now and then: such a start tells nothing, and is made again. */
const MOST_REPETITIONS = 5;

/**
 * @param observe what else is done before and after each start that is made
 * @throws Error when it goes wrong or cannot be explained
 */
export async function explainedStart(
  instruments: Instruments,
  request: StartRequest,
  signal: AbortSignal,
  observe: typeof observeStart = observeStart,
): Promise<ExplainedStart> {
  for (let again = MOST_REPETITIONS; ; again -= 1) {
    const observed = await observe(instruments, request, signal);
    if (observed.outcome === "probe-lost" && again > 0) continue;
    if (observed.outcome !== "ok") throw new Error(`a start failed: ${observed.problem}`);
    const parts = partition(timeline({ ...observed, wall: undefined }, instruments.probe.resolution).milestones);
    const why = startCauses({ ...observed, wall: undefined, clientPid: process.pid }, parts);
    if ("problem" in why || parts.total_ns === null)
      throw new Error(`a start cannot be explained: ${"problem" in why ? why.problem : ""}`);
    return { total_ns: parts.total_ns, causes: why.causes };
  }
}

/** In ns. */
export const sumOf = ({ causes }: ExplainedStart, test: (time: CauseTime) => boolean): number =>
  causes.reduce((sum, time) => sum + (test(time) ? time.ns : 0), 0);
