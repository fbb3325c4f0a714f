/**
 * A row that was copied: clocks tell nanoseconds, so that no two trials have all times in common. What the client stamped
 * when it had read it is left out: several marks in one piece are some ticks apart, and ticks may be of 42 ns.
 */
import type { AnyRow, AnyTable } from "../../research/tables/catalogue.ts";

/** Times in whole microseconds are of a coarser clock, and may well be the same. */
const COARSE_NS = 1_000;
/** One of two trials may have been the same by chance, but where both times have millions of the coarsest clock's ticks. */
const FEWEST_TIMES = 3;
const LONG_NS = 200e6;
const FEWEST_LONG = 2;
/** A start has many more; these are the client's own. */
const OF_A_START = ["create_done_ns", "start_sent_ns", "start_done_ns", "first_byte_ns", "removed_ns"];
/** Two sums of 32 bits, of which a number holds 53. */
const KEPT_BITS = 21;

/** @returns whether a trial before this one has the same times; a trial may have several rows of the same */
export function copiedRows(table: AnyTable): (row: AnyRow, isNew: boolean) => boolean {
  const all = Object.entries(table.columns).flatMap(([name, { unit }]) => (unit === "ns" ? [name] : []));
  const times = all.includes("create_sent_ns") ? OF_A_START : all;
  // Of a start that failed two are known that come close after each other, and depend on each other.
  const fewest = table.name === "study-dimensions" ? FEWEST_LONG : FEWEST_TIMES;
  // By two sums of the times: a million keys as text would take as much memory as the file.
  const seen = new Map<number, number>();
  let trials = 0;
  return (row, isNew) => {
    if (isNew) trials += 1;
    if ("clock" in row && row.clock === "client") return false;
    const cells = row as unknown as Readonly<Record<string, number | null>>;
    let [count, long, last, one, two] = [0, 0, 0, 0, 0];
    for (const name of times) {
      const time = cells[name];
      if (time === null || time === undefined || time % COARSE_NS === 0) continue;
      if (time !== last) count += 1; // of one exchange all times are one
      if (time !== last && time >= LONG_NS) long += 1;
      last = time;
      one = (Math.imul(one, 65_521) + time) | 0;
      two = (Math.imul(two, 32_749) + time) | 0;
    }
    if (count < FEWEST_TIMES && long < fewest) return false;
    const key = (one >>> 0) * 2 ** KEPT_BITS + (two >>> (32 - KEPT_BITS));
    const before = seen.get(key);
    seen.set(key, trials);
    return before !== undefined && before !== trials;
  };
}
