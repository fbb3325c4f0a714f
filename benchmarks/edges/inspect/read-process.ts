/** What the kernel of this machine tells of a running container's processes. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { InspectOutput } from "../../inspect/inspect-output.ts";
import { type CgroupState, cgroupState } from "../../inspect/process/cgroup-state.ts";
import { type NetworkInterface, networkInterfaces } from "../../inspect/process/links.ts";
import { readMounts, type SeenMount } from "../../inspect/process/mounts.ts";
import { inodeOf, NAMESPACE_KINDS, type Namespaces } from "../../inspect/process/namespaces.ts";
import { readProcessStatus } from "../../inspect/process/process-status.ts";
import { withoutSecrets } from "../../inspect/without-secrets.ts";
import { type CgroupFolders, cgroupFolders, residentPages } from "../host/cgroup-accounting.ts";

type Process = Exclude<InspectOutput["processes"], { unseen: string }>[number];

const read = (path: string): string => readFileSync(path, "utf8");

/** @throws Error where the process is no longer the container's */
export const foldersOf = (pid: number, id: string): CgroupFolders => cgroupFolders(read, pid, id);

/** Every process in the cgroup and those below it. */
export function processIds(folders: CgroupFolders): number[] {
  const folder = folders.get("pids") ?? folders.get("") ?? [...folders.values()][0];
  return folder === undefined ? [] : below(folder).toSorted((a, b) => a - b);
}

function below(folder: string): number[] {
  const own = read(join(folder, "cgroup.procs"))
    .split("\n")
    .filter((line) => line !== "");
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...own.map(Number), ...folders.flatMap(({ name }) => below(join(folder, name)))];
}

/** Those that end meanwhile are left out. The container's first comes first. */
export function readProcesses(pids: readonly number[], first: number): Process[] {
  return [first, ...pids.filter((pid) => pid !== first)].flatMap((pid): Process[] => {
    try {
      return [readProcess(pid)];
    } catch (error) {
      if (pid !== first && hasEnded(error)) return [];
      throw error;
    }
  });
}

function readProcess(pid: number): Process {
  const { ppid, pidInside, uid, gid, threads, name, capabilities, seccomp, seccompFilters, noNewPrivileges } = readProcessStatus(
    read(`/proc/${pid}/status`),
  );
  const command = read(`/proc/${pid}/cmdline`).split("\0").join(" ").trim();
  return {
    ...{ pid, ppid, pid_inside: pidInside, uid, gid, threads, name, command: withoutSecrets(command), capabilities, seccomp },
    ...{ seccomp_filters: seccompFilters, no_new_privileges: noNewPrivileges, confinement: confinementOf(pid) },
  };
}

/** A kernel without a security module has the file, and refuses to read it. */
function confinementOf(pid: number): string | null {
  for (const file of ["apparmor/current", "current"]) {
    try {
      const label = read(`/proc/${pid}/attr/${file}`).replaceAll("\0", "").trim();
      if (label !== "") return label;
    } catch {
      // The next, or none.
    }
  }
  return null;
}

/** @throws Error where it may not be looked at, or has ended */
export function namespacesOf(pid: number): Namespaces {
  const present = readdirSync(`/proc/${pid}/ns`);
  return Object.fromEntries(
    NAMESPACE_KINDS.filter((kind) => present.includes(kind)).flatMap((kind) => {
      const inode = inodeOf(readlinkSync(`/proc/${pid}/ns/${kind}`));
      return inode === undefined ? [] : [[kind, inode] as const];
    }),
  );
}

/** Each character a byte: names of folders need not be UTF-8. */
export const readMountinfo = (pid: number): string => readFileSync(`/proc/${pid}/mountinfo`, "latin1");

export const mountsOf = (pid: number): SeenMount[] => readMounts(read(`/proc/${pid}/mountinfo`));

export function stateOf(folders: CgroupFolders): CgroupState & { readonly folder: string } {
  const look = (path: string): string | undefined => {
    try {
      return read(path);
    } catch {
      return undefined;
    }
  };
  const folder = folders.get("memory") ?? folders.get("") ?? [...folders.values()][0] ?? "";
  return { ...cgroupState(look, folders), folder };
}

/** @param engine dockerd's process, on whose side the other ends are */
export function interfacesOf(pid: number, engine: number | undefined): NetworkInterface[] {
  const inside = addresses(pid);
  return networkInterfaces(inside, engine === undefined ? undefined : addresses(engine));
}

function addresses(pid: number): string {
  try {
    return execFileSync("nsenter", [`--net=/proc/${pid}/ns/net`, "ip", "-json", "-details", "address"], {
      ...{ encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 64 << 20 },
    });
  } catch (error) {
    const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === "ENOENT") throw new Error("nsenter (util-linux) is missing here");
    throw new Error(`the network of process ${pid} cannot be entered: ${stderr?.trim().split("\n").at(-1) ?? message}`);
  }
}

/** Resident pages of all that are still there; `null` where one does not tell. */
export function residentOf(pids: readonly number[]): { readonly rss_bytes: number | null; readonly pss_bytes: number | null } {
  let [rss_bytes, pss_bytes] = [0, 0];
  for (const pid of pids) {
    try {
      const pages = residentPages(read, pid);
      rss_bytes += pages.rss_bytes;
      pss_bytes += pages.pss_bytes;
    } catch (error) {
      if (!hasEnded(error)) return { rss_bytes: null, pss_bytes: null };
    }
  }
  return { rss_bytes, pss_bytes };
}

const hasEnded = (error: unknown): boolean => ["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "");
