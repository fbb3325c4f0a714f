/** What `analyze` says about platforms, as data; every format renders this and nothing else. */
import type { Session } from "../../research/manifest.ts";
import type { Warning } from "../../research/warning.ts";
import { detect } from "../detectors/detect.ts";
import type { Finding } from "../detectors/finding.ts";
import { type TimeOrder, timeOrder } from "../samples/time-order.ts";
import type { Measurement } from "../subjects/measurement.ts";
import type { Platform, Source, StudyPlatform, Unread } from "../subjects/platform.ts";
import { measuredIn, unreadExperiments } from "../subjects/platform-subject.ts";
import { studySubject } from "../subjects/study-subject.ts";
import { counted, emptyCensus } from "./census.ts";
import { type PairedComparison, pairedConditions } from "./paired-conditions.ts";
import { platformDoubts } from "./platform-doubts.ts";
import { type ConditionSummary, type SummariseOptions, summariseStarts } from "./summarise.ts";
import { type MeasuredExperiment, summariseMeasurements } from "./summarise-measurements.ts";

/** What `analyze` prints. */
export interface AnalysisReport {
  readonly platforms: readonly (PlatformSummary | StudySummary)[];
  readonly unread: readonly Unread[];
}

/** Of a folder in the study's format, by experiment. */
export interface StudySummary {
  readonly label: string;
  readonly findings: readonly Finding[];
  readonly caveats: readonly string[];
  readonly experiments: Readonly<Record<string, MeasuredExperiment>>;
  readonly paired: readonly PairedComparison[];
}

export interface PlatformSummary {
  readonly label: string;
  readonly sessions: readonly SessionSummary[];
  /** Of the sessions, and what the files themselves give reason to doubt. */
  readonly warnings: readonly Warning[];
  /** What the numbers give reason to doubt. */
  readonly findings: readonly Finding[];
  readonly experiments: { readonly startup: StartupSummary };
  /** The other experiments, by name. */
  readonly measured: Readonly<Record<string, MeasuredExperiment>>;
  /** Conditions of the other experiments against each other. */
  readonly paired: readonly PairedComparison[];
  /** Files that are left out, with the reason. */
  readonly caveats: readonly string[];
}

export type SessionSummary = Pick<Session, "session" | "started" | "ended" | "ending" | "seed"> & {
  readonly tool_version: string;
  readonly engine: string;
  readonly runtime: string;
  readonly probe: string;
  /** What the probe cost, where that was measured. */
  readonly observer_effect: Session["observer_effect"] | null;
};

export interface StartupSummary {
  readonly rows: number;
  /** Recorded but left out of the conditions. */
  readonly warmups: number;
  readonly conditions: readonly ConditionSummary[];
  readonly paired: readonly PairedComparison[];
}

/** @throws Error or TableError for rows that cannot be read */
export const summariseSource = (source: Source, options?: SummariseOptions): PlatformSummary | StudySummary =>
  "manifest" in source ? summarisePlatform(source, options) : summariseStudy(source, options);

export function summarisePlatform(platform: Platform, options: SummariseOptions = {}): PlatformSummary {
  const { label, manifest, startup } = platform;
  const census = emptyCensus();
  const others = measuredIn(platform);
  const { conditions, paired, totals } = summariseStarts(counted(startup, census), options);
  return {
    label,
    sessions: manifest.sessions.map(summariseSession),
    warnings: [...platformDoubts(manifest, census), ...manifest.sessions.flatMap((session) => session.warnings)],
    findings: detect({
      measurements: [...totals, ...others],
      timeOrders: [...conditions.map(({ time_order }) => time_order), ...others.map(orderOf)],
      run_seconds: null,
    }),
    experiments: {
      startup: { rows: census.rows, warmups: census.warmups, conditions, paired },
    },
    measured: summariseMeasurements(others, options.withoutOutliers ?? false),
    paired: pairedConditions(others),
    caveats: unreadExperiments(platform),
  };
}

/** Each column of the study's files is a metric of its experiment. */
export function summariseStudy(study: StudyPlatform, { withoutOutliers = false }: SummariseOptions = {}): StudySummary {
  const { label, measurements, caveats } = studySubject(study);
  return {
    label,
    findings: detect({
      measurements,
      timeOrders: measurements.map(orderOf),
      run_seconds: study.run_seconds,
    }),
    caveats,
    experiments: summariseMeasurements(measurements, withoutOutliers),
    paired: pairedConditions(measurements),
  };
}

const orderOf = ({ values }: Measurement): TimeOrder | null => (values.length === 0 ? null : timeOrder(values));

const summariseSession = ({
  session,
  started,
  ended,
  ending,
  seed,
  tool,
  engine,
  probe,
  observer_effect,
}: Session): SessionSummary => ({
  session,
  started,
  ended,
  ending,
  seed,
  tool_version: tool.version,
  engine: engine.server,
  runtime: engine.runtime,
  probe: probe.name,
  observer_effect: observer_effect ?? null,
});
