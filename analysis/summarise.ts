/**
 * Rows of startup.csv → one summary a condition. Warm-ups are left out, failures are counted, and every other start is
 * used: nothing is trimmed, outliers included. Starts seen by different probes are never mixed.
 */

import { TIERS, type Tier } from "../research/phases.ts";
import { MODES, type Mode, type Outcome, PROBES, type Probe } from "../research/protocol.ts";
import type { StartupRow } from "../research/tables.ts";
import { toMilliseconds } from "../research/units.ts";
import { decompose } from "./decompose.ts";
import { type Description, describe } from "./describe.ts";
import { type PhaseSummary, type PhaseTallies, summarisePhases, tallyPhases } from "./phase-shares.ts";
import { sharePct, sum } from "./share.ts";

/** A tier also has a share: of the summed total of the trials in which the tier could be told apart. */
export type TierSummary = Description & { readonly share_pct: number };
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
  /** Trials that went well but in which nothing shows the entrypoint acting. */
  readonly without_total: number;
  /** create_sent → entry_acts. */
  readonly total_ms: Description | null;
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
  summedTotal_ms: number;
}

interface Cell {
  readonly image: string;
  readonly mode: Mode;
  readonly probe: Probe;
  readonly failures: Record<Failure, number>;
  without_total: number;
  readonly totals_ms: number[];
  readonly tiers: Record<Tier, TierTally>;
  readonly phases: PhaseTallies;
}

/** The conditions by image in order of first appearance, warm before cold. One pass over the rows. */
export function summariseConditions(rows: Iterable<StartupRow>): ConditionSummary[] {
  const images = new Map<string, Map<string, Cell>>();
  for (const row of rows) {
    if (row.warmup) continue;
    const cells = images.get(row.image) ?? new Map<string, Cell>();
    images.set(row.image, cells);
    const key = `${row.mode} ${row.probe}`;
    const cell = cells.get(key) ?? emptyCell(row);
    cells.set(key, cell);
    addTrial(cell, row);
  }
  return [...images.values()].flatMap((cells) => [...cells.values()].sort(byDesign).map(summarise));
}

const byDesign = (a: Cell, b: Cell): number =>
  MODES.indexOf(a.mode) - MODES.indexOf(b.mode) || PROBES.indexOf(a.probe) - PROBES.indexOf(b.probe);

const emptyCell = ({ image, mode, probe }: StartupRow): Cell => ({
  image,
  mode,
  probe,
  failures: { timeout: 0, failed: 0, "probe-lost": 0 },
  without_total: 0,
  totals_ms: [],
  tiers: { daemon: emptyTally(), runtime: emptyTally(), process: emptyTally() },
  phases: new Map(),
});

const emptyTally = (): TierTally => ({ times_ms: [], summedTotal_ms: 0 });

function addTrial(cell: Cell, row: StartupRow): void {
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
  for (const tier of TIERS) {
    const time = tiers[`${tier}_ns`];
    if (time === null) continue;
    cell.tiers[tier].times_ms.push(toMilliseconds(time));
    cell.tiers[tier].summedTotal_ms += total_ms;
  }
  tallyPhases(cell.phases, phases);
}

function summarise(cell: Cell): ConditionSummary {
  const { image, mode, probe, failures, without_total, totals_ms, tiers, phases } = cell;
  return {
    image,
    mode,
    probe,
    n: totals_ms.length,
    failed: sum(Object.values(failures)),
    failed_by_outcome: failures,
    without_total,
    total_ms: describe(totals_ms),
    tiers: {
      daemon_ms: summariseTier(tiers.daemon),
      runtime_ms: summariseTier(tiers.runtime),
      process_ms: summariseTier(tiers.process),
    },
    phases: summarisePhases(phases, sum(totals_ms)),
  };
}

function summariseTier({ times_ms, summedTotal_ms }: TierTally): TierSummary | null {
  const description = describe(times_ms);
  return description && { ...description, share_pct: sharePct(sum(times_ms), summedTotal_ms) };
}
