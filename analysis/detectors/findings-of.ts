/** What the numbers of a platform give reason to doubt, and which of it concerns a given number. */
import type { Session } from "../../research/manifest.ts";
import { TIERS } from "../../research/phases.ts";
import { EXPERIMENTS } from "../../research/protocol.ts";
import { asTold, OF_COLD_STARTS } from "../../research/warning.ts";
import { grouped } from "../samples/grouped.ts";
import { FEWEST_SESSIONS } from "../samples/sessions.ts";
import { type TimeOrder, timeOrder } from "../samples/time-order.ts";
import { causeOf } from "../subjects/causes/cause-times.ts";
import { type ConditionKey, conditionKey, type MetricName } from "../subjects/key.ts";
import { type Measurement, sessionOf } from "../subjects/measurement.ts";
import type { Platform } from "../subjects/platform.ts";
import type { Subject } from "../subjects/subject.ts";
import { detect } from "./detect.ts";
import type { Finding } from "./finding.ts";

const TIER_METRICS: ReadonlySet<string> = new Set(TIERS.map((tier) => `${tier}_ms`));

/** Startup's tiers are reported phase by phase; in tests and pairs they would repeat what their total shows. */
export const isRetold = ({ experiment, metric }: Measurement): boolean =>
  (experiment === "startup" && TIER_METRICS.has(metric)) || causeOf({ experiment, metric }) !== undefined;

/** Analysis, comparison and figures ask for the same in turn; values never change. */
const orders = new WeakMap<readonly number[], TimeOrder>();
const findings = new WeakMap<readonly Measurement[], Finding[]>();

/** `null` where there are no values. */
export function orderOf({ values }: Measurement): TimeOrder | null {
  if (values.length === 0) return null;
  const order = orders.get(values) ?? timeOrder(values);
  orders.set(values, order);
  return order;
}

export function findingsOf({ measurements, source }: Subject): readonly Finding[] {
  const known = findings.get(measurements);
  if (known !== undefined) return known;
  const own = measurements.filter((measurement) => !isRetold(measurement));
  const run_seconds = "manifest" in source ? null : source.run_seconds;
  const found = detect({ measurements: own, timeOrders: own.map(orderOf), run_seconds });
  findings.set(measurements, found);
  return found;
}

export interface Doubts {
  /** The number is not what it is called: nothing is concluded from it. */
  readonly defects: readonly string[];
  /** It says less than it seems to: stands beside it wherever it is shown. */
  readonly cautions: readonly string[];
  /** Whether its trials depend on those before them. */
  readonly dependent: boolean;
}

/** What every number of a platform is asked about, found once. */
interface Looked {
  readonly byCondition: ReadonlyMap<ConditionKey, readonly Measurement[]>;
  /** By experiment and metric. */
  readonly byMetric: ReadonlyMap<string, readonly Finding[]>;
}
const looked = new WeakMap<readonly Measurement[], Looked>();

function lookedUp(subject: Subject): Looked {
  const { measurements } = subject;
  const known = looked.get(measurements);
  if (known !== undefined) return known;
  const found = { byCondition: grouped(measurements, conditionKey), byMetric: grouped(findingsOf(subject), metricOf) };
  looked.set(measurements, found);
  return found;
}

const metricOf = ({ experiment, metric }: Pick<Finding, "experiment" | "metric">): string => `${experiment} ${metric}`;

/**
 * Of one number, in the findings' own words. What it is computed from or a part of (a tier, a phase, a quotient) passes on what
 * was found in it; what the sessions were warned of (a busy machine) is a caution on all they measured that it concerns.
 */
export function doubtsOf(subject: Subject, name: MetricName): Doubts {
  const { byCondition, byMetric } = lookedUp(subject);
  const own = byCondition.get(conditionKey(name)) ?? [];
  const mine = [...withSources(own, byMetric, name)].flatMap((metric) => findingsIn(byMetric, { ...name, metric }));
  const found = mine.length < 2 ? mine : findingsOf(subject).filter((finding) => mine.includes(finding));
  const said = (severity: Finding["severity"]): string[] =>
    found.filter((finding) => finding.severity === severity).map(({ summary }) => summary);
  const { source } = subject;
  const warned = "manifest" in source ? [...alteredOf(source, name), ...warnedOf(source.manifest.sessions, own, name)] : [];
  return {
    defects: said("defect"),
    cautions: [...fewSessions(own, name), ...new Set([...said("caution"), ...warned])],
    dependent: found.some(({ detector }) => detector === "dependent-trials"),
  };
}

/** What is not as it was measured: the table that the number is of, or what describes it. */
const alteredOf = ({ experiments, altered }: Platform, { experiment }: MetricName): string[] =>
  [experiments.find((each) => each.experiment === experiment)?.altered, altered].flatMap((said) => said?.summary ?? []);

/** Cold starts' warnings are of cold starts; one that begins with an experiment's name is of that one. */
function warnedOf(sessions: readonly Session[], own: readonly Measurement[], name: MetricName): string[] {
  const cold = own.some(({ factors }) => factors.mode === "cold");
  const summaries = sessions.flatMap(({ warnings }) => warnings.map(({ summary }) => summary));
  const concerning = summaries.filter((summary) => {
    if (summary.startsWith(OF_COLD_STARTS)) return cold;
    return EXPERIMENTS.every((experiment) => experiment === name.experiment || !summary.startsWith(`${experiment}: `));
  });
  return concerning.map(asTold);
}

/** How the caution begins. */
export const FEW_SESSIONS = "too few sessions";

/** Of a phase, those of its total. @param own of its condition */
function fewSessions(own: readonly Measurement[], name: MetricName): string[] {
  const known = own.filter(({ values }) => values.length > 0);
  const measured = known.find(({ metric }) => metric === name.metric) ?? known.find(({ metric }) => metric === "total_ms");
  const sessions = new Set(measured?.blocks.map(sessionOf)).size;
  if (sessions === 0 || sessions >= FEWEST_SESSIONS) return [];
  return [`${FEW_SESSIONS} (${sessions}): how much sessions differ is not known`];
}

/** The metric, and all that it comes from. @param own of its condition */
function withSources(own: readonly Measurement[], byMetric: Looked["byMetric"], name: MetricName): Set<string> {
  const found = new Set([name.metric]);
  // What is added is visited too.
  for (const metric of found) {
    const known = own.find((each) => each.metric === metric);
    // A phase is no measurement of its own.
    const declared = known === undefined && metric !== "total_ms" ? ["total_ms"] : (known?.from ?? []);
    const detected = findingsIn(byMetric, { ...name, metric }).flatMap(({ from }) => from ?? []);
    for (const source of [...declared, ...detected]) found.add(source);
  }
  return found;
}

const findingsIn = (byMetric: Looked["byMetric"], name: MetricName): readonly Finding[] =>
  (byMetric.get(metricOf(name)) ?? []).filter(
    ({ condition }) => condition === name.condition || condition.split(", ").includes(name.condition),
  );
