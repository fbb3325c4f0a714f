/** CPU time as the kernel accounts it to processes that outlive a start: a witness against what the critical path tells of them. */
import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";

/** In ns, by the names that the path gives the programs. */
export type CpuTimes = Readonly<Record<string, number>>;

/** @returns what reads the accounts of client, dockerd and containerd */
export function cpuAccounts(dockerd: number): () => CpuTimes {
  const containerd = childNamed(dockerd, "containerd");
  return () => {
    const { user, system } = process.cpuUsage();
    return { client: (user + system) * 1e3, dockerd: ofThreads(dockerd), containerd: ofThreads(containerd) };
  };
}

/** Of the threads that live: they do not end while starts follow one another. */
function ofThreads(pid: number): number {
  let sum = 0;
  for (const tid of readdirSync(`/proc/${pid}/task`))
    sum += Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, "utf8").split(" ")[0]);
  return sum;
}

/** Any of its threads may have forked it. */
function childNamed(parent: number, name: string): number {
  const children = readdirSync(`/proc/${parent}/task`).flatMap((tid) =>
    readFileSync(`/proc/${parent}/task/${tid}/children`, "utf8")
      .split(" ")
      .filter((pid) => pid.trim() !== ""),
  );
  const found = children.find((pid) => readFileSync(`/proc/${pid}/comm`, "utf8").trim() === name);
  if (found === undefined) throw new Error(`process ${parent} has no child ${name}`);
  return Number(found);
}
