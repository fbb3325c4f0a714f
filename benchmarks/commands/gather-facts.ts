/** Gathers the facts of the diagnosis from engine, kernel and machine. */
import { getuid } from "node:process";
import { engineInfo } from "../edges/engine/engine-info.ts";
import { type FoundEngine, NoEngine } from "../edges/engine/find-engine.ts";
import { describeEngine } from "../edges/host/describe-engine.ts";
import { describeEngineHost, loadOf, readCpuTimes, readHostFiles } from "../edges/host/engine-host.ts";
import {
  CPU_TIMES,
  cpusInUse,
  describeHost,
  freeBytes,
  loadAverage,
  readHostFile,
  swapsInUse,
  turbo,
} from "../edges/host/host.ts";
import { OWNER_LABEL } from "../edges/host/owner.ts";
import { coldProblem, openPageCache, UNSEEN_BY_SIDECAR } from "../edges/host/page-cache.ts";
import { openImageFiles } from "../edges/images/image-files.ts";
import type { ChosenProbe } from "../edges/probe/choose-probe.ts";
import { ownContainer } from "../edges/probe/own-container.ts";
import { tracefsProblem } from "../edges/probe/tracefs.ts";
import { TRACE_RESOLUTION_NS } from "../timeline/trace-line.ts";
import type { Facts } from "./diagnose.ts";

/** An engine with the probe chosen for it. */
export type EquippedEngine = FoundEngine & { readonly chosen: ChosenProbe };

/** @param image that the engine has, to try what it does not report; `undefined` when it has none */
export async function gatherFacts(found: EquippedEngine, image: string | undefined): Promise<Facts> {
  const { engine, chosen } = found;
  const facts = await engineFacts(found, image);
  return {
    engine: facts,
    root: isRoot(),
    probe: { ...chosen, name: chosen.probe.name, resolution: chosen.probe.resolution },
    cold: await coldFacts(found, image),
    ...(engine.local ? await thisMachine(facts.description.storage.data_root) : await anotherMachine(found)),
  };
}

/** Without an engine: the facts of the machine alone, and what a private engine on it would allow. */
export async function factsWithoutEngine(error: Error): Promise<Facts> {
  const startable = error instanceof NoEngine && error.startable;
  const probe = (): Facts["probe"] => {
    const problem = startable ? tracefsProblem() : "no engine";
    if (problem !== undefined) return { name: "events", resolution: 0, reason: problem, failures: [] };
    return { name: "tracefs", resolution: TRACE_RESOLUTION_NS, reason: "tried without an engine", failures: [] };
  };
  const cold = startable ? coldProblem(true) : "no engine";
  return {
    engine: { problem: error.message, startable },
    root: isRoot(),
    probe: probe(),
    cold: cold === undefined ? { unseen: undefined } : { problem: cold },
    ...(await thisMachine("")),
  };
}

const isRoot = (): boolean => getuid?.() === 0;

async function coldFacts({ engine, chosen: { sidecar } }: EquippedEngine, image: string | undefined): Promise<Facts["cold"]> {
  const problem = coldProblem(engine.local);
  if (problem !== undefined) return sidecar === undefined ? { problem } : { unseen: UNSEEN_BY_SIDECAR };
  if (image === undefined)
    return { unseen: "the page cache can be dropped; the engine has no image yet whose files could be looked up" };
  return openPageCache(openImageFiles(engine.docker), engine.local, [image], sidecar);
}

type MachineFacts = Pick<Facts, "host" | "load" | "cpusInUse" | "turbo" | "swaps" | "freeBytes">;

const thisMachine = async (dataRoot: string): Promise<MachineFacts> => ({
  host: describeHost(),
  load: loadAverage(),
  cpusInUse: await cpusInUse(async () => readHostFile(CPU_TIMES)),
  turbo: turbo(),
  swaps: swapsInUse(),
  freeBytes: freeBytes(dataRoot),
});

async function anotherMachine({ engine, chosen }: EquippedEngine): Promise<MachineFacts> {
  const read = await readHostFiles(chosen.sidecar);
  return {
    host: await describeEngineHost(engine, read),
    load: loadOf(read),
    cpusInUse: await cpusInUse(() => readCpuTimes(chosen.sidecar)),
    turbo: turbo(read),
    swaps: swapsInUse(read),
    freeBytes: null,
  };
}

async function engineFacts({ engine, source, private: isPrivate }: FoundEngine, image: string | undefined) {
  const { docker } = engine;
  const info = engineInfo.parse((await engine.ifAllowed(docker.info(), "the engine's settings are unknown")) ?? {});
  const running = await engine.ifAllowed(docker.listContainers(), "it is not known whether other containers run");
  return {
    description: await describeEngine(engine, image, isPrivate),
    source,
    runtimes: Object.keys(info.Runtimes ?? {}),
    running: (running ?? []).filter(({ Id, Labels }) => Id !== ownContainer() && Labels[OWNER_LABEL] === undefined).length,
  };
}
