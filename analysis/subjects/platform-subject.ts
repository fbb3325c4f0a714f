/** A platform of ours as the subject of a comparison. */
import { type ActRule, actRuleOf } from "../../research/act-rule.ts";
import { identityOf } from "../../research/image-identity.ts";
import { programsOf, pulledFrom, type Session } from "../../research/manifest.ts";
import { TIERS } from "../../research/phases.ts";
import { seenBy } from "../../research/protocol.ts";
import type { StartupRow } from "../../research/tables/startup.ts";
import { type Nanoseconds, toMilliseconds } from "../../research/units.ts";
import { type Context, fillContext, notTheSame } from "./context.ts";
import { decompose } from "./decompose.ts";
import { type ConditionKey, conditionKey } from "./key.ts";
import { measuredOneWay } from "./measured-one-way.ts";
import { blockKey, type Measurement, type StartPhases, type Subject } from "./measurement.ts";
import type { Platform } from "./platform.ts";

const EXPERIMENT = "startup";
const keyOf = (condition: string): ConditionKey => conditionKey({ experiment: EXPERIMENT, condition });
const METRICS = ["total_ms", "daemon_ms", "runtime_ms", "process_ms"] as const;
type Metric = (typeof METRICS)[number];

interface Sample {
  readonly values: number[];
  readonly blocks: number[];
  readonly rows: number[];
}

interface Gathered {
  readonly factors: { readonly image: string; readonly mode: string };
  readonly samples: Record<Metric, Sample>;
  readonly starts: StartPhases[];
  readonly actRules: Set<ActRule>;
  /** Of the first start, with what later ones add; a condition whose starts differ in it is not one condition. */
  context: Context;
  mixed: boolean;
}

export function platformSubject(platform: Platform): Subject {
  const sessions = new Map(platform.manifest.sessions.map((session) => [session.session, session]));
  const conditions = new Map<string, Gathered>();
  const warmups = new Map<ConditionKey, Pick<Sample, "values" | "rows">>();
  let place = 0;
  for (const row of platform.startup) {
    place += 1;
    const condition = `${row.image} ${row.mode}`;
    if (row.warmup) {
      addWarmup(warmups, condition, row, place);
      continue;
    }
    const context = contextOf(row, sessions.get(row.session));
    const gathered = conditions.get(condition) ?? {
      factors: { image: row.image, mode: row.mode },
      samples: { total_ms: emptySample(), daemon_ms: emptySample(), runtime_ms: emptySample(), process_ms: emptySample() },
      starts: [],
      actRules: new Set(),
      context,
      mixed: false,
    };
    conditions.set(condition, gathered);
    if (notTheSame(gathered.context, context) !== undefined) {
      gathered.mixed = true;
      continue;
    }
    gathered.context = fillContext(gathered.context, context);
    if (row.outcome === "ok") addStart(gathered, row, place);
  }
  const others = measuredOneWay(measuredIn(platform), platform.manifest.sessions);
  const mixed = [...conditions].filter(([, gathered]) => gathered.mixed).map(([condition]) => condition);
  return {
    label: platform.label,
    measurements: [...startMeasurements(conditions), ...others.measurements],
    contexts: new Map([
      ...[...conditions].map(([condition, { context }]) => [keyOf(condition), context] as const),
      ...others.contexts,
    ]),
    starts: new Map([...conditions].map(([condition, { starts }]) => [keyOf(condition), starts])),
    warmups,
    caveats: [
      ...mixed.map(
        (condition) =>
          `${condition} was measured in several ways (image, command or probe); only trials like the first are compared`,
      ),
      ...others.mixed.map((condition) => `${condition} was measured in several ways; only trials like the first are compared`),
      ...(others.unknown.length === 0 ? [] : [notSaid(others.unknown)]),
      ...unreadExperiments(platform),
    ],
    facts: facts(platform.manifest.sessions),
  };
}

const notSaid = (experiments: readonly string[]): string =>
  `platform.json does not say in which images and with what workload it measured ${experiments.join(", ")}; whether other platforms did the same is not known`;

const startMeasurements = (conditions: ReadonlyMap<string, Gathered>): Measurement[] =>
  [...conditions].flatMap(([condition, { factors, samples, actRules }]) =>
    // A condition in which nothing went well is there, without values; a tier that no probe shows is not.
    METRICS.filter((metric) => metric === "total_ms" || samples[metric].values.length > 0).map(
      (metric): Measurement => ({
        ...{ experiment: EXPERIMENT, factors, condition, metric, unit: "ms", better: "lower" },
        ...samples[metric],
        ...(metric === "total_ms" || metric === "process_ms" ? { actRules } : {}),
      }),
    ),
  );

/** Of the experiments other than startup. */
export const measuredIn = ({ experiments }: Platform): Measurement[] =>
  experiments.flatMap(({ content }) => ("problem" in content ? [] : content));

/** Complete once the starts were read. */
export const unreadExperiments = ({ startup, experiments }: Platform): string[] => [
  ...(startup.cautions ?? []),
  ...experiments.flatMap(({ content, cautions = [] }) =>
    "problem" in content ? [`${content.problem}; its experiment is left out`] : cautions,
  ),
];

const contextOf = (row: StartupRow, session: Session | undefined): Context => ({
  images: [identityOf(session?.images.find(({ name }) => name === row.image) ?? { digest: "unknown" })],
  command: session?.command.join(" ") ?? "unknown",
  probe: seenBy(row.probe),
});

const emptySample = (): Sample => ({ values: [], blocks: [], rows: [] });

function addWarmup(
  warmups: Map<ConditionKey, Pick<Sample, "values" | "rows">>,
  condition: string,
  row: StartupRow,
  place: number,
): void {
  const { total_ns } = decompose(row);
  if (row.outcome !== "ok" || total_ns === null) return;
  const ofCondition = warmups.get(keyOf(condition)) ?? { values: [], rows: [] };
  warmups.set(keyOf(condition), ofCondition);
  ofCondition.values.push(toMilliseconds(total_ns));
  ofCondition.rows.push(place);
}

function addStart({ samples, starts, actRules }: Gathered, row: StartupRow, place: number): void {
  const { phases, tiers, total_ns } = decompose(row);
  if (total_ns === null) return;
  actRules.add(actRuleOf(row));
  const add = ({ values, blocks, rows }: Sample, time: Nanoseconds): void => {
    values.push(toMilliseconds(time));
    blocks.push(blockKey(row.session, row.block));
    rows.push(place);
  };
  add(samples.total_ms, total_ns);
  for (const tier of TIERS) {
    const time = tiers[`${tier}_ns`];
    if (time !== null) add(samples[`${tier}_ms`], time);
  }
  starts.push({
    phases: phases.map(({ phase, tier, duration_ns, encloses }) => ({ phase, tier, ms: toMilliseconds(duration_ns), encloses })),
  });
}

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
    "ladder's programs": programsOf,
  };
  const said = Object.entries(of).map(
    ([name, value]) => [name, [...new Set(sessions.flatMap((session) => value(session) ?? []))]] as const,
  );
  return Object.fromEntries(said.filter(([, values]) => values.length > 0).map(([name, values]) => [name, values.join(", ")]));
}
