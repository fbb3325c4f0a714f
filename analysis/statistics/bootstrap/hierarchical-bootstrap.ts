import { type BootstrapInterval, bcaInterval } from "./bca-interval.ts";
import { type BootstrapOptions, bootstrapReplicates } from "./bootstrap-replicates.ts";
import { randomIndex } from "./random-index.ts";
import { everyRow, type RowStatistic, resampledStatistic } from "./resample.ts";

/**
 * BCa bootstrap interval of any statistic of a platform's rows that were collected in several sessions, in the statistic's
 * unit: as many sessions as there are are drawn, then from each session drawn as many of its rows as it has (Davison and
 * Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8), so that the interval speaks of the platform and
 * not of the sessions it happened to have. The acceleration comes from leaving out one session at a time. Few sessions
 * cover too little: where sessions differ as much as trials do, in place of 95 % two cover 64 %, three 79 %, five 86 %, ten
 * 88 % (simulated; pooled rows about 40 %). `null` for a single session: `bootstrapRows` is then conditional on it.
 * @param sessions the session of each row, in the rows' order
 * @throws RangeError when the statistic of a resample is not finite, or an option is out of range
 */
export function hierarchicalBootstrap(
  sessions: readonly (number | string)[],
  statistic: RowStatistic,
  options: BootstrapOptions,
): BootstrapInterval | null {
  const rowsOf = groupRows(sessions);
  if (rowsOf.length < 2) return null;
  const capacity = rowsOf.length * Math.max(...rowsOf.map((rows) => rows.length));
  const of = resampledStatistic(statistic, sessions.length, capacity);
  const index = randomIndex(options.seed);
  const drawn = new Uint32Array(capacity);
  const drawSessionsThenRows = (): number => {
    let size = 0;
    for (let session = 0; session < rowsOf.length; session += 1) {
      const rows = rowsOf[index(rowsOf.length)] as readonly number[];
      for (const end = size + rows.length; size < end; size += 1) drawn[size] = rows[index(rows.length)] as number;
    }
    return size;
  };
  const rowDrawn = (place: number): number => drawn[place] as number;
  const distribution = {
    estimate: of(sessions.length, everyRow),
    replicates: bootstrapReplicates(options, () => of(drawSessionsThenRows(), rowDrawn)),
    jackknife: [
      rowsOf.map((leftOut) => {
        const others = rowsOf.filter((rows) => rows !== leftOut).flat();
        return of(others.length, (place) => others[place] as number);
      }),
    ],
  };
  return bcaInterval(distribution, options.confidence);
}

/** The rows of each session, sessions in the order in which they first appear. */
function groupRows(sessions: readonly (number | string)[]): readonly (readonly number[])[] {
  const rowsOf = new Map<number | string, number[]>();
  sessions.forEach((session, row) => {
    const rows = rowsOf.get(session);
    if (rows === undefined) rowsOf.set(session, [row]);
    else rows.push(row);
  });
  return [...rowsOf.values()];
}
