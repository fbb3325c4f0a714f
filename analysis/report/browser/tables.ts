/** A table is made ready when it is opened: its columns sort, and its cells know their headings, for screens too narrow for columns. */
import { makeSortable } from "./sortable.ts";

const ready = new WeakSet<HTMLTableElement>();

export function prepareTables(): void {
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target instanceof HTMLDetailsElement && target.open)
        prepareTable(target.querySelector<HTMLTableElement>(":scope > .scroll > table"));
    },
    true,
  );
  for (const table of document.querySelectorAll<HTMLTableElement>("section > .scroll > table")) prepareTable(table);
}

export function prepareTable(table: HTMLTableElement | null): void {
  if (table === null || ready.has(table)) return;
  ready.add(table);
  labelCells(table);
  makeSortable(table);
}

/** Cells of rows that are put in later, too. */
export function labelCells(table: HTMLTableElement): void {
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])].map(({ textContent }) => textContent ?? "");
  for (const row of table.tBodies[0]?.rows ?? []) {
    for (const [index, cell] of [...row.cells].entries()) cell.dataset.label = headings[index] ?? "";
  }
}
