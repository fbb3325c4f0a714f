/** Rows of tables by their words: tables that have some are opened, the others are hidden. */
import { element } from "./element.ts";

export function followSearch(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-search]")) {
    const section = element(document, `#${input.dataset.search}`, HTMLElement);
    const search = element(section, ".search", HTMLElement);
    search.hidden = false;
    input.addEventListener("input", () => {
      element(search, "output", HTMLOutputElement).textContent = find(section, wordsOf(input.value));
    });
  }
}

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");

function find(section: HTMLElement, words: readonly string[]): string {
  let found = 0;
  for (const fold of section.querySelectorAll<HTMLDetailsElement>("details.table")) {
    const title = fold.querySelector("summary")?.textContent?.toLowerCase() ?? "";
    const platform = fold.parentElement?.closest("details")?.querySelector("summary")?.textContent?.toLowerCase() ?? "";
    let inTable = 0;
    for (const row of fold.querySelectorAll<HTMLTableRowElement>("tbody tr")) {
      const text = `${platform} ${title} ${row.textContent?.toLowerCase()}`;
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) inTable += 1;
    }
    found += inTable;
    fold.hidden = inTable === 0;
    fold.open = words.length > 0 && inTable > 0;
  }
  for (const fold of section.querySelectorAll<HTMLDetailsElement>("details.folded")) {
    const any = fold.querySelector("details.table:not([hidden])") !== null;
    fold.hidden = !any;
    fold.open = words.length > 0 && any;
  }
  return words.length === 0 ? "" : `${found} rows`;
}
