/** Per platform: the starts in order, a choice of rows by brush or by keyboard, and the chosen starts' phases and times. */
import { type Html, html } from "../format/html-template.ts";
import type { Subject } from "../measurement.ts";
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
    return html`<figure class="trials" data-trials="${index}">
<figcaption><h3>${label}</h3></figcaption>
${charts.place(trialOrderSpec(trials), `Every start of ${label} by its row. Choose rows below; their times are in the table that follows.`)}
<fieldset><legend>Rows to be shown</legend>
<label>from <input type="number" name="from" min="${first}" max="${last}" value="${first}"></label>
<label>to <input type="number" name="to" min="${first}" max="${last}" value="${(trials[Math.min(trials.length, 12) - 1] as Trial).row}"></label>
<output></output></fieldset>
${charts.place(trialPhasesSpec(), `The phases of the chosen starts of ${label}; their times are in the table that follows.`)}
<details><summary>The numbers of the chosen starts</summary><div class="scroll" role="region" tabindex="0" aria-label="${`Table: the chosen starts of ${label}`}"><table>
<caption>The chosen starts, ms</caption>
<thead><tr><th scope="col" class="right">row</th><th scope="col" class="left">condition</th><th scope="col" class="right">total</th><th scope="col" class="right">daemon</th><th scope="col" class="right">runtime</th><th scope="col" class="right">process</th></tr></thead>
<tbody></tbody></table></div></details>
</figure>
`;
  })}${shown.some(({ trials }) => trials.length >= MOST_TRIALS) ? html`<p>Of a platform with more starts, about ${MOST_TRIALS} are shown, evenly over the order.</p>` : []}`;
  return {
    content: shown.length === 0 ? html`<p>No start was measured.</p>` : content,
    trials: shown.map(({ trials }) => trials),
  };
}
