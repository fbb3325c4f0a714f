/** The starts of a platform that are chosen by condition, outcome, rows, block and time; rows by brushing the picture, too. */
import { unpacked } from "../packed-numbers.ts";
import type { StartLine, StartsData } from "../starts.ts";
import { followBrush } from "./brush.ts";
import { element } from "./element.ts";
import { setRows } from "./sortable.ts";
import { labelCells, prepareTable } from "./tables.ts";

const MOST_LISTED = 50;
const HEADINGS = ["row", "condition", "outcome", "session", "block", "total ms", "phases"] as const;
const NUMERIC: ReadonlySet<string> = new Set(["row", "session", "block", "total ms"]);

export function followStarts(place: HTMLElement, data: StartsData): void {
  const form = element(place, "form", HTMLFormElement);
  form.hidden = false;
  const table = emptyTable(data.label);
  element(place, ".list", HTMLElement).append(table.scroll);
  const starts: readonly StartLine[] = data.starts.map(unpacked);
  const show = (): void => {
    const chosen = starts.filter(wanted(new FormData(form)));
    const listed = chosen.slice(0, MOST_LISTED);
    const longest = listed.reduce((most, start) => Math.max(most, start[5] ?? 0), 1);
    const found = chosen.length === 1 ? "1 start" : `${chosen.length} starts`;
    element(place, "output", HTMLOutputElement).textContent =
      listed.length < chosen.length ? `${found}, the first ${MOST_LISTED} listed` : found;
    setRows(
      table.table,
      listed.map((start) => rowOf(start, data, longest)),
    );
    labelCells(table.table);
  };
  prepareTable(table.table);
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  place.addEventListener("toggle", show, { once: true });
  followBrush(place, ({ condition, from, to }) => {
    const set = (name: string, value: number): void => {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = String(value);
    };
    set("condition", condition);
    set("from", from);
    set("to", to);
    show();
  });
}

/** What is empty asks for nothing. */
function wanted(form: FormData): (start: StartLine) => boolean {
  const number = (name: string): number | null => {
    const text = form.get(name);
    return typeof text !== "string" || text === "" ? null : Number(text);
  };
  const [condition, outcome, block] = ["condition", "outcome", "block"].map(number);
  const [from, to, least, most] = ["from", "to", "least", "most"].map(number);
  const is = (asked: number | null | undefined, value: number | undefined): boolean => asked == null || asked === value;
  return (start) => {
    const [row = 0, ofCondition, ofOutcome, , ofBlock, total = -1] = start;
    if (!is(condition, ofCondition) || !is(outcome, ofOutcome) || !is(block, ofBlock)) return false;
    if (row < (from ?? 0) || row > (to ?? Number.POSITIVE_INFINITY)) return false;
    if (least == null && most == null) return true;
    return total >= 0 && total / 1000 >= (least ?? 0) && total / 1000 <= (most ?? Number.POSITIVE_INFINITY);
  };
}

function emptyTable(label: string): { readonly scroll: HTMLElement; readonly table: HTMLTableElement } {
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", `Table: the chosen starts of ${label}`);
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const heading of HEADINGS) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.className = NUMERIC.has(heading) ? "right" : "left";
    cell.textContent = heading;
    head.append(cell);
  }
  table.createTBody();
  scroll.append(table);
  return { scroll, table };
}

function rowOf(start: StartLine, { conditions, outcomes, kinds }: StartsData, longest: number): HTMLTableRowElement {
  const [row = 0, condition = 0, outcome = 0, session = 0, block = 0, total = -1, kind = -1, ...durations] = start;
  const line = document.createElement("tr");
  const texts = [row, conditions[condition], outcomes[outcome], session, block, total < 0 ? "–" : (total / 1000).toFixed(1)];
  for (const [index, text] of texts.entries()) {
    const cell = line.insertCell();
    cell.className = NUMERIC.has(HEADINGS[index] ?? "") ? "right" : "left";
    cell.textContent = String(text);
  }
  const bars = line.insertCell();
  bars.className = "left";
  const phases = kinds[kind];
  if (phases === undefined) bars.textContent = "not split";
  else bars.append(barOf(phases, durations, longest));
  return line;
}

/** As long as the start beside the longest of those that are listed; each phase has its words. */
function barOf(phases: StartsData["kinds"][number], durations: readonly number[], longest: number): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "bar";
  const largest = durations.indexOf(Math.max(...durations));
  bar.setAttribute("role", "img");
  bar.setAttribute("aria-label", `largest phase: ${words(phases[largest], durations[largest])}`);
  for (const [index, phase] of phases.entries()) {
    const part = document.createElement("span");
    part.className = phase[1];
    part.style.width = `${(100 * (durations[index] ?? 0)) / longest}%`;
    part.dataset.words = words(phase, durations[index]);
    bar.append(part);
  }
  return bar;
}

const words = (phase: StartsData["kinds"][number][number] | undefined, duration_us = 0): string =>
  phase === undefined ? "none" : `${phase[0]} (${phase[1]}): ${Number((duration_us / 1000).toPrecision(3))} ms`;
