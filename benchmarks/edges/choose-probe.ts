/** Which probe watches the starts: the best that works, or the one asked for. */
import type { KernelProbe } from "../ports.ts";
import { eventsProbe } from "./events-probe.ts";
import { openTracefs, tracefsProblem } from "./tracefs.ts";

/**
 * @param engineIsLocal whether the engine's kernel is this machine's
 * @throws Error when tracefs is asked for and can not be had
 */
export function chooseProbe(
  wanted: "auto" | "tracefs" | "events",
  engineIsLocal: boolean,
): { probe: KernelProbe; reason: string } {
  if (wanted === "events") return { probe: eventsProbe, reason: "asked for" };
  const problem = engineIsLocal ? tracefsProblem() : "the engine's kernel is not this machine's";
  if (problem === undefined)
    return { probe: openTracefs(), reason: wanted === "auto" ? "the best that works here" : "asked for" };
  if (wanted === "auto") return { probe: eventsProbe, reason: `no kernel probe: ${problem}` };
  throw new Error(`--probe tracefs can not be had: ${problem}; --probe events measures totals without tiers`);
}
