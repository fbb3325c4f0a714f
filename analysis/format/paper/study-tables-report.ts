/** The report of `paper tables`, and its output formats. */
import { fixed } from "../../paper/python-rounding.ts";
import {
  type RecomputedContrast,
  type RecomputedSample,
  type RecomputedTable,
  type Sharing,
  type StudyTablesReport,
  TABLES_SCHEMA,
} from "../../paper/tables-output.ts";
import { factor, interval, MISSING, ms, pValue } from "../../samples/numbers.ts";
import { type Block, besides, type Column, left, right } from "../document/document.ts";
import { renderLatex } from "../document/latex.ts";
import { renderMarkdown } from "../document/markdown.ts";
import { type Page, renderText } from "../document/text.ts";
import { studyTablesNotes } from "./study-tables-notes.ts";

export const STUDY_TABLES_FORMATS = ["text", "markdown", "latex", "json"] as const;
export type StudyTablesFormat = (typeof STUDY_TABLES_FORMATS)[number];

/** The whole output, with its line end. */
export function renderStudyTables(report: StudyTablesReport, format: StudyTablesFormat, page?: Page): string {
  switch (format) {
    case "text":
      return renderText(blocks(report), page);
    case "markdown":
      return renderMarkdown(blocks(report));
    case "latex":
      return renderLatex(blocks(report));
    case "json":
      return `${JSON.stringify({ schema: TABLES_SCHEMA, ...report }, null, 2)}\n`;
    default:
      throw format satisfies never;
  }
}

const blocks = ({ arxiv, repository, commit, tables, page_cache_sharing, missing }: StudyTablesReport): Block[] => [
  {
    kind: "paragraph",
    text: [
      `The tables of arXiv:${arxiv} from its own data (github.com/${repository} at ${commit.slice(0, 12)}): `,
      "as published, by the study's estimators, and recomputed, by ours. * marks what differs in the digits printed.",
    ],
  },
  ...tables.flatMap((table) => [...tableBlocks(table), ...(table.id === "memory" ? sharingTable(page_cache_sharing) : [])]),
  { kind: "list", items: studyTablesNotes(tables) },
  ...(missing.length === 0
    ? []
    : [{ kind: "paragraph", text: ["Missing:"] } as const, { kind: "list", items: missing.map((line) => [line]) } as const]),
];

const tableBlocks = ({ title, digits, samples, contrasts, p_findings }: RecomputedTable): Block[] => [
  { kind: "heading", text: title },
  {
    kind: "table",
    caption: `${title}, as published`,
    names: PLACE.length,
    columns: [
      ...[...PLACE, right("n"), right("mean"), right("±"), besides("95 % CI"), right("SD"), right("median")],
      ...[right("min"), right("max")],
    ],
    rows: samples.map((sample) => [...place(sample), ...published(sample, digits)]),
  },
  {
    kind: "table",
    caption: `${title}, recomputed`,
    names: PLACE.length,
    columns: [
      ...[...PLACE, right("n"), right("mean"), besides("95 % CI"), right("SD"), right("median"), besides("95 % CI")],
      ...[right("min"), right("max")],
    ],
    rows: samples.map((sample) => [...place(sample), ...shouldBe(sample, digits)]),
  },
  ...(contrasts.length === 0 ? [] : [publishedContrasts(title, contrasts), contrastsAsTheyShouldBe(title, contrasts)]),
  ...(p_findings.length === 0
    ? []
    : ([
        { kind: "paragraph", text: ["About the p-values as published:"] },
        {
          kind: "list",
          items: p_findings.map(({ summary, evidence, remedy }) => [`${summary} (${evidence}). Better: ${remedy}.`]),
        },
      ] satisfies Block[])),
];

const PLACE: readonly Column[] = [left("platform"), left("condition"), left("metric"), left("unit")];
const place = ({ platform, condition, quantity, unit }: RecomputedSample): string[] => [platform, condition, quantity, unit];

const range = ([lo, hi]: readonly [number, number], digits: number): string => `[${fixed(lo, digits)}, ${fixed(hi, digits)}]`;

function published({ as_published }: RecomputedSample, digits: number): string[] {
  if (as_published === null) return ["0", ...Array.from({ length: 7 }, () => MISSING)];
  const { n, mean, mean_ci_half_width, mean_ci, sd, median, min, max } = as_published;
  const number = (value: number) => fixed(value, digits);
  return [
    ...[String(n), number(mean), number(mean_ci_half_width), range(mean_ci, digits)],
    ...[sd, median, min, max].map(number),
  ];
}

function shouldBe({ as_it_should_be: ours, differs }: RecomputedSample, digits: number): string[] {
  if (ours === null) return ["0", ...Array.from({ length: 7 }, () => MISSING)];
  const marked = (name: RecomputedSample["differs"][number], text: string) => (differs.includes(name) ? `*${text}` : text);
  const number = (name: "mean" | "sd" | "median" | "min" | "max") => {
    const value = ours[name];
    return marked(name, value === null ? MISSING : fixed(value, digits));
  };
  const { n, mean_ci, median_ci } = ours;
  return [
    ...[marked("n", String(n)), number("mean"), marked("mean_ci", mean_ci === null ? MISSING : range(mean_ci, digits))],
    ...[number("sd"), number("median"), median_ci === null ? MISSING : range(median_ci, digits)],
    ...[number("min"), number("max")],
  ];
}

const publishedContrasts = (title: string, contrasts: readonly RecomputedContrast[]): Block => ({
  kind: "table",
  caption: `${title}: a relative to b, as published`,
  names: 3,
  columns: [
    ...[left("within"), left("a"), left("b"), right("effect"), right("U"), right("p"), left("significant"), right("δ")],
    left("effect size"),
  ],
  rows: contrasts.map(({ within, a, b, unit, as_published: { effect, test } }) => [
    ...[within, a, b, effect === null ? MISSING : effectInPrint(effect.kind, effect.value, unit)],
    ...(test === null
      ? [MISSING, MISSING, "not tested", MISSING, MISSING]
      : [fixed(test.u, 1), fixed(test.p, 6), test.significant ? "yes" : "no", fixed(test.cliffs_delta, 3), test.effect]),
  ]),
});

const contrastsAsTheyShouldBe = (title: string, contrasts: readonly RecomputedContrast[]): Block => ({
  kind: "table",
  caption: `${title}: a relative to b, recomputed`,
  names: 3,
  columns: [
    ...[
      left("within"),
      left("a"),
      left("b"),
      right("ratio"),
      besides("95 % CI"),
      right("shift"),
      besides("95 % CI"),
      left("unit"),
    ],
    ...[right("p Holm"), right("δ"), besides("95 % CI"), left("effect size")],
  ],
  rows: contrasts.map(({ within, a, b, unit, as_published, as_it_should_be: ours, differs }) => {
    const ofShift = as_published.effect?.kind === "difference";
    const marked = (differs: boolean, text: string) => (differs ? `*${text}` : text);
    return [
      ...[within, a, b],
      marked(differs.includes("effect") && !ofShift, factor(ours.ratio)),
      ours.ratio_ci === null ? MISSING : `${factor(ours.ratio_ci[0])}–${factor(ours.ratio_ci[1])}`,
      ...[marked(differs.includes("effect") && ofShift, ms(ours.shift)), interval(ours.shift_ci), unit],
      marked(differs.includes("p"), pValue(ours.p_holm)),
      ...[fixed(ours.cliffs_delta, 3), ours.cliffs_delta_ci === null ? MISSING : range(ours.cliffs_delta_ci, 3), ours.effect],
    ];
  }),
});

function effectInPrint(kind: "ratio" | "overhead_pct" | "difference", value: number, unit: string): string {
  switch (kind) {
    case "ratio":
      return `${fixed(value, 2)}×`;
    case "overhead_pct":
      return `${fixed(value, 1)} %`;
    case "difference":
      return `${fixed(value, 2)} ${unit}`;
    default:
      throw kind satisfies never;
  }
}

const sharingTable = (sharing: readonly Sharing[]): Block[] =>
  sharing.length === 0
    ? []
    : [
        {
          kind: "table",
          caption: "Page cache sharing efficiency, as published; recomputed: not measured",
          columns: [left("platform"), right("3 × a container, MB"), right("all three, MB"), right("efficiency")],
          rows: sharing.map(({ platform, theoretical_mb, actual_mb, sharing_pct }) => [
            ...[platform, fixed(theoretical_mb, 1), fixed(actual_mb, 1), `${fixed(sharing_pct, 1)} %`],
          ]),
        },
      ];
