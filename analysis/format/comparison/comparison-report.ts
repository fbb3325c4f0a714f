/** The report of `compare`, and its output formats. */

import type { SessionComparison } from "../../comparisons/compare-sessions.ts";
import { COMPARISON_SCHEMA, type Comparison, type ComparisonReport } from "../../comparisons/comparison-output.ts";
import { EQUIVALENCE_BAND } from "../../samples/compare-samples.ts";
import { grouped } from "../../samples/grouped.ts";
import { factor, factorInterval, interval, MISSING, ms, pct, pValue } from "../../samples/numbers.ts";
import { FEWEST_SESSIONS } from "../../samples/sessions.ts";
import type { Interval } from "../../statistics/interval.ts";
import { type Advice, adviceBlocks } from "../document/advice.ts";
import { type Block, besides, type Inline, left, right } from "../document/document.ts";
import { renderLatex } from "../document/latex.ts";
import { renderMarkdown } from "../document/markdown.ts";
import { type Page, renderText } from "../document/text.ts";
import { comparisonCsv } from "./comparison-csv.ts";
import { comparisonSentence } from "./comparison-sentence.ts";

export const COMPARISON_FORMATS = ["text", "markdown", "latex", "json", "csv"] as const;
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];

/** The whole output of `compare`, with its line end. @param advice stands below the answer */
export function renderComparison(report: ComparisonReport, format: ComparisonFormat, page?: Page, advice?: Advice): string {
  switch (format) {
    case "text":
      return renderText(comparisonBlocks(report, advice), page);
    case "markdown":
      return renderMarkdown(comparisonBlocks(report, advice));
    case "latex":
      return renderLatex(comparisonBlocks(report, advice));
    case "json":
      return `${JSON.stringify({ schema: COMPARISON_SCHEMA, ...report }, null, 2)}\n`;
    case "csv":
      return comparisonCsv(report.comparisons);
    default:
      throw format satisfies never;
  }
}

const comparisonBlocks = (report: ComparisonReport, advice: Advice | undefined): Block[] => [
  ...comparisonSentences(report).map((text): Block => ({ kind: "paragraph", text })),
  ...adviceBlocks(advice),
  ...comparisonTables(report),
];

/** The answer, a sentence for each pair and condition. */
export const comparisonSentences = ({ comparisons }: ComparisonReport): Inline[] =>
  headlines(comparisons).map(comparisonSentence);

/** The numbers behind it, how they were found, and what could not be compared. */
export function comparisonTables(report: ComparisonReport): Block[] {
  const { comparisons } = report;
  return [
    ...metricsOf(comparisons).map(ratioTable),
    ...comparisons.flatMap(phaseTable),
    ...comparisons.flatMap(causeTable),
    ...omnibusTable(report),
    { kind: "list", items: NOTES.map((note) => [note]) },
    ...list("Not compared:", notCompared(report)),
    ...list(
      "Not read:",
      report.unread.map(({ platform, reason }) => `${platform}: ${reason}`),
    ),
    ...list("Caution:", [...report.caveats, ...cautions(comparisons)]),
    ...list(
      "Other differences between the platforms, which may be the reason:",
      report.differing.map(
        ({ fact, values }) =>
          `${fact}: ${Object.entries(values)
            .map(([label, value]) => `${value} (${label})`)
            .join(", ")}`,
      ),
    ),
  ];
}

/** The first metric of each pair and condition of an experiment: the total, where there are tiers. */
function headlines(comparisons: readonly Comparison[]): Comparison[] {
  const seen = new Set<string>();
  return comparisons.filter(({ a, b, experiment, condition }) => {
    const key = JSON.stringify([a, b, experiment, condition]);
    return !seen.has(key) && seen.add(key);
  });
}

const metricsOf = (comparisons: readonly Comparison[]): Comparison[][] =>
  [...new Set(comparisons.map(({ family }) => family))].map((family) =>
    comparisons.filter((comparison) => comparison.family === family),
  );

function ratioTable(family: readonly Comparison[]): Block {
  const [first] = family;
  return {
    kind: "table",
    caption: `${first?.experiment}, ${first?.metric}: a relative to b, by sessions; beside it the trials alone${first?.unit ? `, shift in ${first.unit}` : ""}`,
    names: 3,
    columns: [
      ...[left("condition"), left("a"), left("b"), left("verdict"), right("sessions"), right("ratio"), besides("95 % CI")],
      ...[right("p Holm"), besides("p rank"), right("n"), right("ratio of medians"), besides("trials alone")],
      ...[right("shift"), besides("trials alone"), right("δ"), left("effect")],
    ],
    rows: family.map(({ condition, a, b, verdict, defects, sessions, trials }) => [
      ...[condition, a, b, defects.length > 0 ? "none: defect" : verdict],
      `${sessions.k_a}, ${sessions.k_b}${sessions.paired ? " in turns" : ""}`,
      ...[...level(sessions), pValue(sessions.p_holm), pValue(sessions.rank_p)],
      ...[`${trials.n_a}, ${trials.n_b}`, factor(trials.ratio), factors(trials.ratio_ci)],
      ...[ms(trials.shift), interval(trials.shift_ci), trials.cliffs_delta.toFixed(2)],
      // A size without an interval is one that a single trial may turn round.
      trials.cliffs_delta_ci === null || defects.length > 0 ? MISSING : trials.effect,
    ]),
  };
}

/** The ratio, or the difference where there is none, with its interval. */
const level = ({ ratio, ratio_ci_simultaneous, difference, difference_ci_simultaneous }: SessionComparison): string[] =>
  difference === null
    ? [factor(ratio), factors(ratio_ci_simultaneous)]
    : [`difference ${ms(difference)}`, interval(difference_ci_simultaneous)];

const factors = (ends: Interval | null): string => (ends === null ? MISSING : factorInterval(ends));

function phaseTable({ a, b, condition, explained, defects }: Comparison): Block[] {
  if (explained === null || defects.length > 0) return [];
  const of = explained.replicate === "session" ? "mean of the sessions" : "mean of these trials";
  return [
    {
      kind: "table",
      caption: `${condition}: ${a} minus ${b}, ${of}, by phase, in ms`,
      names: 2,
      columns: [left("tier"), left("phase"), right("difference"), besides("95 % CI"), right("share %"), besides("95 % CI")],
      rows: [
        ...explained.phases.map(({ phases, tier, difference_ms, difference_ci, share_pct, share_ci }) => [
          ...[tier ?? "several", phases.join(" + "), ms(difference_ms), interval(difference_ci)],
          ...[pct(share_pct), share_ci === null ? MISSING : `${pct(share_ci[0])} to ${pct(share_ci[1])}`],
        ]),
        ["", "total", ms(explained.total_ms), interval(explained.total_ci), "", ""],
      ],
    },
  ];
}

function causeTable({ a, b, condition, by_cause, defects }: Comparison): Block[] {
  if (by_cause === null || defects.length > 0) return [];
  const of = by_cause.replicate === "session" ? "mean of the sessions" : "mean of these trials";
  return [
    {
      kind: "table",
      caption: `${condition}: ${a} minus ${b}, ${of}, by cause, in ms`,
      columns: [left("cause"), right("difference"), besides("95 % CI"), right("share %"), besides("95 % CI")],
      rows: [
        ...by_cause.causes.map(({ cause, difference_ms, difference_ci, share_pct, share_ci }) => [
          ...[cause, ms(difference_ms), interval(difference_ci)],
          ...[pct(share_pct), share_ci === null ? MISSING : `${pct(share_ci[0])} to ${pct(share_ci[1])}`],
        ]),
        ["total", ms(by_cause.total_ms), interval(by_cause.total_ci), "", ""],
      ],
    },
  ];
}

function omnibusTable({ omnibus }: ComparisonReport): Block[] {
  if (omnibus.length === 0) return [];
  return [
    {
      kind: "table",
      caption: "All platforms at once (Kruskal-Wallis, of the sessions' medians), before any pair",
      names: 3,
      columns: [left("experiment"), left("condition"), left("metric"), right("H"), right("df"), right("p")],
      rows: omnibus.map(({ experiment, condition, metric, kruskal_wallis_h, df, p }) => [
        ...[experiment, condition, metric, kruskal_wallis_h.toFixed(2), String(df), pValue(p)],
      ]),
    },
  ];
}

const list = (title: string, items: readonly string[]): Block[] =>
  items.length === 0
    ? []
    : [
        { kind: "paragraph", text: [title] },
        { kind: "list", items: items.map((item) => [item]) },
      ];

/** One line each, with what it stands beside: many numbers share one. */
function cautions(comparisons: readonly Comparison[]): string[] {
  const beside = grouped(
    comparisons.flatMap(({ a, b, experiment, cautions }) =>
      cautions.map((caution) => ({ caution, of: `${a} and ${b}, ${experiment}` })),
    ),
    ({ caution }) => caution,
  );
  return [...beside].map(([caution, each]) => `${caution} (${[...new Set(each.map(({ of }) => of))].join("; ")})`);
}

const NOTES = [
  "Ratio: a over b, of the geometric means of the sessions' medians; 95 % CI and p by Student's t on logarithms (within rounds where sessions were measured in turns, else Welch's), both adjusted by Holm for all pairs and conditions of one experiment and metric. Where a value is not positive, the difference of the sessions' medians, by Student's t on the values, takes the ratio's place. p rank: exact, unadjusted (Wilcoxon from six rounds, Mann-Whitney from four sessions a side).",
  `A verdict takes ${FEWEST_SESSIONS} sessions a side: trials do not show how much sessions differ.`,
  `"Same within 5 %": the 90 % intervals of the ratio of medians and of that of means, which the tail moves, lie within ${EQUIVALENCE_BAND[0].toFixed(3)}–${EQUIVALENCE_BAND[1]} (two one-sided tests); never because p is large.`,
  "Trials alone: ratio and difference of the medians of all trials with intervals by order statistics, δ and its size: what these sessions showed, as if another session could not differ.",
  "Differences by phase: of means, which add up; a share has Fieller's interval, and is silent where that is wider than ±25 points.",
];

/** One item a pair and reason, however many conditions there are: hundreds would hide the rest. */
const notCompared = ({ not_compared }: ComparisonReport): string[] =>
  [...grouped(not_compared, ({ a, b, reason }) => JSON.stringify([a, b, reason])).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { a, b, reason } = first;
    return `${a} and ${b}: ${reason}: ${byExperiment([first, ...others].map(({ what }) => what))}`;
  });

/** `write bind direct`, `write bind fsync` → `write (bind direct, bind fsync)`. */
const byExperiment = (conditions: readonly string[]): string =>
  [...grouped(conditions, (what) => what.split(" ")[0] as string)]
    .map(([experiment, all]) => {
      const names = all.map((what) => what.slice(experiment.length + 1)).filter((name) => name !== "");
      return names.length === 0 ? experiment : `${experiment} (${names.join(", ")})`;
    })
    .join("; ");
