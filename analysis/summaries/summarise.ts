/**
 * Rows of startup.csv → one summary a condition. Warm-ups are left out, failures are counted, and every other start is
 * used: nothing is trimmed, outliers included. Starts seen by different probes are never mixed.
 */

import { TIERS, type Tier } from "../../research/phases.ts";
import { MODES, type Mode, type Outcome, PROBES, type Probe } from "../../research/protocol.ts";
import type { StartupRow } from "../../research/tables/startup.ts";
import { toMilliseconds } from "../../research/units.ts";
import { type Description, describe, describeSamples } from "../samples/describe.ts";
import { type Precision, precision } from "../samples/precision.ts";
import { describeSessions, type Sessions } from "../samples/sessions.ts";
import { type ShareInterval, shareIntervals, sharePct } from "../samples/share.ts";
import { type TimeOrder, timeOrder } from "../samples/time-order.ts";
import type { Interval } from "../statistics/interval.ts";
import { insideFences, type TukeyFences, tukeyFences } from "../statistics/one-sample/tukey-fences.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import { sum } from "../statistics/sum.ts";
import { decompose } from "../subjects/decompose.ts";
import { blockKey, type Measurement } from "../subjects/measurement.ts";
import { type PairedComparison, pairedConditions } from "./paired-conditions.ts";
import { type PhaseSummary, type PhaseTallies, summarisePhases, tallyPhases } from "./phase-shares.ts";

/** A tier also has a share: of the summed total of the trials in which the tier could be told apart. */
export type TierSummary = Description & { readonly share_pct: number; readonly share_ci: Interval | null };
export type Failure = Exclude<Outcome, "ok">;

export interface ConditionSummary {
  readonly image: string;
  readonly mode: Mode;
  readonly probe: Probe;
  /** Trials that are summarised: no warm-up, outcome ok, and a total. */
  readonly n: number;
  /** Trials, warm-ups apart, whose outcome was not ok. */
  readonly failed: number;
  readonly failed_by_outcome: Readonly<Record<Failure, number>>;
  /** Trials that succeeded but in which nothing shows the entrypoint acting. */
  readonly without_total: number;
  /** create_sent → entry_acts. */
  readonly total_ms: Description | null;
  /** Totals beyond Tukey's fences: labelled, and kept in everything above. */
  readonly outliers: TukeyFences["counts"] | null;
  /** The same without what lies beyond the inner fences; only where asked. */
  readonly total_without_outliers_ms: Description | null;
  readonly precision: Precision | null;
  readonly time_order: TimeOrder | null;
  readonly sessions: Sessions | null;
  /** `null` where no trial tells the tier apart. */
  readonly tiers: {
    readonly daemon_ms: TierSummary | null;
    readonly runtime_ms: TierSummary | null;
    readonly process_ms: TierSummary | null;
  };
  readonly phases: readonly PhaseSummary[];
}

/** What one tier took, and the totals of the same trials. */
interface TierTally {
  readonly times_ms: number[];
  readonly totals_ms: number[];
}

interface Cell {
  readonly image: string;
  readonly mode: Mode;
  readonly probe: Probe;
  readonly failures: Record<Failure, number>;
  without_total: number;
  readonly totals_ms: number[];
  /** Of each total. */
  readonly sessionOf: number[];
  readonly blocks: number[];
  readonly rows: number[];
  readonly tiers: Record<Tier, TierTally>;
  readonly phases: PhaseTallies;
}

export interface SummariseOptions {
  /** Also describe the totals without what lies beyond Tukey's inner fences. */
  readonly withoutOutliers?: boolean;
}

export interface StartsSummary {
  /** By image in order of first appearance, warm before cold. */
  readonly conditions: readonly ConditionSummary[];
  /** The totals of conditions that differ in one factor. */
  readonly paired: readonly PairedComparison[];
  /** The totals of each condition, in the same order. */
  readonly totals: readonly Measurement[];
}

/** One pass over the rows. */
export function summariseStarts(rows: Iterable<StartupRow>, { withoutOutliers = false }: SummariseOptions = {}): StartsSummary {
  const images = new Map<string, Cell[]>();
  let place = 0;
  for (const row of rows) {
    place += 1;
    if (row.warmup) continue;
    const cells = images.get(row.image) ?? [];
    if (cells.length === 0) images.set(row.image, cells);
    let cell = cells.find(({ mode, probe }) => mode === row.mode && probe === row.probe);
    if (cell === undefined) {
      cell = emptyCell(row);
      cells.push(cell);
    }
    addTrial(cell, row, place);
  }
  const cells = [...images.values()].flatMap((ofImage) => ofImage.sort(byDesign));
  const totals = cells.map(measurementOf);
  return {
    conditions: cells.map((cell) => summarise(cell, withoutOutliers)),
    paired: pairedConditions(totals),
    totals,
  };
}

const measurementOf = ({ image, mode, probe, totals_ms, blocks, rows, failures, without_total }: Cell): Measurement => ({
  ...{ experiment: "startup", metric: "total_ms", unit: "ms", better: "lower" },
  factors: { image, mode, probe },
  condition: `${image} ${mode}`,
  ...{ values: totals_ms, blocks, rows },
  trials: totals_ms.length + sum(Object.values(failures)) + without_total,
});

const byDesign = (a: Cell, b: Cell): number =>
  MODES.indexOf(a.mode) - MODES.indexOf(b.mode) || PROBES.indexOf(a.probe) - PROBES.indexOf(b.probe);

const emptyCell = ({ image, mode, probe }: StartupRow): Cell => ({
  image,
  mode,
  probe,
  failures: { timeout: 0, failed: 0, "probe-lost": 0 },
  without_total: 0,
  totals_ms: [],
  sessionOf: [],
  blocks: [],
  rows: [],
  tiers: { daemon: emptyTally(), runtime: emptyTally(), process: emptyTally() },
  phases: new Map(),
});

const TIER_COLUMNS = TIERS.map((tier) => ({ tier, column: `${tier}_ns` }) as const);

const emptyTally = (): TierTally => ({ times_ms: [], totals_ms: [] });

function addTrial(cell: Cell, row: StartupRow, place: number): void {
  if (row.outcome !== "ok") {
    cell.failures[row.outcome] += 1;
    return;
  }
  const { total_ns, tiers, phases } = decompose(row);
  if (total_ns === null) {
    cell.without_total += 1;
    return;
  }
  const total_ms = toMilliseconds(total_ns);
  cell.totals_ms.push(total_ms);
  cell.sessionOf.push(row.session);
  cell.blocks.push(blockKey(row.session, row.block));
  cell.rows.push(place);
  for (const { tier, column } of TIER_COLUMNS) {
    const time = tiers[column];
    if (time === null) continue;
    cell.tiers[tier].times_ms.push(toMilliseconds(time));
    cell.tiers[tier].totals_ms.push(total_ms);
  }
  tallyPhases(cell.phases, phases, cell.totals_ms.length - 1);
}

function summarise(cell: Cell, withoutOutliers: boolean): ConditionSummary {
  const { image, mode, probe, failures, without_total, totals_ms, sessionOf, tiers, phases } = cell;
  const samples = totals_ms.length > 0 ? sortedSamples(totals_ms) : null;
  const fences = samples && tukeyFences(totals_ms, samples);
  const intervalOf = shareIntervals(totals_ms);
  const tier = (tally: TierTally): TierSummary | null =>
    // Where every trial tells the tier apart, its totals are those of the condition, resampled once for all.
    summariseTier(tally, tally.totals_ms.length === totals_ms.length ? intervalOf : shareIntervals(tally.totals_ms));
  return {
    image,
    mode,
    probe,
    n: totals_ms.length,
    failed: sum(Object.values(failures)),
    failed_by_outcome: failures,
    without_total,
    total_ms: samples && describeSamples(samples),
    outliers: fences?.counts ?? null,
    total_without_outliers_ms: withoutOutliers && fences !== null ? describe(insideFences(totals_ms, fences.inner)) : null,
    precision: samples && precision(samples),
    time_order: samples && timeOrder(totals_ms),
    sessions: samples && describeSessions(totals_ms, sessionOf, samples),
    tiers: {
      daemon_ms: tier(tiers.daemon),
      runtime_ms: tier(tiers.runtime),
      process_ms: tier(tiers.process),
    },
    phases: summarisePhases(phases, totals_ms, intervalOf),
  };
}

function summariseTier({ times_ms, totals_ms }: TierTally, intervalOf: ShareInterval): TierSummary | null {
  const description = describe(times_ms);
  return (
    description && {
      ...description,
      share_pct: sharePct(sum(times_ms), sum(totals_ms)),
      share_ci: intervalOf(times_ms),
    }
  );
}
