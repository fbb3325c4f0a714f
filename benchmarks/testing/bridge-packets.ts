/** For tests: what went through the engine's default bridge. */

import type { ContainerSettings } from "../design/ports.ts";
import { IdleContainers } from "../workloads/idle-containers.ts";
import { python } from "../workloads/workload.ts";
import type { TestLaboratory } from "./laboratory.ts";

/** What a Python expression says in a container. */
export async function asked({ laboratory, wired: engine }: TestLaboratory, expression: string, settings: ContainerSettings) {
  const { images } = laboratory;
  await using container = new IdleContainers(engine);
  const command = python(`mark(${expression}); time.sleep(60)`);
  await container.resize(1, { image: images.python, command, settings }, new AbortController().signal);
  const gateway = settings.network === undefined ? await engine.gatewayOf(container.ids[0] ?? "") : "";
  return { said: (container.announced[0] ?? "").trim(), gateway };
}

/** Packets that the bridge has handed to its host. */
export async function throughBridge(lab: TestLaboratory): Promise<number> {
  const { said } = await asked(lab, "open('/proc/net/dev').read().split('docker0:')[1].split()[1]", { network: "host" });
  return Number(said);
}
