import { midranks } from "../statistics/tests/ranks.ts";
import { grouped } from "./grouped.ts";

/**
 * Midranks within each stretch (session, or the trials between two known changes), as (rank − ½) / n − ½: between −½ and ½,
 * with a mean of 0 in every stretch, so that the levels of the stretches are out of it. In the order of the values.
 * @param stretches which one each value belongs to, in the same order
 */
export function ranksWithin(values: readonly number[], stretches: readonly unknown[]): number[] {
  const ranks = new Array<number>(values.length).fill(0);
  for (const places of grouped(values.keys(), (place) => stretches[place]).values()) {
    const inStretch = midranks(places.map((place) => values[place] as number));
    for (const [index, place] of places.entries()) ranks[place] = ((inStretch[index] as number) - 0.5) / places.length - 0.5;
  }
  return ranks;
}
