/** Tables that sort: by number where a column is one of numbers; what is missing stays last; the third time as it was. */

const ORDERS = ["ascending", "descending", null] as const;

/** Rows in the order in which they were put in, of each table. */
const asMade = new WeakMap<HTMLTableElement, HTMLTableRowElement[]>();

export function makeSortable(table: HTMLTableElement): void {
  asMade.set(table, [...bodyOf(table).rows]);
  for (const header of headersOf(table)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    header.replaceChildren(button);
    button.addEventListener("click", () => {
      const order = ORDERS[(ORDERS.indexOf(orderOf(header)) + 1) % ORDERS.length] ?? null;
      for (const other of headersOf(table)) other.removeAttribute("aria-sort");
      if (order !== null) header.setAttribute("aria-sort", order);
      sort(table);
    });
  }
}

/** Other rows, in the order that was chosen for those before. */
export function setRows(table: HTMLTableElement, rows: HTMLTableRowElement[]): void {
  asMade.set(table, rows);
  bodyOf(table).replaceChildren();
  sort(table);
}

function sort(table: HTMLTableElement): void {
  const rows = asMade.get(table) ?? [];
  const index = headersOf(table).findIndex((header) => orderOf(header) !== null);
  const header = headersOf(table)[index];
  if (header === undefined) {
    bodyOf(table).append(...rows);
    return;
  }
  const numeric = header.className === "right";
  const sign = orderOf(header) === "ascending" ? 1 : -1;
  const keyed = rows.map((row) => {
    const text = row.cells[index]?.textContent ?? "";
    const number = Number.parseFloat(text.replace(/^</, ""));
    return { row, text, number, missing: numeric ? Number.isNaN(number) : text === "" };
  });
  keyed.sort((a, b) => {
    if (a.missing || b.missing) return Number(a.missing) - Number(b.missing);
    return sign * (numeric ? a.number - b.number : a.text.localeCompare(b.text, "en", { numeric: true }));
  });
  bodyOf(table).append(...keyed.map(({ row }) => row));
}

const headersOf = (table: HTMLTableElement): HTMLTableCellElement[] => [...(table.tHead?.rows[0]?.cells ?? [])];
const bodyOf = (table: HTMLTableElement): HTMLTableSectionElement => table.tBodies[0] ?? table.createTBody();

function orderOf(header: HTMLTableCellElement): (typeof ORDERS)[number] {
  const order = header.getAttribute("aria-sort");
  return order === "ascending" || order === "descending" ? order : null;
}
