/** What the page does: words under the pointer, a choice of starts, search, tables that sort. All it shows is there without it. */
import type { PageData } from "../page-data.ts";
import { followChoice } from "./choice.ts";
import { element } from "./element.ts";
import { followStarts } from "./find-starts.ts";
import { followLinks } from "./follow-links.ts";
import { openForPrint } from "./open-for-print.ts";
import { followSearch } from "./search.ts";
import { prepareTables } from "./tables.ts";
import { followTooltips } from "./tooltip.ts";

const { starts } = JSON.parse(element(document, "#data", HTMLScriptElement).text) as PageData;

followLinks();
openForPrint();
prepareTables();
followTooltips();
followSearch();
followChoice();
for (const place of document.querySelectorAll<HTMLElement>("[data-starts]")) {
  const data = starts[Number(place.dataset.starts)];
  if (data !== undefined) followStarts(place, data);
}
document.documentElement.dataset.ready = "all";
