/** On which device the engine keeps images and containers. */
import { existsSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EngineDescription } from "../../../research/manifest.ts";
import { readHostFile } from "./host.ts";

type Storage = EngineDescription["storage"];

/** @param root where the engine says that its data lies; empty where it does not */
export const storageOf = (root: string): Storage => onMount(root, existsSync(root) ? mountOf(realpathSync(root)) : undefined);

/**
 * Where a containerd store keeps a layer, which need not be below the engine's own root (Docker joins the containerd of the
 * system, with its images in /var/lib/containerd).
 * @param layer one of its folders; a handle below /proc where the engine has its own mount namespace
 */
export function storageOfLayer(root: string, layer: Buffer): Storage {
  const path = realpathSync(layer);
  const [store] = path.split("/snapshots/") as [string];
  // A path of another mount namespace means nothing here: then the device alone tells the mount.
  const mount = isSame(path, layer) ? mountOf(path) : mountOfDevice(layer);
  return onMount(path.startsWith(`${root}/`) ? root : store, mount);
}

/** A line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
interface Mount {
  /** MAJOR:MINOR */
  readonly id: string;
  readonly point: string;
  readonly type: string;
  readonly device: string;
}

const onMount = (data_root: string, mount: Mount | undefined): Storage => ({
  data_root,
  device: mount?.device ?? null,
  file_system: mount?.type ?? null,
  rotational: mount === undefined ? null : rotational(mount.id),
});

function mounts(): Mount[] {
  return (readHostFile("/proc/self/mountinfo") ?? "").split("\n").flatMap((entry) => {
    const match = /^\d+ \d+ (\d+:\d+) \S+ (\S+) .* - (\S+) (\S+)/.exec(entry);
    if (match === null) return [];
    const [, id, point, type, device] = match as unknown as [string, string, string, string, string];
    return [{ id, point, type, device }];
  });
}

/** The mount that holds a file. */
const mountOf = (path: string): Mount | undefined =>
  mounts()
    .filter(({ point }) => path === point || path.startsWith(point.endsWith("/") ? point : `${point}/`))
    .sort((a, b) => a.point.length - b.point.length)
    .at(-1);

function mountOfDevice(file: Buffer): Mount | undefined {
  // As makedev(3) puts both into one number.
  const device = statSync(file, { bigint: true }).dev;
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfffff000n);
  const minor = (device & 0xffn) | ((device >> 12n) & 0xffffff00n);
  return mounts().find(({ id }) => id === `${major}:${minor}`);
}

function isSame(path: string, file: Buffer): boolean {
  const [here, there] = [statSync(path, { bigint: true, throwIfNoEntry: false }), statSync(file, { bigint: true })];
  return here?.dev === there.dev && here.ino === there.ino;
}

/** A partition's queue is its disk's, one folder up. */
function rotational(deviceId: string): boolean | null {
  const link = `/sys/dev/block/${deviceId}`;
  if (!existsSync(link)) return null;
  const device = join(dirname(link), readlinkSync(link));
  const flag = readHostFile(join(device, "queue/rotational")) ?? readHostFile(join(device, "../queue/rotational"));
  return flag === null ? null : flag === "1";
}
