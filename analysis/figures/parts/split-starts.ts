/** The conditions whose phases a figure shows: as many as there is room for. */

import type { Engine } from "../../../research/text/phase-words.ts";
import { count } from "../../samples/numbers.ts";
import { conditionKey } from "../../subjects/key.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import type { Start } from "../../subjects/starts.ts";
import { engineOf, type Subject, variantsOf } from "../../subjects/subject.ts";
import { type Drawn, describedIn, sessionsIn } from "../../summaries/described.ts";
import { pairedVariants, variantDifferences } from "../../summaries/variant-differences.ts";
import { listed } from "../page/left-out.ts";
import { byFactors, isStartTotal } from "./measured.ts";

export interface SplitStarts {
  readonly platform: string;
  readonly condition: string;
  /** Not empty, each split into phases. */
  readonly starts: readonly Start[];
  /** Of their totals, one each. */
  readonly measurement: Measurement;
  /** Of each; `null` where they are not told apart. */
  readonly sessions: readonly number[] | null;
  readonly described: Drawn;
  /** What made them; not known of every platform. */
  readonly engine: Engine | undefined;
}

/** More of them are pages that nobody compares: what differs for certain is among the first. */
const MOST_OF_VARIANTS = 6;

/**
 * The first image, as they are ordered: in every mode of a platform that stands alone, in the first that was measured where
 * several are compared; of many variants those that differ; and why platforms have none.
 */
export function splitStarts(subjects: readonly Subject[]): {
  readonly shown: SplitStarts[];
  readonly leftOut: string[];
  /** Where there are other images, a sentence of them for the caption. */
  readonly images: string[];
} {
  const found = subjects.map((subject) => {
    const all = allSplitStarts(subject);
    return { subject, all, ofFirst: ofFirstImage(all) };
  });
  const alone = found.filter(({ ofFirst }) => ofFirst.length > 0).length === 1;
  const chosen = found.map(({ subject, ofFirst }) => {
    if (!alone) return ofFirst.slice(0, 1);
    return ofFirst.length <= MOST_OF_VARIANTS ? ofFirst : telling(subject, ofFirst);
  });
  return {
    shown: chosen.flat(),
    images: otherImages(
      chosen.flat(),
      found.flatMap(({ all }) => all),
    ),
    leftOut: found.flatMap(({ subject, ofFirst }, index) => {
      const { label } = subject;
      if (ofFirst.length === 0) return [`${label}: no start is split into phases`];
      const others = ofFirst.length - (chosen[index]?.length ?? 0);
      if (!alone || others === 0) return [];
      const told = `${variantsOf(subject)[0]} and what certainly differs most from it`;
      return [
        `${others} of ${count(ofFirst.length, "variant")} of ${label} (drawn are ${told}; \`tierbench report ${label}\` has all of them, to choose from)`,
      ];
    }),
  };
}

/** What the others are compared with, in every mode, and those that certainly differ most from it. */
function telling(subject: Subject, all: readonly SplitStarts[]): SplitStarts[] {
  const { totals, paired } = pairedVariants(subject);
  const first = variantsOf(subject)[0];
  const isFirst = ({ measurement }: SplitStarts): boolean => measurement.factors.variant === first;
  const firsts = all.filter(isFirst);
  const differing = firsts.flatMap(({ measurement: { factors } }) =>
    variantDifferences(totals, paired, factors).filter(({ isCertain }) => isCertain),
  );
  const most = differing
    .toSorted((a, b) => Math.abs(b.comparison.shift) - Math.abs(a.comparison.shift))
    .slice(0, MOST_OF_VARIANTS - firsts.length)
    .map(({ comparison }) => comparison.a);
  return all.filter((each) => isFirst(each) || most.includes(each.condition));
}

/** No platform's images are passed over in silence. */
function otherImages(shown: readonly SplitStarts[], all: readonly SplitStarts[]): string[] {
  const drawn = new Set(shown.map(imageOf));
  const others = new Set(all.map(imageOf).filter((image) => !drawn.has(image)));
  if (others.size === 0) return [];
  return [`Drawn is ${[...drawn].join(", ")}; \`tierbench report\` has ${listed([...others])}, too.`];
}

const imageOf = ({ measurement }: SplitStarts): string => measurement.factors.image ?? "";

const ofFirstImage = (all: readonly SplitStarts[]): SplitStarts[] =>
  all.filter((each) => imageOf(each) === imageOf(all[0] as SplitStarts));

/** Every condition of which a start is split into phases. */
export function allSplitStarts(subject: Subject): SplitStarts[] {
  const { label, conditions, measurements } = subject;
  const engine = engineOf(subject);
  return byFactors(measurements.filter(isStartTotal), variantsOf(subject)).flatMap((measurement) => {
    const starts = conditions.get(conditionKey(measurement))?.starts ?? [];
    const phased = starts.some(({ kinds }) => kinds.length > 0);
    if (!phased || measurement.values.length === 0) return [];
    const described = describedIn(subject, measurement);
    const sessions = sessionsIn(subject, measurement);
    return [{ platform: label, condition: measurement.condition, starts, measurement, sessions, described, engine }];
  });
}
