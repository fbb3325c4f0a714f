/** A container or an image, part by part. Asks and reads, and changes nothing; what cannot be seen has a reason. */
import process from "node:process";
import type Docker from "dockerode";
import * as z from "zod";
import { IMAGE_SIZES } from "../../../research/protocol.ts";
import { containerName, imageName } from "../../audit/audit.ts";
import type { Unseen } from "../../audit/facts.ts";
import { INSPECT_SCHEMA, type InspectOutput } from "../../inspect/inspect-output.ts";
import { type Namespaces, sharedNamespaces } from "../../inspect/process/namespaces.ts";
import { servingProcess } from "../audit/dockerd-process.ts";
import { inTurn } from "../audit/read-audited.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { parseEngineUrl } from "../engine/engine-url.ts";
import type { CgroupFolders } from "../host/cgroup-accounting.ts";
import { filesInFolders } from "../images/files-in-folders.ts";
import { localReference } from "../images/images.ts";
import type { Path } from "../images/layer-folders.ts";
import { overlayMounts } from "../images/overlay-mount.ts";
import { look } from "./look.ts";
import { cachedIn, foldersHere, type InspectedImage, inspectedImage, namedFolders, readLayers } from "./read-layers.ts";
import {
  foldersOf,
  interfacesOf,
  mountsOf,
  namespacesOf,
  processIds,
  readMountinfo,
  readProcesses,
  residentOf,
  stateOf,
} from "./read-process.ts";
import { type WatchedCalls, watchCalls } from "./watch-calls.ts";

const inspectedContainer = z.object({
  Id: z.string(),
  Name: z.string().default(""),
  Image: z.string(),
  Config: z.object({ Image: z.string().default("") }),
  State: z.object({ Status: z.string().default("unknown"), Pid: z.int().default(0), StartedAt: z.string().nullish() }),
  GraphDriver: z.object({ Name: z.string().nullish(), Data: z.record(z.string(), z.string()).nullish() }).nullish(),
  NetworkSettings: z.object({
    Ports: z.record(z.string(), z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullish()).nullish(),
  }),
});
type Container = z.infer<typeof inspectedContainer>;

/** PROC_PID_INIT_INO of linux/proc_ns.h */
const FIRST_PID_NAMESPACE = 4_026_531_836;

const OF_AN_IMAGE = "an image has none: inspect a container of it";

interface Watching {
  readonly seconds: number;
  /** Called where there is something to watch, before that is done. */
  readonly begun: () => void;
}

/** @param watching system calls; `undefined`: they are not watched */
export async function inspectTarget(
  engine: DockerEngine,
  name: string,
  watching: Watching | undefined,
  signal: AbortSignal,
): Promise<InspectOutput> {
  const { docker } = engine;
  const container = await found(docker.getContainer(name).inspect());
  if (container !== undefined) return inspectContainer(engine, inspectedContainer.parse(container), watching, signal);
  const image = (await found(docker.getImage(name).inspect())) ?? (await ours(docker, name));
  if (image !== undefined) return inspectImage(engine, inspectedImage.parse(image), watching, signal);
  throw new Error(`the engine has neither a container nor an image ${JSON.stringify(name)}`);
}

/** `small`, as every other command calls it. */
const ours = async (docker: DockerEngine["docker"], name: string) =>
  IMAGE_SIZES.some((size) => size === name) ? found(docker.getImage(localReference(name)).inspect()) : undefined;

/** `undefined` where there is none; a name that the engine cannot read is none, too. */
const found = (asked: Promise<unknown>): Promise<unknown> =>
  asked.catch((error: { readonly statusCode?: number }) => {
    if (error.statusCode === 404 || error.statusCode === 400) return undefined;
    throw error;
  });

async function inspectImage(
  engine: DockerEngine,
  image: InspectedImage,
  watching: Watching | undefined,
  signal: AbortSignal,
): Promise<InspectOutput> {
  const named = namedFolders(image.GraphDriver?.Data ?? {}, false);
  const folders = foldersHere(named);
  const none = { unseen: OF_AN_IMAGE };
  return {
    schema: INSPECT_SCHEMA,
    target: { kind: "image", id: image.Id, name: nameOf(image), image: nameOf(image), state: null, started: null },
    layers: await look(() => readLayers(engine.docker, image, folders), signal),
    storage: { driver: image.GraphDriver?.Name ?? "unknown", lower: named, upper: null, work: null, merged: null, written: null },
    ...{
      processes: none,
      namespaces: none,
      cgroup: none,
      mounts: none,
      network: none,
      system_calls: watching === undefined ? null : none,
    },
    page_cache: await look(() => pageCache(engine, folders, undefined, []), signal),
  };
}

const nameOf = ({ Id, RepoTags }: InspectedImage): string => imageName({ Id, RepoTags: RepoTags ?? [] });

async function inspectContainer(
  engine: DockerEngine,
  container: Container,
  watching: Watching | undefined,
  signal: AbortSignal,
): Promise<InspectOutput> {
  const { docker } = engine;
  const { Id, State } = container;
  const image = await look(async () => inspectedImage.parse(await docker.getImage(container.Image).inspect()), signal);
  const away = absence(engine, State);
  const cgroup: CgroupFolders | Unseen = away ?? (await look(() => foldersOf(State.Pid, Id)));
  /** Of the running process, where it is seen to be this container's. */
  const ofProcess = <T>(at: (folders: CgroupFolders) => T | Promise<T>): Promise<T | Unseen> =>
    look(() => ("unseen" in cgroup ? cgroup : at(cgroup)), signal);
  const storage = await look(() => storageOf(engine, container), signal);
  const folders = "unseen" in storage ? undefined : storage.layers;
  const pids = await ofProcess(processIds);
  const dockerd = dockerdOf(engine);
  return {
    schema: INSPECT_SCHEMA,
    target: {
      ...{ kind: "container", id: Id, name: containerName(container), image: container.Config.Image, state: State.Status },
      started: State.StartedAt ?? null,
    },
    layers: await look(() => ("unseen" in image ? image : readLayers(docker, image, folders)), signal),
    storage: "unseen" in storage ? storage : storage.told,
    processes: await ofProcess((own) => readProcesses(processIds(own), State.Pid)),
    namespaces: await ofProcess(async () => sharedNamespaces(namespacesOf(State.Pid), await others(docker, Id, dockerd))),
    cgroup: await ofProcess(stateOf),
    mounts: await ofProcess(() => mountsOf(State.Pid)),
    network: {
      interfaces: await ofProcess(() => interfacesOf(State.Pid, dockerd)),
      published: publishedOf(container),
    },
    page_cache: await look(() => pageCache(engine, folders, Id, "unseen" in pids ? [] : pids), signal),
    system_calls: watching === undefined ? null : await ofProcess((own) => watched(processIds(own), watching, signal)),
  };
}

function watched(pids: readonly number[], { seconds, begun }: Watching, signal: AbortSignal): Promise<WatchedCalls> {
  begun();
  return watchCalls(pids, seconds, signal);
}

/** Why its process cannot be looked at. */
function absence({ local }: DockerEngine, { Pid, Status }: Container["State"]): Unseen | undefined {
  if (Pid === 0) return { unseen: `the container does not run (${Status})` };
  return local
    ? undefined
    : { unseen: "the engine's host is another machine, or its kernel is not seen from here: run tierbench there" };
}

const publishedOf = ({ NetworkSettings }: Container) =>
  Object.entries(NetworkSettings.Ports ?? {}).flatMap(([port, bindings]) =>
    (bindings ?? []).map(({ HostIp, HostPort }) => ({ port, address: HostIp, host_port: HostPort })),
  );

/** dockerd's process, where it serves a socket of this machine. */
function dockerdOf(engine: DockerEngine): number | undefined {
  const address = parseEngineUrl(engine.url, "the engine");
  if (!engine.local || address.kind !== "socket") return undefined;
  try {
    return servingProcess(address.path, "dockerd");
  } catch {
    return undefined;
  }
}

/** With whom namespaces may be shared: the machine, the engine where it has its own, the other running containers. */
async function others(docker: Docker, id: string, dockerd: number | undefined): Promise<Map<string, Namespaces>> {
  const seen = new Map<string, Namespaces>();
  const add = (name: string, pid: number): void => {
    try {
      seen.set(name, namespacesOf(pid));
    } catch {
      // It has ended, or may not be looked at: nothing is known to be shared with it.
    }
  };
  add("host", 1);
  // It may not be looked at; whoever is in the machine's first pid namespace is in its others, too, as a rule.
  if (!seen.has("host") && namespacesOf(process.pid).pid === FIRST_PID_NAMESPACE) add("host", process.pid);
  if (!seen.has("host")) throw new Error("the machine's own namespaces may not be looked at, with which they are compared");
  if (dockerd !== undefined) add("engine", dockerd);
  const [host, engine] = [seen.get("host"), seen.get("engine")];
  // What the engine itself shares with the machine is told once.
  if (host !== undefined && engine !== undefined)
    seen.set(
      "engine",
      Object.fromEntries(Object.entries(engine).filter(([kind, inode]) => host[kind as keyof Namespaces] !== inode)),
    );
  for (const other of await running(docker)) if (other.Id !== id) add(containerName(other), other.State.Pid);
  return seen;
}

/** Those that can still be asked. */
async function running(docker: Docker): Promise<Container[]> {
  const listed = await docker.listContainers();
  const asked = await inTurn(listed, undefined, ({ Id }) =>
    docker
      .getContainer(Id)
      .inspect()
      .catch(() => undefined),
  );
  return asked.flatMap((one): Container[] => {
    const parsed = inspectedContainer.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });
}

interface SeenStorage {
  readonly told: Exclude<InspectOutput["storage"], Unseen>;
  /** The image's, the topmost first. */
  readonly layers: Path[] | undefined;
}

function storageOf(engine: DockerEngine, { GraphDriver, State }: Container): SeenStorage {
  const data = GraphDriver?.Data ?? {};
  const driver = GraphDriver?.Name ?? "unknown";
  if (data.LowerDir !== undefined) {
    const { UpperDir = null, WorkDir = null, MergedDir = null } = data;
    const lower = data.LowerDir.split(":");
    const told = {
      driver,
      lower,
      upper: UpperDir,
      work: WorkDir,
      merged: MergedDir,
      written: UpperDir === null ? null : written(UpperDir),
    };
    return { told, layers: engine.local ? foldersHere(namedFolders(data, true)) : undefined };
  }
  // containerd keeps the images: the root of the running process shows its folders.
  const [mount] =
    engine.local && State.Pid !== 0 ? overlayMounts(readMountinfo(State.Pid)).filter(({ point }) => point === "/") : [];
  if (mount === undefined) throw new Error("the engine names no folders, and no running process shows them");
  const lower = mount.lower.map((folder) => Buffer.from(folder, "latin1").toString("utf8"));
  const upper = Buffer.from(mount.upper, "latin1").toString("utf8");
  const layers = foldersHere(lower.slice(1));
  return { told: { driver, lower, upper, work: null, merged: null, written: written(upper) }, layers };
}

function written(upper: string): { files: number; bytes: number } | null {
  const here = foldersHere([upper]);
  if (here === undefined) return null;
  const { files } = filesInFolders(here);
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** @param folders of the layers @param id of the container itself @param pids its processes */
async function pageCache(
  engine: DockerEngine,
  folders: readonly Path[] | undefined,
  id: string | undefined,
  pids: readonly number[],
): Promise<InspectOutput["page_cache"]> {
  if (folders === undefined)
    return { unseen: "the folders of its layers are not on this machine, or the engine names none (a containerd image store)" };
  const cached = cachedIn(folders);
  const names = folders.map((folder) => folder.toString("utf8"));
  const users = (await running(engine.docker)).filter((one) => one.Id !== id && one.State.Pid !== 0);
  const theirs = users.map((user) => ({ user, folders: namedFolders(user.GraphDriver?.Data ?? {}, true) }));
  const shared_with = theirs.flatMap(({ user, folders: used }) => {
    const common = names.flatMap((folder, index) => (used.includes(folder) ? (cached[index]?.cached ?? 0) : []));
    if (common.length === 0) return [];
    return [{ container: containerName(user), cached_bytes: common.reduce((sum, bytes) => sum + bytes, 0) }];
  });
  // Where none is named, as with a containerd image store, nobody knows.
  const isKnown = theirs.every(({ folders: used }) => used.length > 0);
  return {
    file_bytes: cached.reduce((sum, { bytes }) => sum + bytes, 0),
    cached_bytes: cached.reduce((sum, one) => sum + one.cached, 0),
    shared_with: isKnown ? shared_with : null,
    ...(pids.length === 0 ? { rss_bytes: null, pss_bytes: null } : residentOf(pids)),
  };
}
