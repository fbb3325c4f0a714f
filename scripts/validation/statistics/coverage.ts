/** How often an interval holds the truth, when the truth is known. */
import { CONFIDENCE } from "../../../analysis/statistics/interval.ts";
import { normalDraws } from "../../../analysis/testing/normal-draws.ts";
import type { Design } from "./design.ts";
import { type Population, truthsOf } from "./populations.ts";

export const SIZES = [6, 20, 50] as const;

export interface Repetitions {
  readonly plain: number;
  readonly resampling: number;
}

export interface Coverage {
  readonly interval: string;
  readonly n: number;
  readonly repetitions: number;
  /** Share of the intervals that hold the truth, by population; `null` where there is no interval. */
  readonly shares: readonly (number | null)[];
}

/** Monte-Carlo standard error of a share that is truly the nominal one. */
export const standardError = (repetitions: number): number => Math.sqrt((CONFIDENCE * (1 - CONFIDENCE)) / repetitions);

/** Every interval of a design at every size, one row each; the cells of a row are drawn independently. */
export function coverages<Data>(
  design: Design<Data>,
  populations: readonly Population[],
  repetitions: Repetitions,
  seed: number,
  sizes: readonly number[] = SIZES,
): Coverage[] {
  const truths = populations.map(truthsOf);
  const bySize = sizes.map((n) =>
    populations.map((population, index) => {
      const counts = design.candidates.map(() => ({ covered: 0, intervals: 0 }));
      const normal = normalDraws(seedOf(seed, design.name, population.name, n));
      for (let repetition = 0; repetition < repetitions.plain; repetition += 1) {
        const data = design.draw(population, n, normal);
        for (const [place, candidate] of design.candidates.entries()) {
          if (candidate.resamples && repetition >= repetitions.resampling) continue;
          const interval = candidate.interval(data, seed + repetition);
          const [count, known] = [counts[place], truths[index]];
          if (interval === null || count === undefined || known === undefined) continue;
          count.intervals += 1;
          if (holds(interval, candidate.truth(known))) count.covered += 1;
        }
      }
      return counts.map(({ covered, intervals }) => (intervals === 0 ? null : covered / intervals));
    }),
  );
  return design.candidates.flatMap(({ name, resamples }, place) =>
    sizes.map((n, size) => ({
      interval: name,
      n,
      repetitions: resamples ? repetitions.resampling : repetitions.plain,
      shares: (bySize[size] ?? []).map((shares) => shares[place] ?? null),
    })),
  );
}

/** A seed of its own for every cell, whatever else is simulated before it (Fowler, Noll and Vo's hash, FNV-1a). */
function seedOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of parts.join("/")) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return hash;
}

/** Ends that equal the truth hold it; arithmetic on them may miss it by a rounding error, which is no error of the interval. */
function holds([lo, hi]: readonly [number, number], truth: number): boolean {
  const slack = 1e-9 * Math.abs(truth);
  return lo - slack <= truth && truth <= hi + slack;
}
