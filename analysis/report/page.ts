/** Summaries, comparison and subjects → one HTML file that needs nothing else. */
import { createHash } from "node:crypto";
import type { ComparisonReport } from "../comparisons/comparison-output.ts";
import { FIGURE_NAMES, FIGURES } from "../figures/catalogue.ts";
import { headlineOf, tablesOf, unreadList, warningsOf } from "../format/analysis/analysis-report.ts";
import { comparisonSentences, comparisonTables } from "../format/comparison/comparison-report.ts";
import { inlineHtml, renderHtml } from "../format/document/html.ts";
import { Html, html, inlineJson } from "../format/document/html-template.ts";
import { count } from "../samples/numbers.ts";
import type { Subject } from "../subjects/subject.ts";
import type { AnalysisReport } from "../summaries/summary.ts";
import { Charts, type Compile } from "./chart.ts";
import { conditionCharts } from "./condition-charts.ts";
import { describePlatform } from "./describe-platform.ts";
import type { PageData } from "./page-data.ts";
import { repeatBlocks } from "./repeat.ts";
import { trialCharts } from "./trial-charts.ts";

/** What the page carries within it: script (ours and Vega's) and style, never data. */
export interface ReportAssets {
  readonly script: string;
  readonly style: string;
  /** CITATION.cff. */
  readonly citation: string;
}

export interface ReportInput {
  readonly subjects: readonly Subject[];
  readonly analysis: AnalysisReport;
  /** Where there are several platforms. */
  readonly comparison: ComparisonReport | null;
  readonly toolVersion: string;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

export function reportPage(input: ReportInput, assets: ReportAssets, compile: Compile): string {
  const charts = new Charts(compile);
  const { content, trials } = trialCharts(input.subjects, charts);
  const title = `tierbench report: ${input.subjects.map(({ label }) => label).join(", ")}`;
  const sections = sectionsOf(input, assets.citation, charts, content);
  const data: PageData = { specs: charts.specs, trials };
  // Only this script runs, whatever else a page may be made to contain, and nothing becomes a script.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${hash(assets.script)}; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(assets.style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<h1>${title}</h1>
<nav aria-label="Contents"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main id="main" tabindex="-1">
<noscript><p>The pictures and the choices need JavaScript. All numbers are in the tables.</p></noscript>
${sections.map(
  ({ id, title, content }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}</section>
`,
)}</main>
<footer><p>Made by tierbench ${input.toolVersion}.</p></footer>
<div id="tooltip" role="status" hidden></div>
<script type="application/json" id="data">${inlineJson(data)}</script>
<script type="module">${inlineScript(assets.script)}</script>
</body>
</html>
`.markup;
}

function sectionsOf(
  { subjects, analysis, comparison, toolVersion }: ReportInput,
  citation: string,
  charts: Charts,
  trials: Html,
): Section[] {
  const { platforms, unread } = analysis;
  const sources = subjects.map(({ source }) => source);
  const warned = platforms.map((platform) => ({ label: platform.label, blocks: warningsOf(platform) }));
  return [
    {
      id: "answer",
      title: "The answer",
      content: html`<ul class="answer">${platforms.map((platform) => html`<li>${renderHtml([headlineOf(platform)])}</li>`)}</ul>
${comparison === null ? [] : html`<h3>Between the platforms</h3>${sentences(comparison, true)}`}${doubts(platforms)}`,
    },
    {
      id: "measured",
      title: "What was measured, and on what",
      content: html`${sources.map((source) => renderHtml(describePlatform(source)))}${renderHtml(unreadList(unread))}`,
    },
    { id: "starts", title: "A start, phase by phase", content: conditionCharts(subjects, charts) },
    { id: "trials", title: "Every start, in order", content: trials },
    { id: "figures", title: "Figures", content: figures(subjects, charts) },
    { id: "numbers", title: "Numbers", content: html`${platforms.map((platform) => renderHtml(tablesOf(platform)))}` },
    ...(comparison === null
      ? []
      : [
          {
            id: "comparison",
            title: "Comparison",
            content: html`${sentences(comparison, false)}${renderHtml(comparisonTables(comparison))}`,
          },
        ]),
    {
      id: "warnings",
      title: "Warnings and findings",
      content: html`${warned.map(({ label, blocks }) => html`<h3>${label}</h3>${blocks.length === 0 ? html`<p>None.</p>` : renderHtml(blocks)}`)}`,
    },
    { id: "repeat", title: "How to repeat it", content: renderHtml(repeatBlocks(sources, toolVersion)) },
    {
      id: "cite",
      title: "How to cite it",
      content: html`<p>CITATION.cff:</p><pre tabindex="0" role="region" aria-label="CITATION.cff">${citation}</pre>`,
    },
  ];
}

/** Of the experiment that was compared first, which is startup where starts were measured; or of the others. */
function sentences({ comparisons, ...rest }: ComparisonReport, first: boolean): Html {
  const chosen = comparisons.filter(({ experiment }) => (experiment === comparisons[0]?.experiment) === first);
  if (comparisons.length === 0 && first)
    return html`<p>None of their measurements can be compared; the reasons are under <a href="#comparison">comparison</a>.</p>`;
  const items = comparisonSentences({ ...rest, comparisons: chosen });
  return items.length === 0 ? html`` : html`<ul>${items.map((sentence) => html`<li>${inlineHtml(sentence)}</li>`)}</ul>`;
}

/** An answer from numbers that may mean something else must not stand alone. */
function doubts(platforms: AnalysisReport["platforms"]): Html {
  const found = platforms.filter(({ findings }) => findings.length > 0);
  if (found.length === 0) return html``;
  const items = found.map(({ label, findings }) => {
    const defects = findings.filter(({ severity }) => severity === "defect").length;
    return `${label}: ${count(defects, "defect")}, ${count(findings.length - defects, "caution")}`;
  });
  return html`<p><strong>Caution.</strong> The numbers themselves cast doubt on the meaning of some of them (${items.join("; ")}): see <a href="#warnings">warnings and findings</a>.</p>`;
}

/** All but the timeline, which has a section of its own. */
function figures(subjects: readonly Subject[], charts: Charts): Html {
  const drawings = FIGURE_NAMES.filter((name) => name !== "start-timeline").map((name) => ({
    name,
    drawing: FIGURES[name](subjects),
  }));
  const absent = drawings.flatMap(({ name, drawing }) =>
    "absent" in drawing ? [html`<li><code>${name}</code>: ${drawing.absent}</li>`] : [],
  );
  return html`${drawings.map(({ drawing }) => ("absent" in drawing ? [] : charts.figure(drawing, 3)))}
${absent.length === 0 ? [] : html`<h3>Not drawn, and why</h3><ul>${absent}</ul>`}`;
}

/** @throws Error for a script that would end its element: it cannot be escaped there */
function inlineScript(script: string): Html {
  if (/<\/script|<!--/i.test(script)) throw new Error("a script to be put into the page contains </script or <!--; it must not");
  return new Html(script);
}

const hash = (script: string): string => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
