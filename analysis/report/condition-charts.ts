/** Timeline and decomposition of every condition of every platform, of which the reader chooses. */

import { isStartTotal } from "../figures/parts/measured.ts";
import { startTimeline } from "../figures/starts/start-timeline.ts";
import { startupTiers } from "../figures/starts/startup-tiers.ts";
import { type Html, html } from "../format/document/html-template.ts";
import { byModeAndSize } from "../subjects/condition-order.ts";
import type { Subject } from "../subjects/subject.ts";
import type { Charts } from "./chart.ts";

/** Where nothing is split into phases, a line that says so. */
export function conditionCharts(subjects: readonly Subject[], charts: Charts): Html {
  const conditions = subjects.flatMap((subject) =>
    subject.measurements
      .filter(isStartTotal)
      .map(({ condition, factors: { image = "", mode = "" } }) => ({ subject, condition, image, mode }))
      .sort(byModeAndSize),
  );
  const absent = new Set<string>();
  const drawn = conditions.flatMap(({ subject, condition, image, mode }) => {
    const alone = [only(subject, condition)];
    const figures = [startTimeline(alone), startupTiers(alone)].flatMap((drawing) => {
      if (!("absent" in drawing)) return [charts.figure(drawing, 4)];
      absent.add(drawing.absent);
      return [];
    });
    return figures.length === 0 ? [] : [{ platform: subject.label, image, mode, figures }];
  });
  const first = drawn[0];
  return html`${
    first === undefined
      ? []
      : html`<form id="choice" aria-label="Which starts are drawn">
${choice(
  "platform",
  drawn.map(({ platform }) => platform),
  "",
)}
${choice(
  "image",
  drawn.map(({ image }) => image),
  first.image,
)}
${choice(
  "mode",
  drawn.map(({ mode }) => mode),
  first.mode,
)}
<output id="chosen"></output>
</form>
`
  }${drawn.map(
    ({ platform, image, mode, figures }) =>
      html`<section class="condition" data-platform="${platform}" data-image="${image}" data-mode="${mode}" aria-label="${`${platform}, ${image} ${mode}`}">
<h3>${platform}: <code>${image}</code> ${mode}</h3>
<div class="beside">${figures}</div></section>
`,
  )}${absent.size === 0 ? [] : html`<ul>${[...absent].map((reason) => html`<li>Not drawn: ${reason}.</li>`)}</ul>`}`;
}

const only = (subject: Subject, condition: string): Subject => ({
  ...subject,
  measurements: subject.measurements.filter((other) => other.experiment === "startup" && other.condition === condition),
});

/** @param chosen "" for all */
const choice = (name: string, values: readonly string[], chosen: string): Html => html`<label>${name} <select name="${name}">
<option value="">all</option>${[...new Set(values)].map((value) =>
  value === chosen ? html`<option value="${value}" selected>${value}</option>` : html`<option value="${value}">${value}</option>`,
)}
</select></label>`;
