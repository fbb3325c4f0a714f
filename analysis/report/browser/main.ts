/**
 * The report's script: draws the pictures, and answers to choices, brushes, clicks and keys. Whatever it shows comes from
 * the page's data and is set as text, never as markup.
 */
import type { PageData } from "../page-data.ts";
import { followChoice } from "./choice.ts";
import { element } from "./element.ts";
import { openForPrint } from "./open-for-print.ts";
import { Pictures } from "./pictures.ts";
import { makeSortable } from "./sortable.ts";
import { followTooltips } from "./tooltip.ts";
import { followTrials } from "./trials-figure.ts";

const { specs, trials } = JSON.parse(element(document, "#data", HTMLScriptElement).text) as PageData;
const pictures = new Pictures(specs);

for (const table of document.querySelectorAll("table")) makeSortable(table);
openForPrint();
followTooltips();
await followChoice(pictures);
for (const figure of document.querySelectorAll<HTMLElement>("figure.trials")) {
  await followTrials(figure, trials[Number(figure.dataset.trials)] ?? [], pictures);
}
await pictures.drawVisible(document);
document.documentElement.dataset.drawn = "all";
