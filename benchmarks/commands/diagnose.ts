/** What a machine can measure, and what would disturb a measurement on it: each with evidence and a remedy. */
import type { EngineDescription, Host } from "../../research/manifest.ts";
import type { Probe } from "../../research/protocol.ts";
import { sentence } from "../../research/text/sentence.ts";
import type { Warning } from "../../research/warning.ts";

export interface Facts {
  readonly engine:
    | {
        readonly description: EngineDescription;
        readonly source: string;
        readonly runtimes: readonly string[];
        readonly running: number;
      }
    /** None answers; `startable`: `run` would start a private one. */
    | { readonly problem: string; readonly startable: boolean };
  readonly root: boolean;
  /** The best that works, and why. */
  readonly probe: {
    readonly name: Probe;
    readonly resolution: number;
    readonly reason: string;
    /** Better probes that do not work here, each with the reason. */
    readonly failures: readonly string[];
  };
  /** Why cold starts cannot be measured, or what about them cannot be checked. */
  readonly cold: { readonly problem: string } | { readonly unseen: string | undefined };
  /** The engine's. */
  readonly host: Host;
  /** `null` where the engine's host cannot be asked. */
  readonly load: [number, number, number] | null;
  /** While tierbench waits; `null` as above. */
  readonly cpusInUse: number | null;
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

/** Above this share of the CPUs in use, other work disturbs the measurement. */
const BUSY_SHARE = 0.25;
const LOW_DISK_BYTES = 2e9;

export function capabilities(facts: Facts): Capability[] {
  const { engine } = facts;
  return [
    engineCapability(engine),
    ...probeCapabilities(facts.probe, "problem" in engine && !engine.startable),
    {
      what: "cold starts",
      available: !("problem" in facts.cold),
      evidence:
        "problem" in facts.cold
          ? facts.cold.problem
          : (facts.cold.unseen ?? "the page cache can be dropped, and the drop verified"),
    },
    {
      what: "root",
      available: facts.root,
      evidence: facts.root ? "this user may trace the kernel and drop the page cache" : "this user is not root",
      ...(facts.root
        ? {}
        : { remedy: "run as root on the engine's host, where tierbench traces the kernel and drops the page cache itself" }),
    },
  ];
}

function probeCapabilities({ name, resolution, reason, failures }: Facts["probe"], withoutEngine: boolean): Capability[] {
  if (name === "events") {
    const remedy = "without it `--probe events` measures totals only";
    // Without an engine there is nothing that it could measure.
    return [
      {
        ...{ what: "kernel probe, which sees the tiers", available: false, evidence: reason },
        ...(withoutEngine ? {} : { remedy }),
      },
    ];
  }
  const why = failures.length === 0 ? ` (${reason})` : "";
  return [
    ...failures.map((failure): Capability => ({ what: "kernel probe", available: false, evidence: failure })),
    {
      what: `kernel probe (${name}), which sees the tiers`,
      available: true,
      evidence: `clock mono, known to ±${resolution / 1_000} µs${why}`,
    },
  ];
}

function engineCapability(engine: Facts["engine"]): Capability {
  if ("problem" in engine)
    return {
      what: "Docker engine",
      available: engine.startable,
      evidence: engine.startable
        ? "none answers; `tierbench run` starts a private one, or name one with --engine URL"
        : engine.problem,
    };
  const { description: d, source, runtimes } = engine;
  const others = runtimes.filter((name) => name !== d.runtime && !name.startsWith(ALIAS));
  const runtime = `${withVersion(d, d.runtime)}${others.length === 0 ? "" : ` (also ${others.join(", ")})`}`;
  return {
    what: "Docker engine",
    available: true,
    evidence: [
      `${d.server} from ${source}; runtime ${runtime}`,
      // Podman has none.
      ...("containerd" in d.components ? [withVersion(d, "containerd")] : []),
      `storage ${d.storage_driver}${on(d.storage)}; cgroup driver ${d.cgroup_driver}`,
    ].join("; "),
  };
}

/** Of a runtime that has a name of its own, too: `io.containerd.runc.v2`. */
const ALIAS = "io.containerd.";

const withVersion = ({ components }: EngineDescription, name: string): string =>
  [name, components[name]].filter((part) => part !== undefined).join(" ");

/** As much as the engine's host tells. */
const on = ({ device, file_system }: EngineDescription["storage"]): string =>
  device === null && file_system === null ? "" : ` on ${[device, file_system].filter((part) => part !== null).join(", ")}`;

export function disturbances(facts: Facts): Warning[] {
  const found: (Warning | false)[] = [
    facts.cpusInUse !== null &&
      facts.cpusInUse > BUSY_SHARE * facts.host.cpu_count && {
        summary: "the machine is busy",
        evidence: `${facts.cpusInUse.toFixed(1)} of ${facts.host.cpu_count} CPUs in use during a second of waiting`,
        remedy: "stop other work, or wait until less than a quarter of the CPUs is in use",
      },
    facts.host.governor !== null &&
      facts.host.governor !== "performance" && {
        summary: "the CPU frequency follows the load",
        evidence: `governor ${facts.host.governor}`,
        remedy: "keep it up with cpupower frequency-set --governor performance",
      },
    facts.turbo === true && {
      summary: "the CPU may raise its frequency (turbo)",
      evidence: "turbo is on",
      remedy: "switch turbo off for the measurement (intel_pstate/no_turbo = 1, or cpufreq/boost = 0)",
    },
    facts.swaps.length > 0 && {
      summary: "memory may be swapped out",
      evidence: `swap on ${facts.swaps.join(", ")}`,
      remedy: "switch it off with swapoff --all",
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

export const renderWarning = ({ summary, evidence, remedy }: Warning): string =>
  `warning: ${summary} (${evidence}). ${sentence(remedy)}`;

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
    `  kernel ${facts.host.kernel}, cgroup version ${facts.host.cgroup_version}, load ${facts.load?.join(" ") ?? "not known"}`,
    ...(disturbing.length === 0
      ? ["Nothing found that would disturb a measurement."]
      : ["What would disturb a measurement", ...disturbing]),
  ];
}
