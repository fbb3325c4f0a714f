/** The folders on this machine that hold an image's files, one per layer, for any image store. */
import { existsSync, openSync, readFileSync, statSync } from "node:fs";
import { arch, pid as ownPid } from "node:process";
import type Docker from "dockerode";
import { removeContainer } from "../engine/remove-container.ts";
import { HELPER_LABEL, OWNER_LABEL, owner, ownerToken } from "../host/owner.ts";
import { type OverlayMount, overlayMounts } from "./overlay-mount.ts";
import { waitingProgramTar } from "./waiting-program.ts";

/** A path in bytes: no name of a file need be UTF-8. */
export type Path = Buffer;

/**
 * An engine that keeps images itself (overlay2) names their folders. With a containerd image store (Docker 29, and before by
 * configuration) none are named, and a container of the image is started whose root shows them.
 * @param look is given the folders. Where a container shows them, one or more hold nothing but the empty files that an engine
 *   makes for a container to mount on, and those of this one go with it: nothing non-empty that is found in them does.
 * @throws Error with the reason when they cannot be found
 */
export async function lookIntoLayers<T>(docker: Docker, image: string, look: (folders: readonly Path[]) => T): Promise<T> {
  const { GraphDriver, RootFS } = (await docker.getImage(image).inspect()) as {
    readonly GraphDriver?: { readonly Data?: Readonly<Record<string, string>> | null } | null;
    readonly RootFS?: { readonly Layers?: readonly string[] | null };
  };
  const data = GraphDriver?.Data ?? {};
  const named = [data.UpperDir ?? "", ...(data.LowerDir ?? "").split(":")].filter((folder) => folder !== "");
  if (named.length > 0 && named.every((folder) => existsSync(folder))) return look(named.map((folder) => Buffer.from(folder)));
  return (RootFS?.Layers ?? []).length === 0 ? look([]) : lookIntoContainer(docker, image, look);
}

async function lookIntoContainer<T>(docker: Docker, image: string, look: (folders: readonly Path[]) => T): Promise<T> {
  const program = `.tierbench-waits-${ownerToken}`;
  const tar = waitingProgramTar(program, arch);
  if (tar === undefined)
    throw new Error(`the engine does not name the folders of its layers, and on ${arch} no container shows them`);
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: [`/${program}`],
    Cmd: [],
    User: "0:0",
    WorkingDir: "/",
    Healthcheck: { Test: ["NONE"] },
    Labels: { [OWNER_LABEL]: owner, [HELPER_LABEL]: "layers" },
    HostConfig: { NetworkMode: "none" },
  });
  try {
    await container.putArchive(tar, { path: "/" });
    await container.start();
    const { Pid } = (await container.inspect()).State;
    const { root, mount } = mountOf(Pid, container.id, program);
    return look(mount.lower.map((folder) => reachable(root, folder)));
  } finally {
    await removeContainer(container);
  }
}

interface SeenMount {
  /** The root folder of the process that mounted it: an engine may have its own mount namespace. */
  readonly root: string;
  readonly mount: OverlayMount;
}

/** The container's root as its process shows it, or its parent, the shim, where a sandbox hides it. */
function mountOf(pid: number, id: string, program: string): SeenMount {
  const shim = Number(/^PPid:\s*(\d+)$/m.exec(readProcess(pid, "status"))?.[1] ?? 0);
  const root = `/proc/${shim}/root`;
  const mounts = [
    ...overlayMounts(readProcess(pid, "mountinfo")).filter(({ point }) => point === "/"),
    ...overlayMounts(readProcess(shim, "mountinfo")).filter(({ point }) => point.includes(id)),
  ];
  // Our program in its upper folder proves that the mount is this container's.
  const mount = mounts.find(({ upper }) => existsSync(bytes(`${root}${upper}/${program}`)));
  if (mount === undefined)
    throw new Error(
      mounts.length === 0
        ? "the root of a container of it is no overlay of folders (another storage driver or snapshotter)"
        : "the folders below a container of it are not on this machine",
    );
  return { root, mount };
}

function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch (cause) {
    throw new Error(`the process of a container of it is not seen here (process ${pid}: another pid namespace?)`, { cause });
  }
}

const bytes = (path: string): Path => Buffer.from(path, "latin1");

/** By its own name where that is the same folder here; else through a handle, which outlasts the shim and its namespace. */
function reachable(root: string, folder: string): Path {
  const there = statSync(bytes(root + folder), { bigint: true });
  const here = statSync(bytes(folder), { bigint: true, throwIfNoEntry: false });
  if (here?.dev === there.dev && here.ino === there.ino) return bytes(folder);
  return Buffer.from(`/proc/${ownPid}/fd/${openSync(bytes(root + folder), "r")}`);
}
