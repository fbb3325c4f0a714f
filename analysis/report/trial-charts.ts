/** Per platform: the starts in order, a choice of rows by brush or by keyboard, and the chosen starts' phases and times. */
import { TIERS, type Tier } from "../../research/phases.ts";
import { type Block, left, right } from "../format/document/document.ts";
import { renderHtml } from "../format/document/html.ts";
import { type Html, html } from "../format/document/html-template.ts";
import type { Subject } from "../subjects/subject.ts";
import type { Charts } from "./chart.ts";
import { trialOrderSpec, trialPhasesSpec } from "./trial-specs.ts";
import { MOST_TRIALS, type Trial, trialsOf } from "./trials.ts";

export interface TrialCharts {
  readonly content: Html;
  /** By platform, in the order of their places in the page. */
  readonly trials: readonly (readonly Trial[])[];
}

export function trialCharts(subjects: readonly Subject[], charts: Charts): TrialCharts {
  const shown = subjects
    .map((subject) => ({ label: subject.label, trials: trialsOf(subject) }))
    .filter(({ trials }) => trials.length > 0);
  const content = html`${shown.map(({ label, trials }, index) => {
    const [first, last] = [(trials[0] as Trial).row, (trials.at(-1) as Trial).row];
    const split = trials.some(({ phases }) => phases.length > 0);
    return html`<figure class="trials" data-trials="${index}">
<figcaption><h3>${label}</h3></figcaption>
${charts.place(trialOrderSpec(trials), `Every start of ${label} by its row. Choose rows below; their times are in the table that follows.`, "order")}
<fieldset><legend>Rows to be shown</legend>
<label>from <input type="number" name="from" min="${first}" max="${last}" value="${first}"></label>
<label>to <input type="number" name="to" min="${first}" max="${last}" value="${(trials[Math.min(trials.length, 12) - 1] as Trial).row}"></label>
<output></output></fieldset>
${split ? charts.place(trialPhasesSpec(tiersOf(trials)), `The phases of the chosen starts of ${label}; their times are in the table that follows.`, "phases") : html`<p>No start of it is split into phases.</p>`}
<details><summary>The numbers of the chosen starts</summary>${renderHtml([chosenTable(label, split)])}</details>
</figure>
`;
  })}${shown.some(({ trials }) => trials.length >= MOST_TRIALS) ? html`<p>Of a platform with more starts, about ${MOST_TRIALS} are shown, evenly over the order.</p>` : []}`;
  return {
    content: shown.length === 0 ? html`<p>No start was measured.</p>` : content,
    trials: shown.map(({ trials }) => trials),
  };
}

/** Of a start that is not split, a tier is not known. */
const tiersOf = (trials: readonly Trial[]): (Tier | null)[] =>
  trials.flatMap(({ phases }) => (phases.length === 0 ? [null] : phases.map(({ tier }) => tier)));

/** Its rows are put in by the page. */
const chosenTable = (label: string, split: boolean): Block => ({
  kind: "table",
  caption: `The chosen starts of ${label}, ms`,
  columns: [right("row"), left("condition"), right("total"), ...(split ? TIERS.map((tier) => right(tier)) : [])],
  rows: [],
});
