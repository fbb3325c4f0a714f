/** What a container may use up. */
import { type ContainerCheck, sightings } from "../check.ts";

export const LIMITS: readonly ContainerCheck[] = [
  {
    id: "no-memory-limit",
    title: "no limit of memory",
    severity: "medium",
    why: "one container that leaks, or is made to, has the kernel kill processes of the host and of others",
    remedy: "--memory 256m, or what it needs",
    reference: "5.11",
    look: ({ HostConfig }) => sightings(HostConfig.Memory === 0 && "no --memory"),
  },
  {
    id: "no-process-limit",
    title: "no limit of processes",
    severity: "medium",
    why: "a fork bomb takes every process id of the host, and nobody can log in to end it",
    remedy: "--pids-limit 100, or what it needs",
    reference: "5.29",
    look: ({ HostConfig }) => sightings(HostConfig.PidsLimit <= 0 && "no --pids-limit"),
  },
  {
    id: "no-cpu-limit",
    title: "no limit of CPU",
    severity: "low",
    why: "a busy container slows all others down",
    remedy: "--cpus 0.5, or --cpu-shares for its part when all are busy",
    reference: "5.12",
    look: ({ HostConfig: { NanoCpus, CpuQuota, CpuShares, CpusetCpus } }) =>
      sightings(NanoCpus === 0 && CpuQuota <= 0 && CpuShares === 0 && CpusetCpus === "" && "no --cpus, no --cpu-shares"),
  },
];
