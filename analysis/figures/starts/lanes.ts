/** A critical path as a picture can show it: at a resolution, one lane a program. */
import type { WhyPathRow } from "../../../research/tables/why-path.ts";
import type { Cause } from "../../../research/why/causes.ts";

/** What is seen at that resolution: they follow each other without a gap. */
export interface Stretch {
  readonly program: string;
  readonly cause: Cause;
  readonly begin_ns: number;
  readonly end_ns: number;
  /** Where it waited longest in it; `null` where that is nowhere. */
  readonly place: string | null;
}

/**
 * Each of so many equal slots of time shows the program that has most of it, with that one's cause that has most; slots that
 * follow each other and show the same are one stretch.
 */
export function stretches(path: readonly WhyPathRow[], slots: number): Stretch[] {
  const total = path.at(-1)?.end_ns ?? 0;
  const found: Stretch[] = [];
  let first = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    const [begin_ns, end_ns] = [(total * slot) / slots, (total * (slot + 1)) / slots];
    while ((path[first]?.end_ns ?? total) <= begin_ns && first < path.length - 1) first += 1;
    const within: WhyPathRow[] = [];
    for (let at = first; at < path.length && (path[at] as WhyPathRow).begin_ns < end_ns; at += 1)
      within.push(path[at] as WhyPathRow);
    const timeOf = ({ begin_ns: from, end_ns: to }: WhyPathRow): number => Math.min(to, end_ns) - Math.max(from, begin_ns);
    const program = largest(within, ({ program }) => program, timeOf);
    if (program === undefined) continue;
    const own = within.filter((row) => row.program === program);
    const cause = largest(own, (row) => row.cause, timeOf) as Cause;
    const last = found.at(-1);
    if (last?.program === program && last.cause === cause) found[found.length - 1] = { ...last, end_ns };
    else found.push({ program, cause, begin_ns, end_ns, place: null });
  }
  return found.map((stretch) => ({ ...stretch, place: placeOf(path, stretch) }));
}

function placeOf(path: readonly WhyPathRow[], { program, cause, begin_ns, end_ns }: Stretch): string | null {
  const own = path.filter(
    (row) =>
      row.program === program && row.cause === cause && row.begin_ns < end_ns && row.end_ns > begin_ns && row.place !== null,
  );
  return (
    largest(
      own,
      ({ place }) => place,
      (row) => row.end_ns - row.begin_ns,
    ) ?? null
  );
}

/** The key with the largest sum. */
function largest<T, K>(of: readonly T[], key: (one: T) => K, size: (one: T) => number): K | undefined {
  const sums = new Map<K, number>();
  for (const one of of) sums.set(key(one), (sums.get(key(one)) ?? 0) + size(one));
  return [...sums].sort((a, b) => b[1] - a[1])[0]?.[0];
}
