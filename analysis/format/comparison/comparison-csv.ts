/** `compare --format csv`: one row a comparison, unrounded, for other programs. */
import { count, decimal } from "../../../research/csv/cells.ts";
import { defineTable } from "../../../research/table.ts";
import type { Comparison } from "../../comparisons/comparison-output.ts";
import { ends, maybe, name } from "../document/csv-columns.ts";

const table = defineTable(
  "comparisons",
  "One row a pair, condition and metric; a relative to b, intervals 95 %; empty where there are fewer than three sessions a side.",
  {
    experiment: name("experiment"),
    condition: name("condition"),
    metric: name("metric"),
    unit: name("unit of the metric"),
    a: name("platform a"),
    b: name("platform b"),
    verdict: name("a relative to b; none where nothing may be said"),
    reason: name("of the verdict, or of its absence"),
    k_a: count("sessions of a that count"),
    k_b: count("sessions of b that count"),
    paired: name("yes where they were measured in turns"),
    ratio: maybe("a over b, of the geometric means of the sessions' medians"),
    ratio_lo: maybe("its interval"),
    ratio_hi: maybe("its interval"),
    ratio_simultaneous_lo: maybe("its interval, adjusted by Holm within the family"),
    ratio_simultaneous_hi: maybe("its interval, adjusted by Holm within the family"),
    difference: maybe("a less b where a value is not positive and so no ratio exists: of the means of the sessions' medians"),
    difference_simultaneous_lo: maybe("its interval, adjusted by Holm within the family"),
    difference_simultaneous_hi: maybe("its interval, adjusted by Holm within the family"),
    df: maybe("degrees of freedom"),
    p: maybe("of the sessions, Student's t"),
    p_holm: maybe("adjusted within the family"),
    rank_p: maybe("of the sessions, exact rank test"),
    n_a: count("trials of a"),
    n_b: count("trials of b"),
    trials_ratio: maybe("a over b, of the medians of all trials"),
    trials_ratio_lo: maybe("its interval by the trials alone"),
    trials_ratio_hi: maybe("its interval by the trials alone"),
    trials_shift: decimal("median of a minus median of b, of all trials", ""),
    trials_shift_lo: maybe("its interval by the trials alone"),
    trials_shift_hi: maybe("its interval by the trials alone"),
    cliffs_delta: decimal("Cliff's delta of the trials", ""),
    cliffs_delta_lo: maybe("its interval by the trials alone"),
    cliffs_delta_hi: maybe("its interval by the trials alone"),
    effect: name("size of Cliff's delta in a word"),
    family: name("all pairs and conditions of one experiment and metric"),
    cautions: name("separated by semicolons"),
  },
);

export const comparisonCsv = (comparisons: readonly Comparison[]): string =>
  table.header +
  comparisons
    .map(({ sessions, trials, cautions, ...comparison }) =>
      table.formatRow({
        ...comparison,
        ...sessions,
        paired: sessions.paired ? "yes" : "no",
        ...ends("ratio", sessions.ratio_ci),
        ...ends("ratio_simultaneous", sessions.ratio_ci_simultaneous),
        ...ends("difference_simultaneous", sessions.difference_ci_simultaneous),
        ...{ n_a: trials.n_a, n_b: trials.n_b, trials_ratio: trials.ratio, trials_shift: trials.shift },
        ...ends("trials_ratio", trials.ratio_ci),
        ...ends("trials_shift", trials.shift_ci),
        ...{ cliffs_delta: trials.cliffs_delta, effect: trials.effect },
        ...ends("cliffs_delta", trials.cliffs_delta_ci),
        cautions: cautions.join("; "),
      }),
    )
    .join("");
