/** The conditions whose phases a figure shows: as many as there is room for. */

import type { Engine } from "../../../research/text/phase-words.ts";
import { conditionKey } from "../../subjects/key.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import type { Start } from "../../subjects/starts.ts";
import { engineOf, type Subject } from "../../subjects/subject.ts";
import { type Drawn, describedIn } from "../../summaries/described.ts";
import { byFactors, isStartTotal } from "./measured.ts";

export interface SplitStarts {
  readonly platform: string;
  readonly condition: string;
  /** Not empty, each split into phases. */
  readonly starts: readonly Start[];
  /** Of their totals, one each. */
  readonly measurement: Measurement;
  readonly described: Drawn;
  /** What made them; not known of every platform. */
  readonly engine: Engine | undefined;
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

function ofFirstImage(subject: Subject): SplitStarts[] {
  const all = allSplitStarts(subject);
  return all.filter(({ measurement }) => measurement.factors.image === all[0]?.measurement.factors.image);
}

/** Every condition of which a start is split into phases. */
export function allSplitStarts(subject: Subject): SplitStarts[] {
  const { label, conditions, measurements } = subject;
  const engine = engineOf(subject);
  return byFactors(measurements.filter(isStartTotal)).flatMap((measurement) => {
    const starts = conditions.get(conditionKey(measurement))?.starts ?? [];
    const phased = starts.some(({ kinds }) => kinds.length > 0);
    if (!phased || measurement.values.length === 0) return [];
    const described = describedIn(subject, measurement);
    return [{ platform: label, condition: measurement.condition, starts, measurement, described, engine }];
  });
}
