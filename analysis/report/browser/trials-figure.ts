/** A platform's starts in order: what is brushed is what the numbers of rows say, and its phases and times are shown. */
import { TIERS } from "../../../research/phases.ts";
import type { Trial } from "../trials.ts";
import { element } from "./element.ts";
import type { Pictures } from "./pictures.ts";
import { setRows } from "./sortable.ts";

const MOST_BARS = 40;

export async function followTrials(figure: HTMLElement, trials: readonly Trial[], pictures: Pictures): Promise<void> {
  const order = await pictures.draw(element(figure, ".order", HTMLElement));
  // Not there where no start is split into phases.
  const place = figure.querySelector<HTMLElement>(".phases");
  const phases = place === null ? undefined : await pictures.draw(place);
  const [from, to] = ["from", "to"].map((name) => element(figure, `input[name=${name}]`, HTMLInputElement)) as [
    HTMLInputElement,
    HTMLInputElement,
  ];
  const [first, last] = [Number(from.min), Number(from.max)];
  let chosen: readonly [low: number, high: number] = [from.valueAsNumber, to.valueAsNumber];

  const show = async (): Promise<void> => {
    const [low, high] = chosen;
    const shown = trials.filter(({ row }) => row >= low && row <= high);
    const drawn = shown.slice(0, MOST_BARS);
    const starts = shown.length === 1 ? "1 start" : `${shown.length} starts`;
    element(figure, "output", HTMLOutputElement).textContent =
      drawn.length < shown.length ? `${starts}, the first ${MOST_BARS} drawn` : starts;
    const rows = shown.map((trial) => trialRow(trial, phases !== undefined));
    setRows(element(figure, "table", HTMLTableElement), rows);
    await phases?.data("trials", drawn.flatMap(segments)).runAsync();
  };
  /** Half a row wider at either end, so that no rounding of pixels loses a row. */
  const brush = async (): Promise<void> => {
    const x = order.scale("x") as (row: number) => number;
    const ends = [x(chosen[0] - 0.5), x(chosen[1] + 0.5)];
    const within = ends.map((end) => Math.min(Math.max(end, 0), order.width()));
    await order.signal("brush_x", within).runAsync();
  };
  const typed = async (input: HTMLInputElement): Promise<void> => {
    const row = Number.isNaN(input.valueAsNumber) ? (input === from ? first : last) : Math.round(input.valueAsNumber);
    input.valueAsNumber = Math.min(Math.max(row, first), last);
    const [a, b] = [from.valueAsNumber, to.valueAsNumber];
    chosen = a < b ? [a, b] : [b, a];
    await show();
    await brush();
  };
  const brushed = (rows: readonly number[] | undefined): void => {
    if (rows === undefined) return;
    const [low, high] = [Math.max(first, Math.ceil(Math.min(...rows))), Math.min(last, Math.floor(Math.max(...rows)))];
    if (low > high || (low === chosen[0] && high === chosen[1])) return;
    chosen = [low, high];
    [from.valueAsNumber, to.valueAsNumber] = chosen;
    show();
  };
  for (const input of [from, to]) input.addEventListener("change", () => typed(input));
  order.addSignalListener("brush", (_name, { row }: { readonly row?: readonly number[] }) => brushed(row));
  // When a brush is let go it snaps to whole rows; a click that leaves none brings the last one back.
  figure.addEventListener("pointerdown", () => window.addEventListener("pointerup", brush, { once: true }));
  await show();
  await brush();
}

interface Segment {
  readonly trial: string;
  readonly phase: string;
  readonly tier: string;
  readonly begin_ms: number;
  readonly end_ms: number;
}

/** As the picture's specification expects them. */
function segments({ row, condition, total_ms, phases }: Trial): Segment[] {
  const trial = `row ${row}: ${condition}`;
  if (phases.length === 0) return [{ trial, phase: "not split", tier: "several", begin_ms: 0, end_ms: total_ms }];
  return phases.map(({ phase, tier, begin_ns, end_ns }) => ({
    ...{ trial, phase, tier: tier ?? "several" },
    ...{ begin_ms: begin_ns / 1e6, end_ms: end_ns / 1e6 },
  }));
}

/** @param split the table has columns for the tiers */
function trialRow({ row, condition, total_ms, phases }: Trial, split: boolean): HTMLTableRowElement {
  // A phase that may be of several tiers leaves the tiers unknown, as in the raw data's own rule.
  const known = phases.length > 0 && phases.every(({ tier }) => tier !== null);
  const tiers = (split ? TIERS : []).map((name) =>
    known
      ? phases.filter(({ tier }) => tier === name).reduce((sum, { begin_ns, end_ns }) => sum + end_ns - begin_ns, 0) / 1e6
      : null,
  );
  const numbers = [total_ms, ...tiers].map((value) => (value === null ? "–" : value.toFixed(3)));
  const line = document.createElement("tr");
  for (const [index, text] of [String(row), condition, ...numbers].entries()) {
    const cell = line.insertCell();
    cell.className = index === 1 ? "left" : "right";
    cell.textContent = text;
  }
  return line;
}
