/** A platform of ours as it was read, put together. */
import { programsOf, pulledFrom, type Session } from "../../research/manifest.ts";
import { conditionKey } from "./key.ts";
import type { ExperimentContent } from "./measured-table.ts";
import type { Platform } from "./platform.ts";
import type { Subject } from "./subject.ts";

export function platformSubject(platform: Platform): Subject {
  const { label, manifest, experiments } = platform;
  const read = experiments.flatMap(({ experiment, content }) => ("problem" in content ? [] : [{ experiment, ...content }]));
  const all = <T>(of: (content: ExperimentContent) => readonly T[]): T[] => read.flatMap(of);
  const undescribed = read.flatMap(({ experiment, undescribed }) => (undescribed ? [experiment] : []));
  return {
    label,
    measurements: all(({ measurements }) => measurements),
    conditions: new Map(all(({ conditions }) => conditions).map((condition) => [conditionKey(condition), condition])),
    caveats: [
      ...all(({ apart }) => apart),
      ...(undescribed.length === 0 ? [] : [notSaid(undescribed)]),
      ...experiments.flatMap(({ content, cautions = [] }) =>
        "problem" in content ? [`${content.problem}; its experiment is left out`] : cautions,
      ),
    ],
    facts: facts(manifest.sessions),
    source: platform,
  };
}

const notSaid = (experiments: readonly string[]): string =>
  `platform.json does not say in which images and with what workload it measured ${experiments.join(", ")}; whether other platforms did the same is not known`;

/** What may explain a difference; several sessions may have several values. */
function facts(sessions: readonly Session[]): Record<string, string> {
  const of: Record<string, (session: Session) => string | undefined> = {
    "tierbench version": ({ tool }) => tool.version,
    engine: ({ engine }) => engine.server,
    runtime: ({ engine }) => [engine.runtime, engine.components[engine.runtime] ?? ""].join(" ").trim(),
    "storage driver": ({ engine }) => engine.storage_driver,
    network: ({ engine }) => engine.network.mode,
    system: ({ host }) => host.os,
    kernel: ({ host }) => host.kernel,
    processor: ({ host }) => `${host.cpu_count} × ${host.cpu}`,
    probe: ({ probe }) => probe.name,
    "cgroup version": ({ host }) => host.cgroup_version,
    registry: pulledFrom,
    programs: programsOf,
  };
  const said = Object.entries(of).map(
    ([name, value]) => [name, [...new Set(sessions.flatMap((session) => value(session) ?? []))]] as const,
  );
  return Object.fromEntries(said.filter(([, values]) => values.length > 0).map(([name, values]) => [name, values.join(", ")]));
}
