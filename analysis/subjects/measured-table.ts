/**
 * Rows of an experiment's table → conditions, and samples of their metrics, in order of collection. One pass: every start is
 * split into phases once.
 */

import { type ActRule, actDoubt } from "../../research/act-rule.ts";
import type { OnCaution } from "../../research/csv/records.ts";
import type { Session } from "../../research/manifest.ts";
import type { Partition } from "../../research/phases.ts";
import type { ExperimentName, Outcome, Probe } from "../../research/protocol.ts";
import type { Table } from "../../research/table.ts";
import { toMilliseconds } from "../../research/units.ts";
import { CauseGatherer, type CauseRow } from "./causes/cause-times.ts";
import type { Condition, FailedStart } from "./condition.ts";
import { byFactors } from "./condition-order.ts";
import { type Context, fillContext, notTheSame } from "./context.ts";
import { blockKey, type Measurement } from "./measurement.ts";
import { type Start, startMaker } from "./starts.ts";

export interface MeasuredTable {
  readonly file: string;
  readonly experiment: ExperimentName;
  /**
   * @param onRow sees the table's rows as they pass, for whoever checks them
   * @throws TableError for a file that is not as declared
   */
  readonly read: (
    pieces: Iterable<string>,
    file: string,
    sessions: readonly Session[],
    onCaution?: OnCaution,
    onRow?: (row: never) => void,
  ) => ExperimentContent;
}

export interface ExperimentContent {
  /** In the order in which they are read. */
  readonly conditions: readonly Condition[];
  /** One for each condition and metric, in the same order; warm-ups are left out. */
  readonly measurements: readonly Measurement[];
  /** Conditions of which trials were measured otherwise and are kept apart, with the reason. */
  readonly apart: readonly string[];
  /** Some of its trials ran in images, or did work, of which platform.json does not speak. */
  readonly undescribed: boolean;
  readonly census: Census;
}

/** What the rows cover. */
export interface Census {
  readonly rows: number;
  readonly warmups: number;
  /** Successful starts whose end is doubted ({@link actDoubt}), with the first row that is, from 1. */
  readonly doubtful: number;
  readonly firstDoubtful: { readonly row: number; readonly doubt: string } | null;
  /** Successful starts that the kernel watched and whose end is an upper bound all the same. */
  readonly bounded: number;
}

export type Metric<R> = Pick<Measurement, "unit" | "better" | "from"> & {
  /** The rule by which the entrypoint's act was determined, for a time that ends with it. */
  readonly actRule?: (row: R) => ActRule;
  /** `null` where it was not measured, `undefined` where there is nothing to measure. @param split of a start */
  readonly value: (row: R, split: Partition | null) => number | null | undefined;
  /** Is no metric where no trial has a value: what a probe cannot tell apart was not measured. */
  readonly onlyWhereSeen?: true;
};

/** Of a trial of several rows as a whole; none of them failed. */
export type TrialMetric<R> = Pick<Measurement, "unit" | "better" | "from"> & {
  /** As in {@link Metric}; of the trial's first row. */
  readonly actRule?: (row: R) => ActRule;
  /** Is no metric where no trial has any of it. */
  readonly onlyWhereSeen?: true;
  readonly value: (rows: readonly R[]) => number | null;
};

/** What a row knows better than platform.json of the way in which it was measured. */
export type Way = Pick<Context, "probe" | "clock" | "address" | "until">;

export interface Declaration<R> {
  /** What a row's condition consists of, in words for people. */
  readonly factors: (row: R) => Readonly<Record<string, string>>;
  /** Its name in platform.json. */
  readonly planned: (row: R) => string;
  /** Values of factors in the order in which they are read, where neither numbers nor the alphabet have it; as they come: `null`. */
  readonly order?: readonly string[] | null;
  readonly way?: (row: R) => Way;
  /** What platform.json says of a condition. */
  readonly context: (session: Session | undefined, planned: string) => Context;
  /** Of a start: how its end was determined, to check it. */
  readonly act?: (row: R) => Act;
  /** Of a table of starts. */
  readonly start?: { readonly split: (row: R) => Partition; readonly probe: (row: R) => Probe | null };
  readonly metrics: Readonly<Record<string, Metric<R>>>;
  /** What a trial with a total_ms waited for, by its rows. */
  readonly causes?: (rows: readonly R[]) => readonly CauseRow[];
  readonly trialMetrics?: Readonly<Record<string, TrialMetric<R>>>;
}

export interface Act {
  readonly rule: ActRule | null;
  readonly watched: boolean;
  readonly offsets: Parameters<typeof actDoubt>[0];
  readonly clock_error_ns: number;
}

interface Common {
  readonly trial: number;
  readonly session: number;
  readonly block: number;
  readonly warmup: boolean;
  readonly outcome: Outcome;
}

interface Sample {
  readonly values: number[];
  readonly blocks: number[];
  readonly rows: number[];
  readonly actRules?: Set<ActRule>;
  trials: number;
}

/** A condition that was measured in one way. */
interface Group {
  readonly factors: Measurement["factors"];
  readonly condition: string;
  context: Context;
  /** Known to be the same. */
  readonly accepted: Set<Context>;
  readonly samples: Map<string, Sample>;
  readonly probes: Set<Probe>;
  readonly outcomes: Record<Outcome, number>;
  readonly starts: Start[];
  readonly causes: CauseGatherer;
  readonly failures: FailedStart[];
}

/** Rows, in the order of their file, and what platform.json says of their sessions → what they measured. */
export type Gather<R> = (rows: Iterable<R>, sessions: readonly Session[]) => ExperimentContent;

export const measuredTable = <R>(
  { name, read }: Pick<Table<R>, "read"> & { readonly name: ExperimentName },
  gather: Gather<R>,
): MeasuredTable => ({
  ...{ file: `${name}.csv`, experiment: name },
  read: (pieces, file, sessions, onCaution, onRow) => {
    const rows = read(pieces, file, onCaution);
    return gather(onRow === undefined ? rows : passing(rows, onRow as (row: R) => void), sessions);
  },
});

function* passing<R>(rows: Iterable<R>, onRow: (row: R) => void): Generator<R> {
  for (const row of rows) {
    onRow(row);
    yield row;
  }
}

export function gatherer<R extends Common>(name: ExperimentName, declared: Declaration<R>): Gather<R> {
  const { start, order = [], trialMetrics = {}, causes } = declared;
  const metrics = Object.entries(declared.metrics);
  const ofTrials = Object.entries(trialMetrics);
  return (rows, sessions) => {
    const groups = new Map<string, Group[]>();
    const contextOf = contexts(declared, sessions);
    const startOf = startMaker();
    const warmups = new Map<string, { values: number[]; rows: number[] }>();
    const census = emptyCensus();
    let undescribed = false;
    let [trial, trialGroup]: [R[], Group | undefined] = [[], undefined];
    const endTrial = (): void => {
      if (trialGroup === undefined) return;
      const failed = trial.some(({ outcome }) => outcome !== "ok");
      for (const [metric, kind] of ofTrials) {
        const value = failed ? null : kind.value(trial);
        add(trialGroup, metric, kind, trial[0] as R, census.rows, value);
        if (causes !== undefined && metric === "total_ms" && value !== null)
          trialGroup.causes.add(causes(trial), (trialGroup.samples.get(metric)?.values.length ?? 0) - 1);
      }
      [trial, trialGroup] = [[], undefined];
    };
    let last = 0;
    for (const row of rows) {
      if (row.trial !== last) endTrial();
      census.rows += 1;
      last = row.trial;
      if (declared.act !== undefined && row.outcome === "ok") countAct(declared.act(row), census);
      const factors = declared.factors(row);
      const condition = Object.values(factors).join(" ");
      const split = start === undefined || row.outcome !== "ok" ? null : start.split(row);
      if (row.warmup) {
        census.warmups += 1;
        const total_ns = split?.total_ns ?? null;
        if (total_ns === null) continue;
        const ofCondition = warmups.get(condition) ?? { values: [], rows: [] };
        warmups.set(condition, ofCondition);
        ofCondition.values.push(toMilliseconds(total_ns));
        ofCondition.rows.push(census.rows);
        continue;
      }
      const context = contextOf(row);
      undescribed ||= context.images === undefined || (name !== "startup" && context.workload === undefined);
      const group = groupOf(groups, condition, factors, context);
      group.outcomes[row.outcome] += 1;
      if (start !== undefined && row.outcome !== "ok")
        group.failures.push({ outcome: row.outcome, row: census.rows, block: blockKey(row.session, row.block) });
      const probe = start?.probe(row) ?? null;
      if (probe !== null) group.probes.add(probe);
      for (const [metric, kind] of metrics) {
        const found = kind.value(row, split);
        if (found !== undefined) add(group, metric, kind, row, census.rows, row.outcome === "ok" ? found : null);
      }
      if (split !== null && split.total_ns !== null) group.starts.push(startOf(split));
      if (ofTrials.length > 0) {
        trial.push(row);
        trialGroup = group;
      }
    }
    endTrial();
    const kept = [...groups.values()].flat();
    if (order !== null) kept.sort((a, b) => byFactors(a.factors, b.factors, order));
    return {
      conditions: kept.map((group) => ({
        ...{ experiment: name, condition: group.condition, factors: group.factors, context: group.context },
        ...{ probes: [...group.probes].sort(), outcomes: group.outcomes, starts: group.starts },
        ...{ causes: group.causes.all(), path: [], failures: group.failures },
        warmups: warmups.get(group.condition) ?? { values: [], rows: [] },
      })),
      measurements: kept.flatMap((group) => measurementsOf(name, group, { ...declared.metrics, ...trialMetrics })),
      apart: [...groups.values()].flatMap(([first, ...others]) => others.map((other) => keptApart(name, first as Group, other))),
      undescribed,
      census,
    };
  };
}

/** What is known of the way in which each row was measured: the same object for the same way. */
function contexts<R extends Common>(
  { planned, way, context }: Declaration<R>,
  sessions: readonly Session[],
): (row: R) => Context {
  const described = new Map(sessions.map((session) => [session.session, session]));
  const known = new Map<string, Context>();
  return (row) => {
    const name = planned(row);
    const ofRow = way?.(row);
    const ways = ofRow === undefined ? "" : ` ${ofRow.probe} ${ofRow.clock} ${ofRow.address} ${ofRow.until}`;
    const key = `${row.session} ${name}${ways}`;
    let found = known.get(key);
    if (found === undefined) {
      found = { ...context(described.get(row.session), name), ...ofRow };
      known.set(key, found);
    }
    return found;
  };
}

/** The first of those of that name that was not measured in another way; a new one where there is none. */
function groupOf(groups: Map<string, Group[]>, condition: string, factors: Measurement["factors"], context: Context): Group {
  const alike = groups.get(condition) ?? [];
  groups.set(condition, alike);
  for (const group of alike) {
    if (group.accepted.has(context)) return group;
    if (notTheSame(group.context, context) !== undefined) continue;
    // What an earlier session did not say, a later one may.
    group.context = fillContext(group.context, context);
    group.accepted.add(context);
    return group;
  }
  const another = alike.length === 0 ? {} : { way: `[${alike.length + 1}]` };
  const group: Group = {
    factors: { ...factors, ...another },
    condition: [condition, ...Object.values(another)].join(" "),
    ...{ context, accepted: new Set([context]), samples: new Map(), probes: new Set(), starts: [], failures: [] },
    causes: new CauseGatherer(),
    outcomes: { ok: 0, timeout: 0, failed: 0, "probe-lost": 0 },
  };
  alike.push(group);
  return group;
}

function add<R extends Common>(
  { samples }: Group,
  metric: string,
  { actRule }: { readonly actRule?: (row: R) => ActRule },
  row: R,
  place: number,
  value: number | null,
): void {
  let sample = samples.get(metric);
  if (sample === undefined) {
    sample = { values: [], blocks: [], rows: [], trials: 0, ...(actRule === undefined ? {} : { actRules: new Set() }) };
    samples.set(metric, sample);
  }
  sample.trials += 1;
  if (value === null) return;
  sample.values.push(value);
  sample.blocks.push(blockKey(row.session, row.block));
  sample.rows.push(place);
  if (actRule !== undefined) sample.actRules?.add(actRule(row));
}

const measurementsOf = (
  experiment: ExperimentName,
  { condition, factors, samples }: Group,
  declared: Readonly<Record<string, Pick<Metric<never>, "unit" | "better" | "from" | "onlyWhereSeen">>>,
): Measurement[] =>
  [...samples].flatMap(([metric, sample]) => {
    const { unit = "", better = null, from, onlyWhereSeen = false } = declared[metric] ?? {};
    return onlyWhereSeen && sample.values.every((value) => value === 0)
      ? []
      : [{ experiment, condition, factors, metric, unit, better, ...(from === undefined ? {} : { from }), ...sample }];
  });

const keptApart = (experiment: ExperimentName, first: Group, { condition, context }: Group): string =>
  `${experiment} ${condition} is not ${first.condition}: ${notTheSame(first.context, context)}`;

type Counting = { -readonly [K in keyof Census]: Census[K] };

const emptyCensus = (): Counting => ({ rows: 0, warmups: 0, doubtful: 0, firstDoubtful: null, bounded: 0 });

function countAct({ rule, watched, offsets, clock_error_ns }: Act, census: Counting): void {
  if (rule === "client-bound" && watched) census.bounded += 1;
  const doubt = actDoubt(offsets, clock_error_ns);
  if (doubt === null) return;
  census.doubtful += 1;
  census.firstDoubtful ??= { row: census.rows, doubt };
}
