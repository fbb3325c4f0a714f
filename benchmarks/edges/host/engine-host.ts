/** The host of a remote engine: as the engine reports it, and as a helper reads it. */
import { randomUUID } from "node:crypto";
import { version as nodeVersion } from "node:process";
import * as z from "zod";
import type { Host } from "../../../research/manifest.ts";
import type { DockerEngine } from "../engine/docker.ts";
import type { Sidecar } from "../probe/sidecar.ts";
import { CPU_TIMES, cpuGovernor, HOST_FILES, type ReadHostFile } from "./host.ts";

const LOAD = "/proc/loadavg";
const CPUS = "/proc/cpuinfo";

/** The files of the engine's host that its description and diagnosis need; none without a helper. */
export const readHostFiles = (sidecar: Sidecar | undefined): Promise<ReadHostFile> =>
  readFiles(sidecar, [LOAD, CPUS, ...HOST_FILES]);

export const readCpuTimes = async (sidecar: Sidecar | undefined): Promise<string | null> =>
  (await readFiles(sidecar, [CPU_TIMES]))(CPU_TIMES);

async function readFiles(sidecar: Sidecar | undefined, files: readonly string[]): Promise<ReadHostFile> {
  if (sidecar === undefined) return () => null;
  const word = randomUUID();
  const { lines } = await sidecar.ask(`show ${word} ${files.join(" ")}`, (line) => line === `${word} end`);
  const contents = new Map<string, string[]>();
  let content: string[] = [];
  for (const line of lines) {
    if (line.startsWith(`${word} file `)) {
      content = [];
      contents.set(line.slice(`${word} file `.length), content);
    } else content.push(line);
  }
  return (file) => contents.get(file)?.join("\n").trim() ?? null;
}

export function loadOf(read: ReadHostFile): [number, number, number] | null {
  const match = /^(\d+\.\d+) (\d+\.\d+) (\d+\.\d+) /.exec(read(LOAD) ?? "");
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3])];
}

const info = z.object({
  OperatingSystem: z.string().default("unknown"),
  KernelVersion: z.string().default("unknown"),
  Architecture: z.string().default("unknown"),
  NCPU: z.int().default(0),
  MemTotal: z.int().default(0),
  CgroupVersion: z.string().default("unknown"),
});

/** Node's names, as for a host that is this machine. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: "x64", aarch64: "arm64" };

export async function describeEngineHost(engine: DockerEngine, read: ReadHostFile): Promise<Host> {
  const said = info.parse((await engine.ifAllowed(engine.docker.info(), "the engine's host is not known")) ?? {});
  const cpu = read(CPUS) ?? "";
  return {
    os: said.OperatingSystem,
    kernel: said.KernelVersion,
    architecture: ARCHITECTURES[said.Architecture] ?? said.Architecture,
    cpu: /^model name\s*: (.*)$/m.exec(cpu)?.[1] ?? "unknown",
    cpu_count: said.NCPU,
    memory_bytes: said.MemTotal,
    cgroup_version: said.CgroupVersion,
    governor: cpuGovernor(read),
    virtualisation: /^flags\s*:.*\bhypervisor\b/m.test(cpu) ? "some hypervisor (CPU flag)" : null,
    node: nodeVersion,
  };
}
