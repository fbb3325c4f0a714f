/** A platform of ours as the subject of a comparison. */
import type { Session } from "../research/manifest.ts";
import { TIERS } from "../research/phases.ts";
import type { StartupRow } from "../research/tables.ts";
import { toMilliseconds } from "../research/units.ts";
import { conditionKey } from "./compare.ts";
import { decompose } from "./decompose.ts";
import type { Context, Measurement, StartPhases, Subject } from "./measurement.ts";
import type { Platform } from "./platform.ts";

const EXPERIMENT = "startup";
const METRICS = ["total_ms", "daemon_ms", "runtime_ms", "process_ms"] as const;
type Metric = (typeof METRICS)[number];

interface Gathered {
  readonly samples: Record<Metric, number[]>;
  readonly starts: StartPhases[];
  /** Taken from the first start; a condition whose starts differ in it is not one condition. */
  readonly context: Context;
  mixed: boolean;
}

export function platformSubject(platform: Platform): Subject {
  const sessions = new Map(platform.manifest.sessions.map((session) => [session.session, session]));
  const conditions = new Map<string, Gathered>();
  for (const row of platform.startup) {
    if (row.warmup || row.outcome !== "ok") continue;
    const condition = `${row.image} ${row.mode}`;
    const context = contextOf(row, sessions.get(row.session));
    const gathered = conditions.get(condition) ?? {
      samples: { total_ms: [], daemon_ms: [], runtime_ms: [], process_ms: [] },
      starts: [],
      context,
      mixed: false,
    };
    conditions.set(condition, gathered);
    if (JSON.stringify(context) !== JSON.stringify(gathered.context)) gathered.mixed = true;
    else addStart(gathered, row);
  }
  const mixed = [...conditions].filter(([, gathered]) => gathered.mixed).map(([condition]) => condition);
  return {
    label: platform.label,
    measurements: [...conditions].flatMap(([condition, { samples }]) =>
      METRICS.filter((metric) => samples[metric].length > 0).map(
        (metric): Measurement => ({
          experiment: EXPERIMENT,
          condition,
          metric,
          unit: "ms",
          better: "lower",
          values: samples[metric],
        }),
      ),
    ),
    contexts: new Map([...conditions].map(([condition, { context }]) => [conditionKey(EXPERIMENT, condition), context])),
    starts: new Map([...conditions].map(([condition, { starts }]) => [condition, starts])),
    caveats: mixed.map(
      (condition) =>
        `${condition} was measured in several ways (image, command or probe); only those like the first are compared`,
    ),
  };
}

const contextOf = (row: StartupRow, session: Session | undefined): Context => ({
  image_digest: session?.images.find(({ name }) => name === row.image)?.digest ?? "unknown",
  command: session?.command.join(" ") ?? "unknown",
  probe: row.probe,
});

function addStart({ samples, starts }: Gathered, row: StartupRow): void {
  const { phases, tiers, total_ns } = decompose(row);
  if (total_ns === null) return;
  samples.total_ms.push(toMilliseconds(total_ns));
  for (const tier of TIERS) {
    const time = tiers[`${tier}_ns`];
    if (time !== null) samples[`${tier}_ms`].push(toMilliseconds(time));
  }
  starts.push({
    phases: phases.map(({ phase, tier, duration_ns, encloses }) => ({ phase, tier, ms: toMilliseconds(duration_ns), encloses })),
  });
}
