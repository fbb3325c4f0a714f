/** What a run adds to its warnings: how cold starts are to be read, and what went wrong. */
import type { Warning } from "../research/warning.ts";
import type { TrialReport } from "./run-experiment.ts";

/** @param problem why cold starts can not be measured, `undefined` when they can */
export const coldWarning = (problem: string | undefined): Warning =>
  problem === undefined
    ? {
        summary: "cold starts also reload the engine's and the runtime's own programs",
        evidence: "dropping the page cache evicts every file that is not mapped, not the image's alone",
        remedy: "read `cold` as the first start after a reboot; each is followed by a warming start, recorded as warm-up",
      }
    : { summary: "cold starts are not measurable here and were left out", evidence: problem, remedy: "see `tierbench doctor`" };

/** Counts the trials that did not end well, by outcome, with the first reason of each. */
export class OutcomeTally {
  readonly #problems = new Map<string, { count: number; readonly first: string }>();

  /** @returns a line about the first of its kind, `undefined` otherwise */
  note({ trial, start: { outcome, problem } }: TrialReport): string | undefined {
    if (problem === undefined) return undefined;
    const known = this.#problems.get(outcome);
    if (known !== undefined) {
      known.count += 1;
      return undefined;
    }
    this.#problems.set(outcome, { count: 1, first: problem });
    return `${trial.image} ${trial.mode}: ${outcome}: ${problem}`;
  }

  warnings(): Warning[] {
    return [...this.#problems].map(([outcome, { count, first }]) => ({
      summary: `${count} trials ended as ${outcome}`,
      evidence: `the first: ${first}`,
      remedy: "they are in the CSV with their outcome and are not summarised",
    }));
  }
}
