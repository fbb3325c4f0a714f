/** Summaries, comparison and subjects → one HTML file that needs nothing else. */
import { createHash } from "node:crypto";
import { EXPERIMENTS } from "../../research/protocol.ts";
import type { ComparisonReport } from "../comparisons/comparison-output.ts";
import { FIGURE_NAMES, FIGURES, type FigureName } from "../figures/catalogue.ts";
import type { Drawing } from "../figures/parts/figure.ts";
import { allSplitStarts, splitStarts } from "../figures/parts/split-starts.ts";
import { timelineOf } from "../figures/starts/start-timeline.ts";
import { tablesOf, unreadList, warningsOf } from "../format/analysis/analysis-report.ts";
import { comparisonSentences, comparisonTables } from "../format/comparison/comparison-report.ts";
import type { Advice } from "../format/document/advice.ts";
import type { Block } from "../format/document/document.ts";
import { foldedTables, inlineHtml, renderHtml } from "../format/document/html.ts";
import { Html, html, inlineJson } from "../format/document/html-template.ts";
import { comparisonRows } from "../format/screen/comparison-rows.ts";
import { adviceFor, answerOf } from "../format/screen/verdict.ts";
import { grouped } from "../samples/grouped.ts";
import { engineOf, flagsOf, type Subject } from "../subjects/subject.ts";
import type { AnalysisReport } from "../summaries/summary.ts";
import { Charts, type Draw } from "./charts.ts";
import { describePlatform } from "./describe-platform.ts";
import type { PageData } from "./page-data.ts";
import { repeatBlocks } from "./repeat.ts";
import { startsOf } from "./starts.ts";
import { startsSection } from "./starts-section.ts";

/** What the page carries within it: script and style, never data. */
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

/** Drawn from the subjects once; the figures and the first screen share them. */
type Drawn = readonly (readonly [FigureName, Drawing | string])[];

/** @param draw a page of a figure → its SVG */
export async function reportPage(input: ReportInput, assets: ReportAssets, draw: Draw): Promise<string> {
  const charts = new Charts();
  const { subjects } = input;
  const starts = subjects.map(startsOf).filter(({ count }) => count > 0);
  const drawn: Drawn = FIGURE_NAMES.map((name) => {
    const drawing = FIGURES[name](subjects);
    return [name, "absent" in drawing ? drawing.absent : drawing] as const;
  });
  const title = `tierbench report: ${subjects.map(({ label }) => label).join(", ")}`;
  const answer = firstScreen(input, drawn, charts);
  const sections = sectionsOf(input, assets.citation, drawn, charts);
  const data: PageData = { starts };
  // Only this script runs, whatever else a page may be made to contain, and nothing becomes a script.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${hash(assets.script)}; base-uri 'none'; form-action 'none'`;
  const links = [{ id: "answer", title: "The answer" }, ...sections];
  const { markup } = html`<!doctype html>
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
<nav aria-label="Contents"><ul>${links.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="main" tabindex="-1">
<header><h1>${title}</h1></header>
<section id="answer" aria-label="The answer">${answer}</section>
${sections.map(
  ({
    id,
    title,
    content,
  }) => html`<section id="${id}" aria-labelledby="${id}-title"><details><summary><h2 id="${id}-title">${title}</h2></summary>
${content}</details></section>
`,
)}<footer><p>Made by tierbench ${input.toolVersion}.</p></footer>
</main>
<div id="tooltip" role="status" hidden></div>
<script type="application/json" id="data">${inlineJson(data)}</script>
<script type="module">${inlineScript(assets.script)}</script>
</body>
</html>
`;
  return charts.drawnInto(markup, draw);
}

/** In the first figure that there is, of these. */
const HEROES: readonly FigureName[] = ["start-timeline", "warm-start-latency", ...FIGURE_NAMES];

const heroOf = (drawn: Drawn): FigureName | undefined =>
  HEROES.find((hero) => drawn.some(([name, drawing]) => name === hero && typeof drawing !== "string"));

/** The first screen: a sentence a platform, what to do, what to beware of, and where the time goes. */
function firstScreen({ subjects, analysis, comparison }: ReportInput, drawn: Drawn, charts: Charts): Html {
  const hero = heroOf(drawn);
  const engines = subjects.map(engineOf);
  const drawing = drawn.find(([name]) => name === hero)?.[1];
  const advice = analysis.platforms.map((platform, index) => ({
    label: platform.label,
    ...adviceFor(platform, {
      engine: engines[index],
      called: { label: platform.label, out: undefined },
      facts: (subjects[index] as Subject).facts,
      flags: flagsOf(subjects[index] as Subject),
    }),
  }));
  // How two differ is the answer; of more platforms it would push picture and cautions off the screen.
  const isPair = subjects.length === 2;
  return html`<ul class="${subjects.length > 2 ? "answer many" : "answer"}">${analysis.platforms.map((platform, index) => html`<li>${unbroken(answerOf(platform, engines[index]))}</li>`)}</ul>
${comparison !== null && isPair ? compared(comparison, subjects) : []}${whatToDo(advice)}
${cautions(analysis.platforms)}
${drawing === undefined || typeof drawing === "string" ? [] : charts.figure({ ...drawing, columns: () => drawing.columns().slice(0, 1) }, 2)}
${comparison !== null && !isPair ? compared(comparison, subjects) : []}`;
}

/** No line ends within an interval, or before a unit. */
const unbroken = (text: string): (string | Html)[] =>
  text.split(INTERVAL).map((part, index) => (index % 2 === 1 ? html`<span class="unbroken">${part}</span>` : part));
const INTERVAL = /([\d.]+–[\d.]+|[\d.]+ (?:%|ms|s)(?![\w]))/;

/** What stands in backticks on a terminal. */
const withCode = (text: string): (string | Html)[] =>
  text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));

/** Said once where several platforms have the same, and of which it holds where not of all; a command is one platform's. */
function whatToDo(advice: readonly (Advice & { readonly label: string })[]): Html | [] {
  const labels = new Map<string, string[]>();
  for (const { label, sentences } of advice)
    for (const sentence of sentences) labels.set(sentence, [...(labels.get(sentence) ?? []), label]);
  const sentences = [...labels].map(([sentence, of]) =>
    of.length === advice.length ? sentence : `${of.join(", ")}: ${sentence}`,
  );
  const command = advice.length === 1 ? advice[0]?.command : undefined;
  if (sentences.length === 0) return [];
  if (sentences.length > 1 && advice.length > 1)
    return html`<div class="advice"><p><strong>What to do.</strong></p><ul>${sentences.map((each) => html`<li>${withCode(each)}</li>`)}</ul></div>`;
  return html`<p class="advice"><strong>What to do.</strong> ${withCode(sentences.join(" "))}${command === undefined ? [] : html` <code>${command}</code>`}</p>`;
}

const MOST_SENTENCES = 3;

function compared(report: ComparisonReport, subjects: readonly Subject[]): Html {
  const rows = comparisonRows(report.comparisons, subjects);
  const comparison = { ...report, comparisons: rows.map((row) => row.comparison) };
  // Why there is no verdict takes as many words each time.
  const judged = comparison.comparisons.some(({ verdict }) => verdict !== "none");
  const first = sentences(comparison, true).slice(0, judged ? MOST_SENTENCES : 1);
  if (comparison.comparisons.length === 0)
    return html`<p>None of their measurements can be compared; the reasons are under <a href="#comparison">comparison</a>.</p>`;
  return html`<ul>${first}</ul>
<p>Everything that was compared is under <a href="#comparison">comparison</a>.</p>`;
}

const MOST_CAUTIONS = 3;

/** A warning that begins with an experiment's name is of that one. */
const isOfAnother = (summary: string): boolean =>
  EXPERIMENTS.some((experiment) => experiment !== "startup" && summary.startsWith(`${experiment}: `));

const labelsOf = (each: readonly { readonly label: string }[]): string => [...new Set(each.map(({ label }) => label))].join(", ");

/** An answer from numbers that may mean something else must not stand alone. */
function cautions(platforms: AnalysisReport["platforms"]): Html {
  const each = platforms.flatMap(({ label, findings, warnings }) => [
    ...findings.map(({ severity, summary, experiment }) => ({ label, severity, summary, ofStarts: experiment === "startup" })),
    ...warnings.map(({ summary }) => ({ label, severity: "caution" as const, summary, ofStarts: !isOfAnother(summary) })),
  ]);
  // What several platforms have is said once; what concerns the answer, which is of starts, before all else.
  const found = [...grouped(each, ({ severity, summary }) => `${severity} ${summary}`).values()]
    .map((alike) => ({ ...(alike[0] as (typeof each)[number]), text: `${labelsOf(alike)}: ${alike[0]?.summary}` }))
    .sort((a, b) => Number(b.severity === "defect") - Number(a.severity === "defect") || Number(b.ofStarts) - Number(a.ofStarts));
  if (found.length === 0) return html``;
  const more = found.length - MOST_CAUTIONS;
  return html`<aside class="cautions" aria-label="Cautions"><ul>${found
    .slice(0, MOST_CAUTIONS)
    .map(
      ({ severity, text }) =>
        html`<li><strong>${severity === "defect" ? "Defect, conclude nothing" : "Caution"}.</strong> ${withCode(text)}</li>`,
    )}</ul>
<p>${more > 0 ? `${more} more, with` : "With"} evidence and remedies, under <a href="#warnings">warnings and findings</a>.</p></aside>`;
}

function sectionsOf(
  { subjects, analysis, comparison, toolVersion }: ReportInput,
  citation: string,
  drawn: Drawn,
  charts: Charts,
): Section[] {
  const { platforms, unread } = analysis;
  const sources = subjects.map(({ source }) => source);
  const warned = platforms.map((platform) => ({ label: platform.label, blocks: warningsOf(platform) }));
  return [
    { id: "phases", title: "Other starts, phase by phase", content: otherStarts(subjects, drawn, charts) },
    { id: "figures", title: "Figures", content: figures(drawn, charts) },
    { id: "starts", title: "Every start", content: startsSection(subjects, charts) },
    {
      id: "numbers",
      title: "Numbers",
      content: html`${search("numbers")}${platforms.map((platform) => folded(platform.label, foldedTables(withoutLabel(tablesOf(platform)))))}`,
    },
    ...(comparison === null
      ? []
      : [
          {
            id: "comparison",
            title: "Comparison",
            content: html`${inSentences(comparison)}
${search("comparison")}${tablesOfPairs(comparison)}`,
          },
        ]),
    {
      id: "warnings",
      title: "Warnings and findings",
      content: html`${warned.map(({ label, blocks }) => folded(label, blocks.length === 0 ? html`<p>None.</p>` : renderHtml(blocks)))}`,
    },
    {
      id: "measured",
      title: "What was measured, and on what",
      content: html`${sources.map((source) => folded(source.label, foldedTables(withoutLabel(describePlatform(source)))))}${renderHtml(unreadList(unread))}`,
    },
    { id: "repeat", title: "How to repeat it", content: renderHtml(repeatBlocks(sources, toolVersion)) },
    {
      id: "cite",
      title: "How to cite it",
      content: html`<p>CITATION.cff:</p><pre tabindex="0" role="region" aria-label="CITATION.cff">${citation}</pre>`,
    },
  ];
}

const folded = (title: string, content: Html): Html =>
  html`<details class="folded"><summary><h3>${title}</h3></summary>${content}</details>
`;

/** Its label stands on what is folded. */
const withoutLabel = (blocks: readonly Block[]): Block[] => blocks.filter(({ kind }) => kind !== "heading");

/** Without a script there is nothing to search with: the script shows it. */
const search = (id: string): Html =>
  html`<p class="search" hidden><label>Search tables <input type="search" data-search="${id}"></label> <output></output></p>
`;

/** Of more pairs only what differs for certain is split; `compare --full` splits all of them. */
const MOST_PAIRS_SPLIT = 3;

function tablesOfPairs(report: ComparisonReport): Html {
  const pairs = new Set(report.comparisons.map(({ a, b }) => JSON.stringify([a, b])));
  if (pairs.size <= MOST_PAIRS_SPLIT) return foldedTables(comparisonTables(report));
  const comparisons = report.comparisons.map((each) =>
    each.verdict === "faster" || each.verdict === "slower" ? each : { ...each, explained: null, by_cause: null },
  );
  return html`<p>Of so many pairs only what differs for certain is split by phase and cause here: <code>tierbench compare --full</code> splits all of them.</p>
${foldedTables(comparisonTables({ ...report, comparisons }))}`;
}

/** Of all that is compared a reader takes in the first few; the tables have every one. */
const MOST_IN_SECTION = 24;

function inSentences(comparison: ComparisonReport): Html {
  const all = [...sentences(comparison, true), ...sentences(comparison, false)];
  const left = all.length - MOST_IN_SECTION;
  return html`<ul>${all.slice(0, MOST_IN_SECTION)}</ul>
${left > 0 ? html`<p>And ${left} more: the tables have every one.</p>` : []}`;
}

/** Of the experiment that was compared first, which is startup where starts were measured; or of the others. */
function sentences({ comparisons, ...rest }: ComparisonReport, first: boolean): Html[] {
  const chosen = comparisons.filter(({ experiment }) => (experiment === comparisons[0]?.experiment) === first);
  return comparisonSentences({ ...rest, comparisons: chosen }).map((sentence) => html`<li>${inlineHtml(sentence)}</li>`);
}

/** Every condition that the first screen does not show, of which the reader chooses. */
function otherStarts(subjects: readonly Subject[], drawn: Drawn, charts: Charts): Html {
  const timeline = drawn.find(([name]) => name === "start-timeline")?.[1];
  const onTop = typeof timeline === "object" && timeline.pages.length === 1 ? splitStarts(subjects).shown : [];
  const key = ({ platform, condition }: { readonly platform: string; readonly condition: string }): string =>
    JSON.stringify([platform, condition]);
  const shown = new Set(onTop.map(key));
  const others = subjects.flatMap(allSplitStarts).filter((each) => !shown.has(key(each)));
  if (others.length === 0) return html`<p>No other start is split into phases.</p>`;
  return html`<p class="choice" hidden><label>Start <select data-choice="phases">${others.map(({ platform, condition }, index) => html`<option value="${index}">${platform}, ${condition}</option>`)}</select></label></p>
${others.map((each, index) => {
  const drawing = timelineOf(subjects, [each]);
  return "absent" in drawing ? [] : html`<div class="chosen" data-place="${index}">${charts.figure(drawing, 3)}</div>`;
})}`;
}

/** The waterfall is on the first screen, the starts in order have a section of their own. */
function figures(drawn: Drawn, charts: Charts): Html {
  const elsewhere = new Set<FigureName | undefined>([heroOf(drawn), "start-timeline", "collection-order"]);
  const absent = drawn.flatMap(([name, drawing]) =>
    typeof drawing === "string" ? [html`<li><code>${name}</code>: ${drawing}</li>`] : [],
  );
  return html`${drawn.map(([name, drawing]) =>
    typeof drawing === "string" || elsewhere.has(name)
      ? []
      : html`<details class="folded" id="figure-${name}"><summary><h3>${drawing.title}</h3> <code>${name}</code></summary>${charts.figure(drawing)}</details>
`,
  )}
${absent.length === 0 ? [] : html`<h3>Not drawn, and why</h3><ul>${absent}</ul>`}`;
}

/** @throws Error for a script that would end its element: it cannot be escaped there */
function inlineScript(script: string): Html {
  if (/<\/script|<!--/i.test(script)) throw new Error("a script to be put into the page contains </script or <!--; it must not");
  return new Html(script);
}

const hash = (script: string): string => `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
