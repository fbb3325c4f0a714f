/** Starts as they were split into phases: times stay integer nanoseconds, and starts with the same phases share their names. */
import {
  type Partition,
  PHASE_NAMES,
  PHASES,
  type Phase,
  type PhaseName,
  partitionBegins,
  type Tier,
} from "../../research/phases.ts";
import type { MilestoneColumn } from "../../research/tables/columns/milestone-columns.ts";
import { durationNs, type Nanoseconds, nanoseconds } from "../../research/units.ts";

const BEGIN_COLUMNS = PHASE_NAMES.map((phase) => `${PHASES[phase].begins}_ns` as const);

/**
 * The phases, tiers and total of one start, in ns; they add up exactly, see {@link partitionBegins}. An empty cell is an
 * absent milestone, not one at 0.
 */
export const decompose = (row: Readonly<Record<MilestoneColumn, Nanoseconds | null>>): Partition =>
  partitionBegins(
    BEGIN_COLUMNS.map((column) => row[column]),
    row.entry_acts_ns,
  );

export interface PhaseKind {
  readonly phase: PhaseName;
  /** `null` when the phase encloses time of another tier that cannot be separated. */
  readonly tier: Tier | null;
  /** Phases whose beginning was not seen and whose time, if any, is in here. */
  readonly encloses: readonly PhaseName[];
}

/** Files may hold a million: a start is a list of numbers beside phases that thousands share. */
export interface Start {
  /** In the order in which they happened, without a gap. */
  readonly kinds: readonly PhaseKind[];
  /** When each phase began, since create_sent, and then when the last ended. */
  readonly bounds_ns: readonly Nanoseconds[];
}

export const phasesOf = ({ kinds, bounds_ns }: Start): Phase[] =>
  kinds.map((kind, index) => {
    const [begin_ns, end_ns] = [bounds_ns[index] as Nanoseconds, bounds_ns[index + 1] as Nanoseconds];
    return { ...kind, begin_ns, end_ns, duration_ns: durationNs(begin_ns, end_ns) };
  });

/** From the beginning of the first phase to the end of the last; 0 where there are none. */
export const totalOf = ({ bounds_ns }: Start): Nanoseconds =>
  durationNs(bounds_ns[0] ?? nanoseconds(0), bounds_ns.at(-1) ?? nanoseconds(0));

/** A phase that encloses more than usual is another quantity, with a name of its own. */
export const partName = ({ phase, encloses }: PhaseKind): string =>
  encloses.length === 0 ? phase : [phase, ...encloses].join("+");

/** Partitions → starts; those with the same phases share one list of them. */
export function startMaker(): (split: Partition) => Start {
  const known: (readonly PhaseKind[])[] = [];
  let last: readonly PhaseKind[] | undefined;
  const kindsOf = (phases: readonly Phase[]): readonly PhaseKind[] => {
    const found = known.find((kinds) => areOf(phases, kinds));
    if (found !== undefined) return found;
    const kinds = phases.map(({ phase, tier, encloses }) => ({ phase, tier, encloses }));
    known.push(kinds);
    return kinds;
  };
  return ({ phases }) => {
    const kinds = last !== undefined && areOf(phases, last) ? last : kindsOf(phases);
    last = kinds;
    const bounds_ns = new Array<Nanoseconds>(phases.length === 0 ? 0 : phases.length + 1);
    for (let index = 0; index < phases.length; index += 1) bounds_ns[index] = (phases[index] as Phase).begin_ns;
    if (phases.length > 0) bounds_ns[phases.length] = (phases.at(-1) as Phase).end_ns;
    return { kinds, bounds_ns };
  };
}

function areOf(phases: readonly Phase[], kinds: readonly PhaseKind[]): boolean {
  if (phases.length !== kinds.length) return false;
  for (let index = 0; index < phases.length; index += 1) {
    const [{ phase, encloses }, kind] = [phases[index] as Phase, kinds[index] as PhaseKind];
    if (phase !== kind.phase || encloses.length !== kind.encloses.length) return false;
    for (let place = 0; place < encloses.length; place += 1) if (encloses[place] !== kind.encloses[place]) return false;
  }
  return true;
}
