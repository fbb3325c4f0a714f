/** The condition whose phases a figure shows: one a platform, as there is room for one. */
import type { StartPhases, Subject } from "../measurement.ts";
import { isStartTotal } from "./measured.ts";

export interface SplitStarts {
  readonly platform: string;
  readonly condition: string;
  /** Not empty, each split into phases. */
  readonly starts: readonly StartPhases[];
  /** The row of each start in the platform's file, from 1. */
  readonly rows: readonly number[];
}

/** The first image that was measured, warm unless it never was; and why platforms have none. */
export function splitStarts(subjects: readonly Subject[]): { readonly shown: SplitStarts[]; readonly leftOut: string[] } {
  const leftOut: string[] = [];
  const shown = subjects.flatMap(({ label, starts, measurements }) => {
    const found = [...starts].find(([, ofCondition]) => ofCondition.some(({ phases }) => phases.length > 0));
    if (found === undefined) {
      leftOut.push(`${label}: no start is split into phases`);
      return [];
    }
    const [condition, ofCondition] = found;
    const total = measurements.find((measurement) => isStartTotal(measurement) && measurement.condition === condition);
    return [{ platform: label, condition, starts: ofCondition, rows: total?.rows ?? [] }];
  });
  return { shown, leftOut };
}
