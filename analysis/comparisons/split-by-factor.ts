/** One platform taken apart: each value of a factor, such as each image, as if it were a platform of its own. */
import { MisuseError } from "../../research/misuse.ts";
import type { Context } from "../subjects/context.ts";
import { type ConditionKey, conditionKey } from "../subjects/key.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { type Subject, variantsOf } from "../subjects/subject.ts";

/** What a person may want to compare within a platform. Its modes are no alternatives of each other. */
export const SPLITTING_FACTORS = ["image", "variant"] as const;
export type SplittingFactor = (typeof SPLITTING_FACTORS)[number];

/** What differs by intent, and keeps nothing from being compared. */
const ASKED_ABOUT = { image: "images", variant: "flags" } as const satisfies Record<SplittingFactor, keyof Context>;

/**
 * In order of appearance, variants as they were named, labelled with the value. They have one source: their sessions are the same, and their trials took
 * turns within each block.
 * @throws MisuseError where there are no two values
 */
export function splitByFactor(subject: Subject, factor: SplittingFactor): Subject[] {
  const named = factor === "variant" ? variantsOf(subject) : [];
  const seen = new Set(subject.measurements.flatMap(({ factors }) => factors[factor] ?? []));
  const values = new Set([...named.filter((name) => seen.has(name)), ...seen]);
  if (values.size < 2) {
    const found = values.size === 0 ? "none" : `only ${[...values][0]}`;
    throw new MisuseError(`--by ${factor} takes a platform with two ${factor}s or more, and ${subject.label} has ${found}`);
  }
  return [...values].map((value) => ({
    ...subject,
    label: value,
    measurements: subject.measurements.filter((each) => each.factors[factor] === value).map((each) => without(each, factor)),
    conditions: new Map(
      [...subject.conditions.values()]
        .filter((each) => each.factors[factor] === value)
        .map((each): [ConditionKey, typeof each] => {
          const { [ASKED_ABOUT[factor]]: _, ...context } = each.context;
          const condition = without(each, factor);
          return [conditionKey(condition), { ...condition, context }];
        }),
    ),
  }));
}

/** A condition is named after the values of its factors; where there is no other, after its experiment. */
function without<T extends Pick<Measurement, "experiment" | "condition" | "factors">>(each: T, factor: SplittingFactor): T {
  const { [factor]: _, ...factors } = each.factors;
  return { ...each, factors, condition: Object.values(factors).join(" ") || each.experiment };
}
