/** What the kernel tells of a process and its confinement: /proc/PID/status (proc_pid_status(5)). */
import { capabilityNames } from "./capabilities.ts";

export interface ProcessStatus {
  readonly name: string;
  readonly ppid: number;
  /** In the innermost pid namespace, its own. */
  readonly pidInside: number;
  /** Effective, as the host numbers them. */
  readonly uid: number;
  readonly gid: number;
  readonly threads: number;
  readonly capabilities: {
    readonly effective: readonly string[];
    readonly permitted: readonly string[];
    readonly inheritable: readonly string[];
    readonly bounding: readonly string[];
    readonly ambient: readonly string[];
  };
  readonly seccomp: "disabled" | "strict" | "filter" | "unknown";
  /** `null` where the kernel does not count them (before Linux 5.9). */
  readonly seccompFilters: number | null;
  readonly noNewPrivileges: boolean | null;
}

const MODES = ["disabled", "strict", "filter"] as const;

/** @throws Error when a line is missing that every Linux has */
export function readProcessStatus(text: string): ProcessStatus {
  const lines = new Map(
    text.split("\n").map((line): [string, string] => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trim()];
    }),
  );
  const need = (name: string): string => {
    const value = lines.get(name);
    if (value === undefined) throw new Error(`/proc/PID/status has no ${name}`);
    return value;
  };
  const words = (name: string): string[] => need(name).split(/\s+/);
  const has = (name: string): string[] => capabilityNames(need(name));
  const filters = lines.get("Seccomp_filters");
  const mode = lines.get("Seccomp");
  const gains = lines.get("NoNewPrivs");
  return {
    name: need("Name"),
    ppid: Number(need("PPid")),
    pidInside: Number((lines.get("NSpid") ?? need("Pid")).split(/\s+/).at(-1)),
    uid: Number(words("Uid")[1]),
    gid: Number(words("Gid")[1]),
    threads: Number(need("Threads")),
    capabilities: {
      ...{ effective: has("CapEff"), permitted: has("CapPrm"), inheritable: has("CapInh"), bounding: has("CapBnd") },
      ambient: lines.has("CapAmb") ? has("CapAmb") : [],
    },
    seccomp: (mode === undefined ? undefined : MODES[Number(mode)]) ?? "unknown",
    seccompFilters: filters === undefined ? null : Number(filters),
    noNewPrivileges: gains === undefined ? null : gains === "1",
  };
}
