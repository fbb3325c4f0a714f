/** What a machine can measure, and what would disturb a measurement on it: each with evidence and a remedy. */
import type { EngineDescription } from "../research/manifest.ts";
import type { Warning } from "../research/warning.ts";

export interface Facts {
  readonly engine:
    | {
        readonly description: EngineDescription;
        readonly source: string;
        readonly runtimes: readonly string[];
        readonly running: number;
      }
    | { readonly problem: string };
  readonly root: boolean;
  readonly tracefsProblem: string | undefined;
  readonly traceResolutionNs: number;
  readonly coldProblem: string | undefined;
  readonly cgroupVersion: string;
  readonly cpuCount: number;
  readonly load: readonly [number, number, number];
  readonly governor: string | null;
  readonly turbo: boolean | null;
  readonly swaps: readonly string[];
  readonly freeBytes: number | null;
}

export interface Capability {
  readonly what: string;
  readonly available: boolean;
  readonly evidence: string;
  readonly remedy?: string;
}

/** Above this share of the CPUs other work is in the way of what is measured. */
const BUSY_LOAD = 0.25;
const LOW_DISK_BYTES = 2e9;

function capabilities(facts: Facts): Capability[] {
  const { engine } = facts;
  return [
    engineCapability(engine),
    {
      what: "kernel probe (tracefs): all three tiers",
      available: facts.tracefsProblem === undefined,
      evidence: facts.tracefsProblem ?? `clock mono, resolution ${facts.traceResolutionNs / 1000} µs`,
      ...(facts.tracefsProblem === undefined
        ? {}
        : { remedy: "without it `--probe events` measures totals, tiers can not be told apart" }),
    },
    {
      what: "cold starts",
      available: facts.coldProblem === undefined,
      evidence: facts.coldProblem ?? "the page cache can be dropped, and seen to be dropped",
    },
    {
      what: "root",
      available: facts.root,
      evidence: facts.root ? "yes" : "no",
      ...(facts.root ? {} : { remedy: "run as root for the kernel probe and cold starts" }),
    },
  ];
}

function engineCapability(engine: Facts["engine"]): Capability {
  if ("problem" in engine) return { what: "Docker engine", available: false, evidence: engine.problem };
  const { description: d, source, runtimes } = engine;
  const components = Object.entries(d.components).map(([name, version]) => `${name} ${version}`);
  return {
    what: "Docker engine",
    available: true,
    evidence: `${d.server} from ${source}; storage ${d.storage_driver} on ${d.storage.device ?? "?"} (${d.storage.file_system ?? "?"}); cgroup driver ${d.cgroup_driver}; runtimes ${runtimes.join(", ")} (default ${d.runtime}); ${components.join(", ")}`,
  };
}

export function disturbances(facts: Facts): Warning[] {
  const found: (Warning | false)[] = [
    facts.load[0] > BUSY_LOAD * facts.cpuCount && {
      summary: "the machine is busy",
      evidence: `load average ${facts.load.join(" ")} on ${facts.cpuCount} CPUs`,
      remedy: "stop other work, or wait until the load is below a quarter of the CPUs",
    },
    facts.governor !== null &&
      facts.governor !== "performance" && {
        summary: "the CPU's clock follows the load",
        evidence: `governor ${facts.governor}`,
        remedy: "cpupower frequency-set --governor performance",
      },
    facts.turbo === true && {
      summary: "the CPU may raise its clock by itself",
      evidence: "turbo is on",
      remedy: "switch turbo off for the measurement (intel_pstate/no_turbo = 1, or cpufreq/boost = 0)",
    },
    facts.swaps.length > 0 && {
      summary: "memory may be swapped out",
      evidence: `swap on ${facts.swaps.join(", ")}`,
      remedy: "swapoff --all for the measurement",
    },
    "running" in facts.engine &&
      facts.engine.running > 0 && {
        summary: "other containers run on this engine",
        evidence: `${facts.engine.running} running`,
        remedy: "stop them for the measurement; tierbench never touches them",
      },
    facts.freeBytes !== null &&
      facts.freeBytes < LOW_DISK_BYTES && {
        summary: "the disk is nearly full",
        evidence: `${(facts.freeBytes / 1e9).toFixed(1)} GB free where the engine keeps its data`,
        remedy: "make room; a full disk fails starts",
      },
  ];
  return found.filter((warning) => warning !== false);
}

export const renderWarning = ({ summary, evidence, remedy }: Warning): string => `warning: ${summary} (${evidence}). ${remedy}`;

/** The whole diagnosis as lines of text. */
export function renderDiagnosis(facts: Facts): string[] {
  const able = capabilities(facts).map(
    ({ what, available, evidence, remedy }) =>
      `  ${available ? "yes" : "NO "} ${what}: ${evidence}${remedy === undefined ? "" : `; ${remedy}`}`,
  );
  const disturbing = disturbances(facts).map((warning) => `  ${renderWarning(warning)}`);
  return [
    "What can be measured here",
    ...able,
    `  cgroup version ${facts.cgroupVersion}`,
    ...(disturbing.length === 0
      ? ["Nothing was found that would disturb a measurement."]
      : ["What would disturb a measurement", ...disturbing]),
  ];
}
