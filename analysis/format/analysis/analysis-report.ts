/** The report on platforms, and its output formats. */
import type { Warning } from "../../../research/warning.ts";
import { grouped } from "../../samples/grouped.ts";
import type { Unread } from "../../subjects/platform.ts";
import type { AnalysisReport, PlatformSummary } from "../../summaries/summary.ts";
import { causeTables } from "../causes/cause-tables.ts";
import { adviceBlocks } from "../document/advice.ts";
import type { Block, Inline } from "../document/document.ts";
import { renderLatex } from "../document/latex.ts";
import { renderMarkdown } from "../document/markdown.ts";
import { type Page, renderText } from "../document/text.ts";
import type { PlatformFacts } from "../screen/screen-view.ts";
import { adviceFor, answerOf } from "../screen/verdict.ts";
import { summaryCsv } from "./analysis-csv.ts";
import { conditionTable, phaseTable } from "./condition-tables.ts";
import { metricTable } from "./metric-table.ts";
import { pairedTable } from "./paired-table.ts";
import { readingNotes } from "./reading-notes.ts";

export const FORMATS = ["text", "markdown", "latex", "json", "csv"] as const;
export type Format = (typeof FORMATS)[number];

/**
 * The whole output of `analyze`, with its line end.
 * @param facts of the platforms, in their order; without them neither engines' own words nor what to do
 */
export function renderAnalysis(
  analysis: AnalysisReport,
  format: Format,
  facts: readonly PlatformFacts[] = [],
  page?: Page,
): string {
  switch (format) {
    case "text":
      return renderText(report(analysis, facts), page);
    case "markdown":
      return renderMarkdown(report(analysis, facts));
    case "latex":
      return renderLatex(report(analysis, facts));
    case "json":
      return `${JSON.stringify(analysis, null, 2)}\n`;
    case "csv":
      return summaryCsv(analysis.platforms);
    default:
      throw format satisfies never;
  }
}

/** First the answer for every platform and what to do, then each with its tables, notes and warnings. */
const report = ({ platforms, unread }: AnalysisReport, facts: readonly PlatformFacts[]): Block[] => [
  ...platforms.flatMap((platform, index): Block[] => {
    const of = facts[index];
    return [{ kind: "paragraph", text: [answerOf(platform, of?.engine)] }, ...adviceBlocks(of && adviceFor(platform, of))];
  }),
  ...platforms.flatMap((platform) => [...tablesOf(platform), ...warningsOf(platform)]),
  ...unreadList(unread),
];

/** Under the platform's name: the tables, and the notes without which they would be misread. */
export function tablesOf(platform: PlatformSummary): Block[] {
  const { label, sessions, conditions, paired } = platform;
  const startup = sessions === null ? [] : conditions.filter(({ experiment }) => experiment === "startup");
  const others = grouped(
    conditions.filter((condition) => !startup.includes(condition)),
    ({ experiment }) => experiment,
  );
  return [
    { kind: "heading", text: label },
    ...(startup.length === 0 ? [] : [conditionTable(startup)]),
    ...[...others].map(([experiment, ofExperiment]) => metricTable(experiment, ofExperiment)),
    ...pairedTable(paired),
    ...startup.flatMap(phaseTable),
    ...conditions.flatMap(causeTables),
    { kind: "list", items: readingNotes(platform) },
  ];
}

export const warningsOf = ({ findings, warnings: ofSessions }: PlatformSummary): Block[] =>
  warnings([...findings, ...ofSessions]);

const warnings = (warnings: readonly Warning[]): Block[] =>
  titled(
    "Warnings:",
    warnings.map(({ summary, evidence, remedy }) => [`${summary} (${evidence}). What to do: ${remedy}`]),
  );

export const unreadList = (unread: readonly Unread[]): Block[] =>
  titled(
    "Not read:",
    unread.map(({ platform, reason }) => [`${platform}: ${reason}`]),
  );

const titled = (title: string, items: readonly Inline[]): Block[] =>
  items.length === 0
    ? []
    : [
        { kind: "paragraph", text: [title] },
        { kind: "list", items },
      ];
