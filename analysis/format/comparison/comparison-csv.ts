/** `compare --format csv`: one row a comparison, unrounded, for other programs. */
import { count, decimal } from "../../../research/csv/cells.ts";
import { defineTable } from "../../../research/table.ts";
import type { Comparison } from "../../comparisons/compare.ts";
import { ends, maybe, name } from "../document/csv-columns.ts";

const table = defineTable("comparisons", "One row a pair, condition and metric; a relative to b, intervals 95 %.", {
  experiment: name("experiment"),
  condition: name("condition"),
  metric: name("metric"),
  unit: name("unit of the metric"),
  a: name("platform a"),
  b: name("platform b"),
  n_a: count("trials of a"),
  n_b: count("trials of b"),
  ratio: maybe("a over b, Hodges-Lehmann on logarithms"),
  ratio_lo: maybe("its interval"),
  ratio_hi: maybe("its interval"),
  shift: decimal("a minus b, Hodges-Lehmann", ""),
  shift_lo: maybe("its interval"),
  shift_hi: maybe("its interval"),
  cliffs_delta: decimal("Cliff's delta", ""),
  cliffs_delta_lo: maybe("its interval"),
  cliffs_delta_hi: maybe("its interval"),
  mann_whitney_u: decimal("pairs with a above b, plus half the ties", ""),
  p: decimal("Mann-Whitney, two-sided", ""),
  p_holm: maybe("adjusted within the family"),
  brunner_munzel_p: maybe("Brunner-Munzel, two-sided"),
  family: name("all pairs and conditions of one experiment and metric"),
  effect: name("size of Cliff's delta in a word"),
});

export const comparisonCsv = (comparisons: readonly Comparison[]): string =>
  table.header +
  comparisons
    .map(({ ratio_ci, shift_ci, cliffs_delta_ci, ...comparison }) =>
      table.formatRow({
        ...comparison,
        ...ends("ratio", ratio_ci),
        ...ends("shift", shift_ci),
        ...ends("cliffs_delta", cliffs_delta_ci),
      }),
    )
    .join("");
