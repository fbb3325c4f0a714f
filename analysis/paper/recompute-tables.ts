/** The study's samples → its tables twice: by its own estimators, and by ours; and in which of the printed digits they differ. */

import type { Finding } from "../detectors/finding.ts";
import { doubtPValues } from "../detectors/published-p-values.ts";
import { compareSamples, type SampleComparison } from "../samples/compare-samples.ts";
import { describe } from "../samples/describe.ts";
import { grouped } from "../samples/grouped.ts";
import { holm } from "../statistics/tests/holm.ts";
import type { Measurement } from "../subjects/measurement.ts";
import type { Subject } from "../subjects/subject.ts";
import { describeAsPublished, testAsPublished } from "./as-published.ts";
import { fixed } from "./python-rounding.ts";
import { type EffectKind, type Quantity, STUDY_TABLES, type StudyTableDeclaration } from "./study-tables.ts";
import { type RecomputedContrast, type RecomputedSample, type RecomputedTable, SHARED_ESTIMATES } from "./tables-output.ts";

/** Tables without a sample are left out; what is missing is in the subjects' caveats. */
export const recomputeTables = (subjects: readonly Subject[]): RecomputedTable[] =>
  STUDY_TABLES.map((declaration) => recomputeTable(declaration, subjects)).filter(({ samples }) => samples.length > 0);

interface Sample extends Pick<RecomputedSample, "platform" | "condition" | "quantity" | "unit"> {
  readonly factors: Measurement["factors"];
  readonly values: readonly number[];
  /** What the study kept of them. */
  readonly kept: readonly number[];
}

export function recomputeTable(declaration: StudyTableDeclaration, subjects: readonly Subject[]): RecomputedTable {
  const { id, title, digits, order } = declaration;
  const samples = subjects.flatMap((subject) => samplesOf(subject, declaration));
  const rows = order === "platform" ? samples : [...grouped(samples, keyOf).values()].flat();
  const contrasts = adjusted(pairsOf(declaration, samples).map((pair) => contrastTwice(declaration, pair)));
  return {
    id,
    title,
    digits,
    samples: rows.map((sample) => describeTwice(sample, digits)),
    contrasts,
    p_findings: doubtPrinted(declaration.experiment, contrasts),
  };
}

/** The study adjusts none of its p-values for the number of tests. */
const doubtPrinted = (experiment: string, contrasts: readonly RecomputedContrast[]): Finding[] =>
  doubtPValues(
    experiment,
    contrasts.flatMap(({ within, a, b, as_published: { test } }) =>
      test === null ? [] : [{ test: `${within} ${a} and ${b}`, p: fixed(test.p, 6) }],
    ),
    false,
  );

/** By quantity, then by condition in the order of its letters, as the study sorts them. */
const samplesOf = (
  { label, measurements }: Subject,
  { experiment, quantities, only, positiveOnly }: StudyTableDeclaration,
): Sample[] =>
  quantities.flatMap((quantity) =>
    measurements
      .filter((measurement) => measurement.experiment === experiment && measurement.metric === quantity.metric)
      .filter(({ factors }) => Object.entries(only ?? {}).every(([factor, value]) => factors[factor] === value))
      .sort((x, y) => (x.condition < y.condition ? -1 : 1))
      .map((measurement) => toSample(label, measurement, quantity, positiveOnly)),
  );

function toSample(platform: string, measurement: Measurement, { metric, absolute }: Quantity, positiveOnly: boolean): Sample {
  const { condition, factors, unit } = measurement;
  const values = absolute ? measurement.values.map(Math.abs) : measurement.values;
  return {
    platform,
    condition,
    quantity: absolute ? `|${metric}|` : metric,
    unit,
    factors,
    values,
    kept: positiveOnly ? values.filter((value) => value > 0) : values,
  };
}

function describeTwice({ platform, condition, quantity, unit, values, kept }: Sample, digits: number): RecomputedSample {
  const [published, ours] = [describeAsPublished(kept), describe(values)];
  return {
    ...{ platform, condition, quantity, unit },
    as_published: published,
    as_it_should_be: ours,
    differs:
      published === null || ours === null
        ? []
        : SHARED_ESTIMATES.filter((name) => inPrint(published[name], digits) !== inPrint(ours[name], digits)),
  };
}

/** As both are printed. A single value has no standard deviation, and no interval. */
const inPrint = (value: number | readonly number[] | null, digits: number): string =>
  value === null
    ? ""
    : [value]
        .flat()
        .map((each) => fixed(each, digits))
        .join(" ");

interface Pair {
  readonly within: string;
  readonly a: readonly [name: string, sample: Sample];
  readonly b: readonly [name: string, sample: Sample];
}

/** Only of samples that are not empty on either side. */
function pairsOf({ contrasts }: StudyTableDeclaration, samples: readonly Sample[]): Pair[] {
  const measured = samples.filter(({ values, kept }) => values.length > 0 && kept.length > 0);
  if (contrasts === null) return [];
  if (contrasts.of === "platforms") {
    return [...grouped(measured, keyOf).values()].flatMap((group) =>
      group.flatMap((a, index) =>
        group.slice(index + 1).map((b): Pair => ({ within: a.condition, a: [a.platform, a], b: [b.platform, b] })),
      ),
    );
  }
  const { factor } = contrasts;
  const side = (group: readonly Sample[], value: string) => group.find(({ factors }) => factors[factor] === value);
  return [...grouped(measured, ({ platform }) => platform)].flatMap(([within, group]): Pair[] => {
    const [a, b] = [side(group, contrasts.a), side(group, contrasts.b)];
    return a === undefined || b === undefined ? [] : [{ within, a: [contrasts.a, a], b: [contrasts.b, b] }];
  });
}

type Unadjusted = Omit<RecomputedContrast, "as_it_should_be" | "differs"> & { readonly as_it_should_be: SampleComparison };

function contrastTwice({ contrasts }: StudyTableDeclaration, { within, a: [a, sampleA], b: [b, sampleB] }: Pair): Unadjusted {
  const kind = contrasts?.effect ?? null;
  return {
    ...{ within, a, b, quantity: sampleA.quantity, unit: sampleA.unit },
    as_published: {
      effect: kind === null ? null : { kind, value: effectAsPublished(kind, sampleA.kept, sampleB.kept) },
      test: contrasts?.tested ? testAsPublished(sampleA.kept, sampleB.kept) : null,
    },
    as_it_should_be: compareSamples(sampleA.values, sampleB.values),
  };
}

function effectAsPublished(kind: EffectKind, valuesA: readonly number[], valuesB: readonly number[]): number {
  const a = describeAsPublished(valuesA)?.mean ?? Number.NaN;
  const b = describeAsPublished(valuesB)?.mean ?? Number.NaN;
  switch (kind) {
    case "ratio":
      return a / b;
    case "overhead_pct":
      return ((a - b) / b) * 100;
    case "difference":
      return a - b;
    default:
      throw kind satisfies never;
  }
}

/** All contrasts of a table are one family. */
function adjusted(contrasts: readonly Unadjusted[]): RecomputedContrast[] {
  const ps = holm(contrasts.map(({ as_it_should_be: { p } }) => p));
  return contrasts.map(({ as_published, as_it_should_be, ...contrast }, index) => {
    const ours = { ...as_it_should_be, p_holm: ps[index] ?? null };
    return { ...contrast, as_published, as_it_should_be: ours, differs: contrastDiffers(as_published, ours) };
  });
}

function contrastDiffers(
  { effect, test }: RecomputedContrast["as_published"],
  ours: RecomputedContrast["as_it_should_be"],
): RecomputedContrast["differs"] {
  const p = ours.p_holm ?? ours.p;
  const digits = effect?.kind === "overhead_pct" ? 1 : 2;
  return [
    ...(effect !== null && inPrint(effectOfOurs(effect.kind, ours), digits) !== inPrint(effect.value, digits)
      ? (["effect"] as const)
      : []),
    ...(test !== null && inPrint(p, 6) !== inPrint(test.p, 6) ? (["p"] as const) : []),
    ...(test !== null && p < 0.05 !== test.significant ? (["significant"] as const) : []),
  ];
}

function effectOfOurs(kind: EffectKind, { ratio, shift }: SampleComparison): number | null {
  switch (kind) {
    case "ratio":
      return ratio;
    case "overhead_pct":
      return ratio === null ? null : (ratio - 1) * 100;
    case "difference":
      return shift;
    default:
      throw kind satisfies never;
  }
}

const keyOf = ({ condition, quantity }: Pick<Sample, "condition" | "quantity">): string => JSON.stringify([quantity, condition]);
