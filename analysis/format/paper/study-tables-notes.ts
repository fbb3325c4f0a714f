/** Which estimators the marks of `paper tables` come from: only those that occur. */
import type { RecomputedTable } from "../../paper/tables-output.ts";
import { count } from "../../samples/numbers.ts";
import type { Inline } from "../document/document.ts";

export function studyTablesNotes(tables: readonly RecomputedTable[]): Inline[] {
  const samples = tables.flatMap(({ samples }) => samples);
  const contrasts = tables.flatMap(({ contrasts }) => contrasts);
  const differing = new Set(samples.flatMap(({ differs }) => differs));
  const byRounding = samples.filter(({ differs }) => differs.includes("mean") && !differs.includes("n"));
  const zero = contrasts.some(({ as_published, as_it_should_be: { ratio } }) => as_published.effect !== null && ratio === null);
  return [
    ...note(
      differing.has("mean_ci"),
      "95 % CI of the mean: published as ± 1.96 s/√n from n = 30 on, below that with the constants 2.045 (n ≥ 20), 2.262 (n ≥ 10) and 2.776; here by Student's t with n − 1 degrees of freedom.",
    ),
    ...note(
      differing.has("median"),
      "Median: published as the upper of the middle two values; here their mean, with an exact interval by order statistics, which covers at least 95 %.",
    ),
    ...note(
      differing.has("n"),
      "n: side by side, the study leaves out values of 0 without saying so; here nothing is left out, and what follows from n differs too.",
    ),
    ...note(
      byRounding.length > 0,
      `Mean: ${count(byRounding.length, "mean")} of the same n lies half-way between two hundredths; the last bit of a plain sum decided, here it is summed with compensation.`,
    ),
    ...note(
      contrasts.some(({ differs }) => differs.includes("effect")),
      "Effect: published as the ratio, overhead or difference of rounded means; here ratio and shift by Hodges-Lehmann, with their intervals.",
    ),
    ...note(zero, "No ratio where a value is 0: a ratio needs values above it."),
    ...note(
      contrasts.some(({ differs }) => differs.includes("p")),
      "p: published unadjusted with six decimals; here Mann-Whitney adjusted by Holm over all lines of a table.",
    ),
    ...verdicts(contrasts),
    ...note(
      tables.some(({ id }) => id === "memory"),
      "Page cache sharing: the figure of one container is the total divided by their number, so that the efficiency is 0 for any data, up to the rounding.",
    ),
    [
      "Better estimators fix no measurement: units, zeros and the order of collection are as the files have them, and every interval is conditional on the one session.",
    ],
  ];
}

/** Whether anything that was called significant no longer is, or the other way round. */
function verdicts(contrasts: RecomputedTable["contrasts"]): Inline[] {
  const tested = contrasts.filter(({ as_published }) => as_published.test !== null);
  if (tested.length === 0) return [];
  const changed = tested.filter(({ differs }) => differs.includes("significant"));
  const which = changed.map(({ within, a, b, quantity }) => `${within} ${a} and ${b} ${quantity}`).join(", ");
  return [
    [
      changed.length === 0
        ? `Significant at 0.05 by p Holm: as published in all ${count(tested.length, "test")}.`
        : `Significant at 0.05 by p Holm: other than published in ${changed.length} of ${count(tested.length, "test")}: ${which}.`,
    ],
  ];
}

const note = (applies: boolean, text: string): Inline[] => (applies ? [[text]] : []);
