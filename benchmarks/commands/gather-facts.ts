/** Asks engine, kernel and machine for what the diagnosis is made of. */
import { getuid } from "node:process";
import { engineInfo } from "../edges/engine/engine-info.ts";
import type { FoundEngine } from "../edges/engine/find-engine.ts";
import { describeEngine } from "../edges/host/describe-engine.ts";
import { describeEngineHost, loadOf, readHostFiles } from "../edges/host/engine-host.ts";
import { describeHost, freeBytes, loadAverage, swapsInUse, turbo } from "../edges/host/host.ts";
import { OWNER_LABEL } from "../edges/host/owner.ts";
import { coldProblem, UNSEEN_BY_SIDECAR } from "../edges/host/page-cache.ts";
import type { ChosenProbe } from "../edges/probe/choose-probe.ts";
import type { Facts } from "./diagnose.ts";

/** @param found an engine with the probe chosen for it, or why there is none */
export async function gatherFacts(found: (FoundEngine & { readonly chosen: ChosenProbe }) | Error): Promise<Facts> {
  const root = getuid?.() === 0;
  if (found instanceof Error) {
    const none = { name: "events", resolution: 0, reason: "no engine" } as const;
    return { engine: { problem: found.message }, root, probe: none, cold: { problem: "no engine" }, ...thisMachine("") };
  }
  const { engine, chosen } = found;
  const facts = await engineFacts(found);
  return {
    engine: facts,
    root,
    probe: { name: chosen.probe.name, resolution: chosen.probe.resolution, reason: chosen.reason },
    cold: coldFacts(engine.local, chosen.sidecar),
    ...(engine.local ? thisMachine(facts.description.storage.data_root) : await anotherMachine(found)),
  };
}

function coldFacts(engineIsLocal: boolean, sidecar: ChosenProbe["sidecar"]): Facts["cold"] {
  const problem = coldProblem(engineIsLocal);
  if (problem === undefined) return { unseen: undefined };
  return sidecar === undefined ? { problem } : { unseen: UNSEEN_BY_SIDECAR };
}

type MachineFacts = Pick<Facts, "host" | "load" | "turbo" | "swaps" | "freeBytes">;

const thisMachine = (dataRoot: string): MachineFacts => ({
  host: describeHost(),
  load: loadAverage(),
  turbo: turbo(),
  swaps: swapsInUse(),
  freeBytes: freeBytes(dataRoot),
});

async function anotherMachine({ engine, chosen }: FoundEngine & { readonly chosen: ChosenProbe }): Promise<MachineFacts> {
  const read = await readHostFiles(chosen.sidecar);
  return {
    host: await describeEngineHost(engine.docker, read),
    load: loadOf(read),
    turbo: turbo(read),
    swaps: swapsInUse(read),
    freeBytes: null,
  };
}

async function engineFacts({ engine, source, private: isPrivate }: FoundEngine) {
  const info = engineInfo.parse(await engine.docker.info());
  const running = await engine.docker.listContainers();
  return {
    description: await describeEngine(engine.docker, engine.local, isPrivate),
    source,
    runtimes: Object.keys(info.Runtimes ?? {}),
    running: running.filter(({ Labels }) => Labels[OWNER_LABEL] === undefined).length,
  };
}
