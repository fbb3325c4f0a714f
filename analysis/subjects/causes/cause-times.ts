/** What starts waited for, as why.csv says: a time of each start for each phase, cause, program and place. */
import type { PhaseName } from "../../../research/phases.ts";
import { CAUSE_NAMES, type Cause } from "../../../research/why/causes.ts";

export interface CauseTimes {
  readonly phase: PhaseName;
  readonly cause: Cause;
  readonly program: string;
  readonly place: string | null;
  /** Of the starts in which it was seen, in ms. */
  readonly times_ms: readonly number[];
  /** Which value of total_ms each belongs to, from 0. */
  readonly places: readonly number[];
}

export interface CauseRow {
  readonly phase: PhaseName | null;
  readonly cause: Cause | null;
  readonly program: string | null;
  readonly place: string | null;
  readonly ns: number | null;
}

/** Gathers the starts of a condition one after the other. */
export class CauseGatherer {
  readonly #times = new Map<string, { [K in keyof CauseTimes]: CauseTimes[K] } & { times_ms: number[]; places: number[] }>();

  /** @param start its place among the values of total_ms */
  add(rows: readonly CauseRow[], start: number): void {
    for (const { phase, cause, program, place, ns } of rows) {
      if (phase === null || cause === null || program === null || ns === null) continue;
      // Each is one line of text. Every row asks: to write them as JSON takes several times as long.
      const key = `${phase}\n${cause}\n${program}\n${place ?? ""}`;
      let of = this.#times.get(key);
      if (of === undefined) {
        of = { phase, cause, program, place, times_ms: [], places: [] };
        this.#times.set(key, of);
      }
      of.times_ms.push(ns / 1e6);
      of.places.push(start);
    }
  }

  all(): CauseTimes[] {
    return [...this.#times.values()];
  }
}

/** One time a start; what did not happen took no time. */
export function ofEachStart(times: Iterable<Pick<CauseTimes, "times_ms" | "places">>, count: number): number[] {
  const all = new Array<number>(count).fill(0);
  for (const { times_ms, places } of times)
    for (const [index, place] of places.entries()) all[place] = (all[place] as number) + (times_ms[index] as number);
  return all;
}

export const causeMetric = (cause: Cause): string => `${cause.replaceAll("-", "_")}_ms`;

const CAUSE_OF_METRIC: ReadonlyMap<string, Cause> = new Map(CAUSE_NAMES.map((cause) => [causeMetric(cause), cause]));

/** Of the experiment why. */
export const causeOf = ({ experiment, metric }: { readonly experiment: string; readonly metric: string }): Cause | undefined =>
  experiment === "why" ? CAUSE_OF_METRIC.get(metric) : undefined;
