/** The report of `compare`, and the formats in which it can be had. */

import type { Comparison, ComparisonReport } from "../../comparisons/compare.ts";
import { includesZero } from "../../comparisons/phase-differences.ts";
import { EQUIVALENCE_BAND } from "../../samples/compare-samples.ts";
import { factor, interval, MISSING, ms, pct, pValue } from "../../samples/numbers.ts";
import { type Block, type Inline, left, right } from "../document/document.ts";
import { renderLatex } from "../document/latex.ts";
import { renderMarkdown } from "../document/markdown.ts";
import { renderText } from "../document/text.ts";
import { comparisonCsv } from "./comparison-csv.ts";
import { comparisonSentence } from "./comparison-sentence.ts";

/** Of the JSON; rises when a field changes its name, place or meaning. */
const SCHEMA = 1;

export const COMPARISON_FORMATS = ["text", "markdown", "latex", "json", "csv"] as const;
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];

/** The whole output of `compare`, with its line end. */
export function renderComparison(report: ComparisonReport, format: ComparisonFormat): string {
  switch (format) {
    case "text":
      return renderText(comparisonBlocks(report));
    case "markdown":
      return renderMarkdown(comparisonBlocks(report));
    case "latex":
      return renderLatex(comparisonBlocks(report));
    case "json":
      return `${JSON.stringify({ schema: SCHEMA, ...report }, null, 2)}\n`;
    case "csv":
      return comparisonCsv(report.comparisons);
    default:
      throw format satisfies never;
  }
}

const comparisonBlocks = (report: ComparisonReport): Block[] => [
  ...comparisonSentences(report).map((text): Block => ({ kind: "paragraph", text })),
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
    ...omnibusTable(report),
    { kind: "list", items: NOTES.map((note) => [note]) },
    ...list(
      "Not compared:",
      report.not_compared.map(({ a, b, what, reason }) => `${a} and ${b}, ${what}: ${reason}`),
    ),
    ...list(
      "Not read:",
      report.unread.map(({ platform, reason }) => `${platform}: ${reason}`),
    ),
    ...list("Caution:", report.caveats),
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
    caption: `${first?.experiment}, ${first?.metric}: a relative to b${first?.unit ? `, shift in ${first.unit}` : ""}`,
    columns: [
      ...[
        left("condition"),
        left("a"),
        left("b"),
        right("n"),
        right("ratio"),
        right("95 % CI"),
        right("shift"),
        right("95 % CI"),
      ],
      ...[right("δ"), left("effect"), right("p Holm"), right("p BM")],
    ],
    rows: family.map((c) => [
      ...[c.condition, c.a, c.b, `${c.n_a}, ${c.n_b}`],
      ...[factor(c.ratio), c.ratio_ci === null ? MISSING : `${factor(c.ratio_ci[0])}–${factor(c.ratio_ci[1])}`],
      ...[ms(c.shift), interval(c.shift_ci), c.cliffs_delta.toFixed(2), c.effect, pValue(c.p_holm), pValue(c.brunner_munzel_p)],
    ]),
  };
}

function phaseTable({ a, b, condition, explained }: Comparison): Block[] {
  if (explained === null) return [];
  const certain = explained.total_ci !== null && !includesZero(explained.total_ci);
  const rows = explained.phases.map(({ phases, tier, difference_ms, difference_ci, share_pct }) => [
    ...[tier ?? "several", phases.join(" + "), ms(difference_ms), interval(difference_ci), pct(share_pct)],
  ]);
  return [
    {
      kind: "table",
      caption: `${condition}: median of ${a} minus median of ${b}, by phase, in ms`,
      columns: [left("tier"), left("phase"), right("difference"), right("95 % CI"), right("share %")],
      rows: [
        ...rows,
        ["", "not additive", ms(explained.remainder_ms), "", ""],
        ["", "total", ms(explained.total_ms), interval(explained.total_ci), certain ? "100" : MISSING],
      ],
    },
  ];
}

function omnibusTable({ omnibus }: ComparisonReport): Block[] {
  if (omnibus.length === 0) return [];
  return [
    {
      kind: "table",
      caption: "All platforms at once (Kruskal-Wallis), before any pair",
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

const NOTES = [
  "Ratio and shift: Hodges-Lehmann, of the logarithms and of the values, with their 95 % intervals; a relative to b.",
  `"The same within 5 %": the 90 % interval of the ratio lies within ${EQUIVALENCE_BAND[0].toFixed(3)}–${EQUIVALENCE_BAND[1]} (two one-sided tests); never because p is large.`,
  "p Holm: Mann-Whitney, adjusted within the family of all pairs and conditions of one experiment and metric; p BM: Brunner-Munzel, unadjusted, which does not assume equal spread.",
  "Differences by phase: of medians, intervals by bootstrap over trials; medians do not add up, so the remainder is shown; shares only where the totals clearly differ.",
  "Conditional on the sessions measured: another day, another boot or another machine may differ by more.",
];
