/** This machine's kernel accounting of a running container. */
import { readFileSync } from "node:fs";
import { hrtime } from "node:process";
import { clockNs } from "../../../research/units.ts";
import type { Accounts } from "../../design/ports.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { cgroupFolders, cpuUsage, memoryCharges, residentPages, throttling } from "./cgroup-accounting.ts";

const read = (path: string): string => readFileSync(path, "utf8");

/** @throws on each reading, when the engine's kernel is not this machine's or lacks the files */
export const openAccounts = (engine: DockerEngine): Accounts => ({
  cpu: async (id) => {
    const folders = cgroupFolders(read, await processOf(engine, id), id);
    const before = hrtime.bigint();
    const usage = cpuUsage(read, folders);
    const after = hrtime.bigint();
    return {
      at: clockNs((before + after) / 2n),
      error: Number((after - before + 1n) / 2n),
      usage,
      limit: throttling(read, folders),
    };
  },
  memory: async (id) => {
    const folders = cgroupFolders(read, await processOf(engine, id), id);
    const { processes, ...charged } = memoryCharges(read, folders);
    const pages = processes.map((pid) => residentPages(read, pid));
    const sum = (key: "rss_bytes" | "pss_bytes"): number => pages.reduce((all, one) => all + one[key], 0);
    return { rss_bytes: sum("rss_bytes"), pss_bytes: sum("pss_bytes"), ...charged };
  },
});

async function processOf(engine: DockerEngine, id: string): Promise<number> {
  if (!engine.local) throw new Error("the engine runs on another kernel: run tierbench on the engine's host");
  const { Pid } = (await engine.docker.getContainer(id).inspect()).State;
  if (Pid === 0) throw new Error("the container is no longer running");
  return Pid;
}
