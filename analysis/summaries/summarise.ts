/**
 * A platform as it was read → what `analyze` says of it. Warm-ups are left out, failures are counted, and every other trial
 * is used: nothing is trimmed, outliers included.
 */
import type { Session } from "../../research/manifest.ts";
import { TIERS } from "../../research/phases.ts";
import { MODES } from "../../research/protocol.ts";
import { doubtsOf, findingsOf, isRetold } from "../detectors/findings-of.ts";
import { grouped } from "../samples/grouped.ts";
import { lazily } from "../samples/lazily.ts";
import { shareIntervals } from "../samples/share.ts";
import { causeOf } from "../subjects/causes/cause-times.ts";
import { type ConditionKey, conditionKey } from "../subjects/key.ts";
import type { Measurement } from "../subjects/measurement.ts";
import type { Source, Unread } from "../subjects/platform.ts";
import { type Subject, variantsOf } from "../subjects/subject.ts";
import { hasSessions, sessionsIn } from "./described.ts";
import { longestWaits } from "./longest-waits.ts";
import { pairedConditions } from "./paired-conditions.ts";
import { platformDoubts } from "./platform-doubts.ts";
import { sessionWarnings } from "./session-warnings.ts";
import { causePart, phaseSummaries, type SummariseOptions, summariseMetric, tierPart } from "./summarise-metric.ts";
import {
  ANALYSIS_SCHEMA,
  type AnalysisReport,
  type ConditionSummary,
  type MetricSummary,
  type PlatformSummary,
  type SessionSummary,
} from "./summary.ts";

/** What `analyze` prints, for all formats. */
export const analysisOf = (
  subjects: readonly Subject[],
  unread: readonly Unread[],
  options: SummariseOptions = {},
): AnalysisReport => ({
  schema: ANALYSIS_SCHEMA,
  platforms: subjects.map((subject) => summarise(subject, options)),
  unread: [...unread],
});

export function summarise(read: Subject, options: SummariseOptions = {}): PlatformSummary {
  const { label, caveats, source } = read;
  const sessions = "manifest" in source ? source.manifest.sessions : null;
  const variants = variantsOf(read);
  const measurements = inReadingOrder(read.measurements, variants);
  // Once for all that is asked of it: what is found in a platform is found in these.
  const subject = { ...read, measurements };
  const conditions = [...grouped(measurements, conditionKey)].map(([key, ofCondition]) =>
    summariseCondition(subject, key, ofCondition, options),
  );
  const own = measurements.filter((measurement) => !isRetold(measurement));
  return {
    label,
    sessions: sessions?.map(summariseSession) ?? null,
    warnings: [...platformDoubts(source), ...sessionWarnings(sessions ?? [])],
    findings: findingsOf(subject),
    caveats,
    tables: tablesOf(source),
    conditions,
    paired: pairedConditions(
      own,
      (measurement) => doubtsOf(subject, measurement),
      variants[0],
      (condition) => subject.conditions.get(conditionKey(condition))?.starts ?? [],
    ),
  };
}

/** Conditions of startup come as chance first made them: each image's together, warm before cold, variants as they were named. */
function inReadingOrder(measurements: readonly Measurement[], variants: readonly string[]): Measurement[] {
  const isStartup = ({ experiment }: Measurement): boolean => experiment === "startup";
  const mode = ({ factors }: Measurement): number => (MODES as readonly (string | undefined)[]).indexOf(factors.mode);
  const variant = ({ factors }: Measurement): number => variants.indexOf(factors.variant ?? "");
  const images = grouped(measurements.filter(isStartup), ({ factors }) => factors.image);
  return [
    ...[...images.values()].flatMap((ofImage) => ofImage.sort((a, b) => mode(a) - mode(b) || variant(a) - variant(b))), // stable: metrics stay in order
    ...measurements.filter((measurement) => !isStartup(measurement)),
  ];
}

function summariseCondition(
  subject: Subject,
  key: ConditionKey,
  measurements: readonly Measurement[],
  options: SummariseOptions,
): ConditionSummary {
  const { conditions } = subject;
  const { experiment, condition, factors } = measurements[0] as Measurement;
  const { context = {}, probes = [], outcomes = null, starts = [], causes = [] } = conditions.get(key) ?? {};
  const total = measurements.find(({ metric }) => metric === "total_ms");
  const sessions = total === undefined ? null : sessionsIn(subject, total);
  const ofTotals = shareIntervals(total?.values ?? [], sessions);
  const summaryOf = (measurement: Measurement): MetricSummary => {
    const tier = TIERS.find((each) => `${each}_ms` === measurement.metric);
    const cause = causeOf(measurement);
    const part =
      total === undefined
        ? null
        : tier !== undefined
          ? tierPart(tier, measurement, { ...total, sessions }, ofTotals)
          : cause !== undefined
            ? causePart(cause, measurement, total, ofTotals)
            : null;
    const whole = !isRetold(measurement);
    const told = { ...options, ...doubtsOf(subject, measurement), sessions: hasSessions(subject), ordered: whole };
    return { ...summariseMetric(measurement, told), part };
  };
  const doubts = (metric: string) => doubtsOf(subject, { experiment, condition, metric });
  const makers = {
    ...Object.fromEntries(measurements.map((measurement) => [measurement.metric, () => summaryOf(measurement)])),
    ...(total === undefined ? {} : phaseSummaries(starts, { ...total, sessions }, ofTotals, doubts)),
  };
  return {
    ...{ experiment, condition, factors, context, outcomes },
    probe: probes.length === 0 ? null : probes.join(", "),
    ...(total === undefined || causes.length === 0 ? {} : { waits: longestWaits(causes, total.values, ofTotals) }),
    metrics: markShares(lazily({}, makers)),
  };
}

export const SEVERE_OUTLIERS = "totals beyond the outer fences: the share's interval covers less than it claims";

/** A single start that takes many times as long as the others decides the shares of all. */
function markShares(metrics: Readonly<Record<string, MetricSummary>>): Record<string, MetricSummary> {
  const isSevere = (): boolean => {
    const outliers = metrics.total_ms?.outliers;
    return outliers ? outliers["low-severe"] + outliers["high-severe"] > 0 : false;
  };
  const marked = (metric: MetricSummary): MetricSummary =>
    metric.part !== null && isSevere() ? { ...metric, cautions: [...metric.cautions, SEVERE_OUTLIERS] } : metric;
  const makers = Object.keys(metrics).map((name) => [name, () => marked(metrics[name] as MetricSummary)] as const);
  return lazily({}, Object.fromEntries(makers));
}

const tablesOf = (source: Source): PlatformSummary["tables"] =>
  Object.fromEntries(
    "manifest" in source
      ? source.experiments.flatMap(({ experiment, content }) =>
          "problem" in content ? [] : [[experiment, { rows: content.census.rows, warmups: content.census.warmups }]],
        )
      : source.files.flatMap(({ experiment, content }) =>
          "problem" in content ? [] : [[experiment, { rows: content.rows, warmups: 0 }]],
        ),
  );

const summariseSession = ({ session, started, ended, ending, seed, ...rest }: Session): SessionSummary => ({
  ...{ session, started, ended, ending, seed },
  tool_version: rest.tool.version,
  engine: rest.engine.server,
  runtime: rest.engine.runtime,
  probe: rest.probe.name,
  observer_effect: rest.observer_effect ?? null,
});
