/** The conditions whose phases a figure shows: as many as there is room for. */
import { conditionKey } from "../../subjects/key.ts";
import type { Start } from "../../subjects/starts.ts";
import type { Subject } from "../../subjects/subject.ts";
import { byFactors, isStartTotal } from "./measured.ts";

export interface SplitStarts {
  readonly platform: string;
  readonly condition: string;
  /** Not empty, each split into phases. */
  readonly starts: readonly Start[];
  /** The row of each start in the platform's file, from 1. */
  readonly rows: readonly number[];
}

/**
 * The first image, as they are ordered: in every mode of a platform that stands alone, in the first that was measured where
 * several are compared; and why platforms have none.
 */
export function splitStarts(subjects: readonly Subject[]): { readonly shown: SplitStarts[]; readonly leftOut: string[] } {
  const found = subjects.map(ofFirstImage);
  const alone = found.filter((ofPlatform) => ofPlatform.length > 0).length === 1;
  return {
    shown: found.flatMap((ofPlatform) => (alone ? ofPlatform : ofPlatform.slice(0, 1))),
    leftOut: subjects.flatMap(({ label }, index) =>
      found[index]?.length === 0 ? [`${label}: no start is split into phases`] : [],
    ),
  };
}

function ofFirstImage({ label, conditions, measurements }: Subject): SplitStarts[] {
  const split = byFactors(measurements.filter(isStartTotal)).flatMap((measurement) => {
    const { condition, factors, rows } = measurement;
    const ofCondition = conditions.get(conditionKey(measurement))?.starts ?? [];
    const phased = ofCondition.some(({ kinds }) => kinds.length > 0);
    return phased ? [{ image: factors.image, platform: label, condition, starts: ofCondition, rows }] : [];
  });
  return split.filter(({ image }) => image === split[0]?.image).map(({ image: _, ...shown }) => shown);
}
