/** The report on platforms, and the formats in which it can be had. */
import type { PlatformSummary, Summary } from "../summarise-platform.ts";
import { conditionTable, phaseTable } from "./condition-tables.ts";
import type { Block } from "./document.ts";
import { headline } from "./headline.ts";
import { renderLatex } from "./latex.ts";
import { renderMarkdown } from "./markdown.ts";
import { readingNotes } from "./reading-notes.ts";
import { renderText } from "./text.ts";

export const FORMATS = ["text", "markdown", "latex", "json"] as const;
export type Format = (typeof FORMATS)[number];

/** The whole output of `analyze`, with its line end. */
export function renderSummary(summary: Summary, format: Format): string {
  switch (format) {
    case "text":
      return renderText(report(summary));
    case "markdown":
      return renderMarkdown(report(summary));
    case "latex":
      return renderLatex(report(summary));
    case "json":
      return `${JSON.stringify(summary, null, 2)}\n`;
    default:
      throw format satisfies never;
  }
}

/** First a sentence for every platform, then each with its tables, notes and warnings. */
export const report = ({ platforms }: Summary): Block[] => [
  ...platforms.map((platform): Block => ({ kind: "paragraph", text: headline(platform) })),
  ...platforms.flatMap(platformReport),
];

function platformReport(platform: PlatformSummary): Block[] {
  const { conditions } = platform.experiments.startup;
  return [
    { kind: "heading", text: platform.label },
    ...(conditions.length === 0 ? [] : [conditionTable(conditions)]),
    ...conditions.flatMap(phaseTable),
    { kind: "list", items: readingNotes(platform) },
    ...warnings(platform),
  ];
}

const warnings = ({ warnings }: PlatformSummary): Block[] =>
  warnings.length === 0
    ? []
    : [
        { kind: "paragraph", text: ["Warnings:"] },
        {
          kind: "list",
          items: warnings.map(({ summary, evidence, remedy }) => [`${summary} (${evidence}). What to do: ${remedy}`]),
        },
      ];
