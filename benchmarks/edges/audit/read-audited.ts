/** Gathers what is audited: asks, and changes nothing. What cannot be had has a reason. */
import { readFileSync, statSync } from "node:fs";
import type Docker from "dockerode";
import type { z } from "zod";
import { firstIssue } from "../../../research/text/first-issue.ts";
import { type Audited, imageName } from "../../audit/audit.ts";
import type { Target } from "../../audit/audit-output.ts";
import { configurationFile, daemonConfiguration } from "../../audit/daemon-configuration.ts";
import {
  type ContainerFacts,
  containerFacts,
  type DaemonConfiguration,
  type EngineFacts,
  engineInfo,
  type ImageFacts,
  imageFacts,
  type Unseen,
} from "../../audit/facts.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { parseEngineUrl } from "../engine/engine-url.ts";
import { readComponents } from "../host/engine-components.ts";
import { servingProcess } from "./dockerd-process.ts";

/** Of an image there are two questions; Node warns of more than ten that wait for one interrupt. */
const AT_A_TIME = 4;

/** @throws Error when the engine does not tell which containers and images there are */
export async function readAudited(engine: DockerEngine, signal: AbortSignal): Promise<Audited> {
  const { docker } = engine;
  const [running, listed] = await Promise.all([docker.listContainers(), docker.listImages()]);
  const containers = await inTurn(running, signal, async ({ Id, Names }) => {
    const name = Names?.[0]?.replace(/^\//, "") ?? Id.slice(0, 12);
    return inspected(containerFacts, () => docker.getContainer(Id).inspect(), { kind: "container", id: Id, name });
  });
  const images = await inTurn(listed, signal, async ({ Id, RepoTags }) =>
    inspected(imageFacts, () => imageWithHistory(docker, Id), {
      ...{ kind: "image", id: Id },
      name: imageName({ Id, RepoTags: RepoTags ?? [] }),
    }),
  );
  return {
    engine: await readEngine(engine),
    containers: containers.flatMap((one): ContainerFacts[] => ("facts" in one ? [one.facts] : [])),
    images: images.flatMap((one): ImageFacts[] => ("facts" in one ? [one.facts] : [])),
    lost: [...containers, ...images].flatMap((one) => ("reason" in one ? [one] : [])),
  };
}

async function imageWithHistory(docker: Docker, id: string): Promise<unknown> {
  const image = docker.getImage(id);
  const [inspect, History] = await Promise.all([image.inspect(), image.history()]);
  return { ...inspect, History };
}

type Looked<T> = { readonly facts: T } | { readonly target: Target; readonly reason: string };

/** Between the list and the question it may have ended. */
async function inspected<T extends z.ZodType>(
  facts: T,
  ask: () => Promise<unknown>,
  target: Target,
): Promise<Looked<z.output<T>>> {
  let said: unknown;
  try {
    said = await ask();
  } catch (error) {
    const gone = (error as { readonly statusCode?: number }).statusCode === 404;
    return { target, reason: gone ? "it was removed while it was looked at" : (error as Error).message };
  }
  const parsed = facts.safeParse(said);
  if (parsed.success) return { facts: parsed.data };
  return { target, reason: `the engine's description of it is not understood: ${firstIssue(parsed.error)}` };
}

/** A few at a time: an engine may have hundreds. */
export async function inTurn<T, R>(
  all: readonly T[],
  signal: AbortSignal | undefined,
  ask: (one: T) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  for (let index = 0; index < all.length; index += AT_A_TIME) {
    signal?.throwIfAborted();
    answers.push(...(await Promise.all(all.slice(index, index + AT_A_TIME).map(ask))));
  }
  return answers;
}

async function readEngine(engine: DockerEngine): Promise<EngineFacts> {
  const { docker } = engine;
  const [info, version, bridge] = await Promise.all([
    asked(async () => engineInfo.parse(await docker.info())),
    asked(async () => docker.version()),
    asked(async () => icc(await docker.getNetwork("bridge").inspect())),
  ]);
  const components = "unseen" in version ? {} : readComponents(version.Components ?? []);
  const kernel = "unseen" in info ? {} : { kernel: info.KernelVersion };
  const address = parseEngineUrl(engine.url, "the engine");
  return {
    ...{ info, bridge, versions: { ...components, ...kernel } },
    configuration: seen(() => readConfiguration(engine)),
    socket: seen(() => {
      if (address.kind !== "socket") return { unseen: "the engine was not reached by a socket of this machine" };
      return { path: address.path, mode: statSync(address.path).mode };
    }),
    reachedBy: address.kind === "tcp" && isSecured(docker) ? "tls" : address.kind,
  };
}

/** docker-modem knows, its types do not. */
const isSecured = ({ modem }: Docker): boolean => (modem as { readonly protocol?: string }).protocol === "https";

/** Docker turns it on where nobody says otherwise, and then says so. */
const icc = (network: { readonly Options?: Readonly<Record<string, string>> | null | undefined }): { icc: boolean } => ({
  icc: network.Options?.["com.docker.network.bridge.enable_icc"] !== "false",
});

function readConfiguration(engine: DockerEngine): DaemonConfiguration | Unseen {
  const address = parseEngineUrl(engine.url, "the engine");
  if (!engine.local || address.kind !== "socket")
    return { unseen: "the engine's own configuration is on another machine: run tierbench there" };
  const pid = servingProcess(address.path, "dockerd");
  const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(1, -1);
  return daemonConfiguration(words, fileOf(pid, configurationFile(words)));
}

/** As the process sees it, which may have a root folder of its own. */
function fileOf(pid: number, path: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/root${path}`, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function asked<T>(ask: () => Promise<T>): Promise<T | Unseen> {
  try {
    return await ask();
  } catch (error) {
    return { unseen: (error as Error).message };
  }
}

function seen<T>(look: () => T | Unseen): T | Unseen {
  try {
    return look();
  } catch (error) {
    return { unseen: (error as Error).message };
  }
}
