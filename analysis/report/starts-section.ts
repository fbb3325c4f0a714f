/** Every start of each platform: its picture in order of collection, and a place where the page lists the starts that are chosen. */
import { collectionOrder } from "../figures/starts/collection-order.ts";
import { type Html, html } from "../format/document/html-template.ts";
import type { Subject } from "../subjects/subject.ts";
import type { Charts } from "./charts.ts";
import { MOST_STARTS, startsOf } from "./starts.ts";

export function startsSection(subjects: readonly Subject[], charts: Charts): Html {
  const shown = subjects.map((subject) => ({ subject, data: startsOf(subject) })).filter(({ data }) => data.count > 0);
  if (shown.length === 0) return html`<p>No start was measured.</p>`;
  return html`${shown.map(({ subject, data }, index) => {
    const drawing = collectionOrder([subject]);
    return html`<details class="folded starts" data-starts="${index}"><summary><h3>${subject.label}</h3> <small>${data.count} starts</small></summary>
${"absent" in drawing ? html`<p>${drawing.absent}</p>` : charts.figure(drawing)}
${data.count > data.starts.length ? html`<p>Of ${data.count} starts about ${MOST_STARTS} can be found here: those that failed, and the others evenly over the order.</p>` : []}
<form hidden><fieldset><legend>Find starts of ${subject.label}</legend>
<label>condition <select name="condition"><option value="">all</option>${data.conditions.map((condition, place) => html`<option value="${place}">${condition}</option>`)}</select></label>
<label>outcome <select name="outcome"><option value="">all</option>${data.outcomes.map((outcome, place) => html`<option value="${place}">${outcome}</option>`)}</select></label>
<label>rows from <input type="number" name="from" min="1"></label> <label>to <input type="number" name="to" min="1"></label>
<label>block <input type="number" name="block" min="1"></label>
<label>ms from <input type="number" name="least" min="0" step="any"></label> <label>to <input type="number" name="most" min="0" step="any"></label>
<button type="reset">all</button></fieldset></form>
<output class="found"></output>
<div class="list"></div></details>
`;
  })}<noscript><p>Finding single starts needs JavaScript.</p></noscript>`;
}
