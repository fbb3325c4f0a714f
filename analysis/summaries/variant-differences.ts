/** Variants of a start against the first, from the slowest to the fastest: what each costs or saves, how sure, and where. */

import { includesZero } from "../comparisons/phase-differences.ts";
import { doubtsOf } from "../detectors/findings-of.ts";
import { onceFor } from "../samples/lazily.ts";
import { conditionKey } from "../subjects/key.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { type Subject, variantsOf } from "../subjects/subject.ts";
import { type PairedComparison, pairedConditions } from "./paired-conditions.ts";

export type PhaseDifference = NonNullable<PairedComparison["phases"]>[number];

export interface VariantDifference {
  readonly variant: string;
  /** Of totals, in ms: this variant less the first. */
  readonly comparison: PairedComparison;
  /** Whether it leaves out 0 together with all others of its family. */
  readonly isCertain: boolean;
  /** Those that differ for certain, together with all phases of all variants; the largest first. */
  readonly phases: readonly PhaseDifference[];
}

type Named = Pick<Measurement, "condition" | "factors">;

/**
 * Of one image in one mode; empty where there are no variants of it.
 * @param conditions of startup
 * @param paired comparisons among which those of their totals are
 */
export function variantDifferences(
  conditions: readonly Named[],
  paired: readonly PairedComparison[],
  { image, mode }: Measurement["factors"],
): VariantDifference[] {
  const own = conditions.filter(({ factors }) => factors.image === image && factors.mode === mode);
  const variantOf = new Map(own.map(({ condition, factors }) => [condition, factors.variant]));
  return paired
    .flatMap((comparison): VariantDifference[] => {
      const { experiment, metric, a, b, phases, shift_ci_simultaneous: ends } = comparison;
      const [variant, first] = [variantOf.get(a), variantOf.get(b)];
      if (experiment !== "startup" || metric !== "total_ms" || variant === undefined || first === undefined) return [];
      const certain = (phases ?? []).filter(({ difference_ci_simultaneous: of }) => of !== null && !includesZero(of));
      return [
        {
          ...{ variant, comparison, isCertain: ends !== null && !includesZero(ends) },
          phases: certain.toSorted((x, y) => Math.abs(y.difference_ms) - Math.abs(x.difference_ms)),
        },
      ];
    })
    .sort((x, y) => y.comparison.shift - x.comparison.shift);
}

interface PairedVariants {
  readonly totals: readonly Measurement[];
  readonly paired: readonly PairedComparison[];
}

/**
 * The same comparisons of a platform's totals as its summary has, without the rest of it. Several figures ask for it, and it takes
 * as long as any of them.
 */
export const pairedVariants = onceFor(pairTotals);

function pairTotals(subject: Subject): PairedVariants {
  const { measurements, conditions } = subject;
  const variants = variantsOf(subject);
  const place = ({ factors }: Measurement): number => variants.indexOf(factors.variant ?? "");
  const totals = measurements
    .filter(
      ({ experiment, metric, factors }) => experiment === "startup" && metric === "total_ms" && factors.variant !== undefined,
    )
    .sort((a, b) => place(a) - place(b));
  const startsOf = (measurement: Measurement) => conditions.get(conditionKey(measurement))?.starts ?? [];
  return { totals, paired: pairedConditions(totals, (measurement) => doubtsOf(subject, measurement), variants[0], startsOf) };
}
