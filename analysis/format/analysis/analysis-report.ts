/** The report on platforms, and the formats in which it can be had. */
import type { Warning } from "../../../research/warning.ts";
import type { Unread } from "../../subjects/platform.ts";
import type { AnalysisReport, PlatformSummary, StudySummary } from "../../summaries/summarise-platform.ts";
import type { Block, Inline } from "../document/document.ts";
import { renderLatex } from "../document/latex.ts";
import { renderMarkdown } from "../document/markdown.ts";
import { renderText } from "../document/text.ts";
import { summaryCsv } from "./analysis-csv.ts";
import { conditionTable, phaseTable } from "./condition-tables.ts";
import { headline, measuredHeadline } from "./headline.ts";
import { metricTable } from "./metric-table.ts";
import { pairedTable } from "./paired-table.ts";
import { readingNotes, studyNotes } from "./reading-notes.ts";

export const FORMATS = ["text", "markdown", "latex", "json", "csv"] as const;
export type Format = (typeof FORMATS)[number];

/** The whole output of `analyze`, with its line end. */
export function renderAnalysis(analysis: AnalysisReport, format: Format): string {
  switch (format) {
    case "text":
      return renderText(report(analysis));
    case "markdown":
      return renderMarkdown(report(analysis));
    case "latex":
      return renderLatex(report(analysis));
    case "json":
      return `${JSON.stringify({ ...analysis, platforms: analysis.platforms.map(asJson) }, null, 2)}\n`;
    case "csv":
      return summaryCsv(analysis.platforms);
    default:
      throw format satisfies never;
  }
}

/** All experiments in one place, whoever reads them: startup, which is split into phases, among the others. */
function asJson(platform: PlatformSummary | StudySummary): unknown {
  if (!isOurs(platform)) return platform;
  const { measured, experiments, ...rest } = platform;
  return { ...rest, experiments: { ...experiments, ...measured } };
}

const isOurs = (platform: PlatformSummary | StudySummary): platform is PlatformSummary => "sessions" in platform;

/** First a sentence for every platform, then each with its tables, notes and warnings. */
const report = ({ platforms, unread }: AnalysisReport): Block[] => [
  ...platforms.map(headlineOf),
  ...platforms.flatMap((platform) => [...tablesOf(platform), ...warningsOf(platform)]),
  ...unreadList(unread),
];

export const headlineOf = (platform: PlatformSummary | StudySummary): Block => ({
  kind: "paragraph",
  text: isOurs(platform) ? headline(platform) : measuredHeadline(platform),
});

/** Under the platform's name: the tables, and the notes without which they would be misread. */
export const tablesOf = (platform: PlatformSummary | StudySummary): Block[] =>
  isOurs(platform) ? platformTables(platform) : studyTables(platform);

export const warningsOf = (platform: PlatformSummary | StudySummary): Block[] =>
  warnings(isOurs(platform) ? [...platform.findings, ...platform.warnings] : platform.findings);

function platformTables(platform: PlatformSummary): Block[] {
  const { conditions, paired } = platform.experiments.startup;
  return [
    { kind: "heading", text: platform.label },
    ...(conditions.length === 0 ? [] : [conditionTable(conditions)]),
    ...Object.entries(platform.measured).map(([experiment, measured]) => metricTable(experiment, measured.conditions)),
    ...pairedTable([...paired, ...platform.paired]),
    ...conditions.flatMap(phaseTable),
    { kind: "list", items: readingNotes(platform) },
  ];
}

const studyTables = (study: StudySummary): Block[] => [
  { kind: "heading", text: study.label },
  ...Object.entries(study.experiments).map(([experiment, { conditions }]) => metricTable(experiment, conditions)),
  ...pairedTable(study.paired),
  { kind: "list", items: studyNotes(study) },
];

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
