/** Asks engine, kernel and machine for what the diagnosis is made of. */
import { existsSync } from "node:fs";
import { getuid } from "node:process";
import type { Facts } from "../diagnose.ts";
import { TRACE_RESOLUTION_NS } from "../trace-line.ts";
import { describeEngine, engineInfo } from "./describe-engine.ts";
import type { FoundEngine } from "./find-engine.ts";
import { cpuGovernor, describeHost, freeBytes, loadAverage, swapsInUse, turbo } from "./host.ts";
import { coldProblem } from "./page-cache.ts";
import { toolRoot } from "./tool.ts";
import { tracefsProblem } from "./tracefs.ts";

/** @param found the engine, or why there is none */
export async function gatherFacts(found: FoundEngine | Error): Promise<Facts> {
  const host = describeHost();
  const engine = found instanceof Error ? { problem: found.message } : await engineFacts(found);
  const dataRoot = "description" in engine ? engine.description.storage.data_root : "";
  return {
    engine,
    root: getuid?.() === 0,
    tracefsProblem:
      !(found instanceof Error) && !found.engine.local ? "the engine's kernel is not this machine's" : tracefsProblem(),
    traceResolutionNs: TRACE_RESOLUTION_NS,
    coldProblem: found instanceof Error ? "no engine" : coldProblem(found.engine.local),
    cgroupVersion: host.cgroup_version,
    cpuCount: host.cpu_count,
    load: loadAverage(),
    governor: cpuGovernor(),
    turbo: turbo(),
    swaps: swapsInUse(),
    freeBytes: freeBytes(existsSync(dataRoot) ? dataRoot : toolRoot),
  };
}

async function engineFacts({ engine, source, private: isPrivate }: FoundEngine) {
  const info = engineInfo.parse(await engine.docker.info());
  return {
    description: await describeEngine(engine.docker, engine.local, isPrivate),
    source,
    runtimes: Object.keys(info.Runtimes ?? {}),
    running: info.ContainersRunning,
  };
}
