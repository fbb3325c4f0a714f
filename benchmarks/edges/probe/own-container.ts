/** The container that this process runs in, if any. */
import { readFileSync } from "node:fs";
import process from "node:process";
import type Docker from "dockerode";

/** Engines mount files of their own into a container, such as its /etc/hostname, from a folder that is named after its id. */
const OWN_FOLDER = /containers\/([0-9a-f]{64})\//;

/** Its id; `undefined` outside of one, or where the engine does not show it. */
export function ownContainer(): string | undefined {
  try {
    return OWN_FOLDER.exec(readFileSync("/proc/self/mountinfo", "utf8"))?.[1];
  } catch {
    return undefined; // no Linux
  }
}

/**
 * Does the engine run this process in a container that sees the host's processes (`--pid host`)? Then the engine is on this
 * kernel, though the container has another host name: both know the container's first process by the same number.
 */
export async function isInContainerOf(docker: Docker): Promise<boolean> {
  try {
    const id = ownContainer();
    if (id === undefined) return false;
    const { State } = await docker.getContainer(id).inspect();
    return ancestors(process.pid).includes(State.Pid);
  } catch {
    return false; // another engine's container
  }
}

/** With the process itself, as far as /proc shows them. */
function ancestors(pid: number): number[] {
  const [, parent] = /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return parent === undefined || parent === "0" ? [pid] : [pid, ...ancestors(Number(parent))];
}
