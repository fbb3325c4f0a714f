/** `doctor`: what this machine can measure, and what would disturb a measurement. */
import { findEngine } from "../edges/engine/find-engine.ts";
import { chooseProbe } from "../edges/probe/choose-probe.ts";
import { renderDiagnosis } from "./diagnose.ts";
import { say } from "./engine-options.ts";
import { gatherFacts } from "./gather-facts.ts";

export async function doctor(options: { engine: string | undefined; sidecar: boolean }, signal: AbortSignal): Promise<void> {
  const found = await findEngine(options.engine, false, say, signal).catch((error: Error) => error);
  if (found instanceof Error) {
    for (const line of renderDiagnosis(await gatherFacts(found))) console.log(line);
    process.exitCode = 1;
    return;
  }
  await using _found = found;
  await found.engine.open();
  const chosen = await chooseProbe({ wanted: "auto", mayStartSidecar: options.sidecar }, found.engine, say, signal);
  await using _probe = chosen.probe;
  for (const line of renderDiagnosis(await gatherFacts({ ...found, chosen }))) console.log(line);
}
