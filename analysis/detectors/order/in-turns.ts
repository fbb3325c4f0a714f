/**
 * A session as a whole: what every block says of the conditions together. What slows the machine slows all of them, and their
 * mean rank shows it where each alone is too noisy.
 */
import { onceFor } from "../../samples/lazily.ts";
import { ranksWithin } from "../../samples/ranks-within.ts";
import type { TimeOrder } from "../../samples/time-order.ts";
import { type Measurement, sessionOf } from "../../subjects/measurement.ts";
import { type Ordered, orderedByMetric } from "./ordered.ts";

export interface InTurns {
  /** In order of collection, of all sessions. */
  readonly blocks: readonly number[];
  /** Of each block: the mean of its trials' ranks, each within its condition and session ({@link ranksWithin}). */
  readonly means: readonly number[];
}

/** Fewer blocks say nothing of an order. */
const FEWEST_BLOCKS = 6;
/** Of more, each condition shows by itself whatever all of them show together, and gathering them takes long. */
const MOST_TRIALS = 100_000;

/** One metric in several conditions that took turns, block by block; `null` where they did not, and for too few blocks or too many. */
export function inTurns(family: readonly Measurement[]): InTurns | null {
  if (family.length < 2 || family.some(({ values }) => values.length === 0)) return null;
  if (family.reduce((sum, { values }) => sum + values.length, 0) > MOST_TRIALS) return null;
  const trials = new Map<number, { ranks: number[]; first: number; last: number }>();
  for (const measurement of family) {
    const ranks = ranksOf(measurement);
    for (const [index, block] of measurement.blocks.entries()) {
      const [row, rank] = [measurement.rows[index] as number, ranks[index] as number];
      const found = trials.get(block);
      if (found === undefined) trials.set(block, { ranks: [rank], first: row, last: row });
      else {
        found.ranks.push(rank);
        [found.first, found.last] = [Math.min(found.first, row), Math.max(found.last, row)];
      }
    }
  }
  const ordered = [...trials].sort(([a], [b]) => a - b);
  const turns = ordered.every(([, { first }], index) => index === 0 || first > (ordered[index - 1]?.[1].last ?? 0));
  const together = ordered.filter(([, { ranks }]) => ranks.length > 1);
  if (!turns || together.length < FEWEST_BLOCKS) return null;
  return {
    blocks: together.map(([block]) => block),
    means: together.map(([, { ranks }]) => ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length),
  };
}

/**
 * Sessions of one platform always differ a little, which their own estimators allow for: it is no drift. A measurement is looked
 * at by itself, with all others of its family, and without one of them.
 */
export const ranksOf = onceFor(({ values, blocks }: Measurement): readonly number[] =>
  ranksWithin(values, blocks.map(sessionOf)),
);

/** One metric in all conditions that have values of it. */
export interface Family {
  readonly conditions: readonly { readonly measurement: Measurement; readonly order: TimeOrder }[];
  readonly together: InTurns | null;
}

/** The same for every detector that looks at the order. */
export const familiesOf = onceFor((ordered: Ordered): readonly Family[] =>
  orderedByMetric(ordered).map((family): Family => {
    const conditions = family.flatMap(([measurement, order]) => (order === null ? [] : [{ measurement, order }]));
    return { conditions, together: inTurns(conditions.map(({ measurement }) => measurement)) };
  }),
);

/** Those that are left without the one that `shows` most: what they do not show is not common to all. */
export function withoutThe<T>(items: readonly T[], shows: (item: T) => number): T[] {
  const most = items.reduce((best, item, index) => (shows(item) > shows(items[best] as T) ? index : best), 0);
  return items.filter((_, index) => index !== most);
}
