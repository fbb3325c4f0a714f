/** CPU time as the kernel accounts it to processes that outlive a start: a witness against what the critical path tells of them. */
import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

/** In ns, by the names that the path gives the programs. */
export type CpuTimes = Readonly<Record<string, number>>;

/** Between two looks whether anything runs still. */
const PAUSE_MS = 2;
const MOST_LOOKS = 500;

/**
 * What a thread does on a processor is accounted when it leaves it, and at each tick: what runs on another processor is behind
 * by a tick, or by as long as a hypervisor kept that processor. So the accounts are read when none of the threads runs.
 *
 * @returns what reads the accounts of client, dockerd and containerd; it rejects where they do not come to rest
 */
export function cpuAccounts(dockerd: number): () => Promise<CpuTimes> {
  const containerd = childNamed(dockerd, "containerd");
  return async () => {
    for (let look = 0; [process.pid, dockerd, containerd].some(isOnProcessor); look += 1) {
      if (look === MOST_LOOKS) throw new Error("client, dockerd and containerd do not come to rest");
      await sleep(PAUSE_MS);
    }
    const { user, system } = process.cpuUsage();
    return { client: (user + system) * 1e3, dockerd: ofThreads(dockerd), containerd: ofThreads(containerd) };
  };
}

/** Whether a thread of it has a processor or waits for one; not the one that asks, whose account is up to date. */
const isOnProcessor = (pid: number): boolean =>
  threadsOf(pid).some(
    // The name before the state may hold anything, but it ends with the last parenthesis.
    (tid) => tid !== String(process.pid) && /^.*\) R /s.test(readFileSync(`/proc/${pid}/task/${tid}/stat`, "utf8")),
  );

/** Of the threads that live: they do not end while starts follow one another. */
const ofThreads = (pid: number): number =>
  threadsOf(pid).reduce((sum, tid) => sum + Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, "utf8").split(" ")[0]), 0);

const threadsOf = (pid: number): string[] => readdirSync(`/proc/${pid}/task`);

/** Any of its threads may have forked it. */
function childNamed(parent: number, name: string): number {
  const children = threadsOf(parent).flatMap((tid) =>
    readFileSync(`/proc/${parent}/task/${tid}/children`, "utf8")
      .split(" ")
      .filter((pid) => pid.trim() !== ""),
  );
  const found = children.find((pid) => readFileSync(`/proc/${pid}/comm`, "utf8").trim() === name);
  if (found === undefined) throw new Error(`process ${parent} has no child ${name}`);
  return Number(found);
}
