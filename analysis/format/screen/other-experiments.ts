/** The experiments beside the one on top, in a line each. */
import { cut, shortened } from "../../../research/text/screen/fit.ts";
import { atMost, joined, plain } from "../../../research/text/screen/screen.ts";
import { ms } from "../../samples/numbers.ts";
import { levelOf } from "../../summaries/described.ts";
import type { PlatformSummary } from "../../summaries/summary.ts";
import { type ConditionRow, conditionRows } from "./condition-rows.ts";

/** @param most lines: names of further ones share the last */
export function otherExperiments(
  platform: PlatformSummary,
  experiments: readonly string[],
  columns: number,
  most: number,
): string[] {
  if (experiments.length === 0 || most < 1) return [];
  const told = experiments.map((experiment) => ({ experiment, rows: conditionRows(platform, experiment) }));
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));
  const nameWidth = widest(experiments);
  const metricWidth = widest(told.map(({ rows }) => rows[0]?.metric ?? ""));
  const lines = told.map(({ experiment, rows }) => {
    const doubtful = rows.some(({ measured: { defects } }) => defects.length > 0);
    return experimentLine(
      `  ${experiment.padEnd(nameWidth)} ${doubtful ? "!" : " "} ${(rows[0]?.metric ?? "").padEnd(metricWidth)}  `,
      rows,
      columns,
    );
  });
  return atMost(lines, most, (left) => named(experiments.slice(-left), columns));
}

/** Whole names, as an experiment is chosen by its own. */
function named(experiments: readonly string[], columns: number): string {
  const begin = `  ${experiments.length} more: `;
  const whole = begin + experiments.join(", ");
  return whole.length <= columns ? whole : `${joined(begin, experiments, columns - AND_MORE.length, ", ")}${AND_MORE}`;
}

const AND_MORE = ", …";

/** `write  speed_mbps  overlay: 612 · volume: 598`: as many conditions as there is room for. */
function experimentLine(begin: string, rows: readonly ConditionRow[], columns: number): string {
  const named = rows.map(({ name, measured }) => {
    const value = measured.defects.length > 0 ? "defect" : measured.n === 0 ? "nothing" : ms(levelOf(measured).value);
    return { name: plain(name), value };
  });
  const values = named.map(({ name, value }) => `${name}: ${value}`);
  const all = joined(begin, values, columns);
  if (all === begin + values.join(" · ")) return all;
  const fitting = joined(begin, values, columns - MORE.length);
  const told = values.findIndex((_, index) => (begin + values.slice(0, index + 1).join(" · ")).length > fitting.length);
  if (told > 0) return cut(`${fitting} (+${values.length - told})`, columns);
  // A name can be guessed from its ends, a number cannot.
  const [{ name, value } = { name: "", value: "" }] = named;
  const after = `: ${value}${values.length > 1 ? ` (+${values.length - 1})` : ""}`;
  return cut(begin + shortened(name, Math.max(FEWEST_OF_NAME, columns - begin.length - after.length)) + after, columns);
}

const FEWEST_OF_NAME = 5;
const MORE = " (+99)";
