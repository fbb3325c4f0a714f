/** What a reader must know beside the numbers on the screen: defects first, then cautions, each with whom it concerns. */

import { EXPERIMENTS } from "../../../research/protocol.ts";
import { hanging } from "../../../research/text/screen/fit.ts";
import { plain } from "../../../research/text/screen/screen.ts";
import { sentence } from "../../../research/text/sentence.ts";
import { OF_COLD_STARTS, type Warning } from "../../../research/warning.ts";
import { grouped } from "../../samples/grouped.ts";
import type { PlatformSummary } from "../../summaries/summary.ts";
import { isOfAltered } from "../../validation/altered.ts";
import type { ConditionRow } from "./condition-rows.ts";

interface Doubt {
  readonly text: string;
  readonly defect: boolean;
  /** Of rows; of all of them where it is the platform's own. */
  readonly of: readonly string[];
}

/** Of a row whose number has a caution of its own, or a defect; what holds for every number marks none. */
export const isMarked = (row: ConditionRow, rows: readonly ConditionRow[]): boolean =>
  row.measured.defects.length > 0 || row.measured.cautions.some((caution) => !isCommon(caution, rows));

const isCommon = (caution: string, rows: readonly ConditionRow[]): boolean =>
  rows.length > 1 && rows.every(({ measured }) => measured.cautions.includes(caution));

/** A number of the screen, and what it is called there. */
type Told = Pick<ConditionRow, "name" | "measured">;

/** Those of the rows and of their parts, and what the files themselves give reason to doubt, which concerns all of them. */
function doubtsOf({ warnings, caveats }: PlatformSummary, rows: readonly ConditionRow[], parts: readonly Told[]): Doubt[] {
  const said = [...rows, ...parts].flatMap(({ name, measured: { defects, cautions } }) => [
    ...defects.map((text) => ({ text, defect: true, name })),
    ...cautions.map((text) => ({ text, defect: false, name })),
  ]);
  const doubts = [...grouped(said, ({ text }) => text)].map(
    ([text, each]): Doubt => ({ text, defect: each.some(({ defect }) => defect), of: each.map(({ name }) => name) }),
  );
  const known = new Set(doubts.map(({ text }) => text));
  const isOfFiles = (summary: string): boolean =>
    !known.has(summary) && !isOfOthers(summary, rows) && !summary.startsWith(OF_COLD_STARTS);
  const ofFiles = new Set(warnings.map(({ summary }) => summary).filter(isOfFiles));
  doubts.push(...[...ofFiles].map((text): Doubt => ({ text, defect: false, of: rows.map(({ name }) => name) })));
  const cautions = fileCautions(caveats, rows);
  doubts.push(...cautions.map((text): Doubt => ({ text, defect: false, of: rows.map(({ name }) => name) })));
  // How cold starts are to be read is the same everywhere, and so the least news.
  const isFirst = (text: string): boolean => cautions.includes(text) || isOfAltered(text);
  const weight = ({ text, defect, of }: Doubt): number =>
    defect ? 0 : isFirst(text) ? 1 : text.startsWith(OF_COLD_STARTS) ? 4 : of.length < rows.length ? 2 : 3;
  return doubts.sort((a, b) => weight(a) - weight(b));
}

/** What is said of the tables that these rows are of, such as that one ends within a row; their folder is known. */
function fileCautions(caveats: readonly string[], rows: readonly ConditionRow[]): string[] {
  const files = [...new Set(rows.map(({ summary }) => `${summary.experiment}.csv:`))];
  return caveats.flatMap((text) =>
    files.flatMap((file) => {
      const at = `/${text}`.indexOf(`/${file}`);
      return at < 0 ? [] : [text.slice(at)];
    }),
  );
}

/** Of an experiment that these rows are not of. */
const isOfOthers = (summary: string, rows: readonly ConditionRow[]): boolean =>
  EXPERIMENTS.some(
    (experiment) =>
      (summary.startsWith(`${experiment}: `) || summary.startsWith(`${experiment}.csv `)) &&
      rows.every(({ summary: condition }) => condition.experiment !== experiment),
  );

/** Of another experiment, or of its cold starts, where these have none. */
const isElsewhere = (text: string, rows: readonly ConditionRow[]): boolean =>
  EXPERIMENTS.some(
    (experiment) =>
      /^[ .:]/.test(text.slice(experiment.length)) &&
      text.startsWith(experiment) &&
      rows.every(({ summary }) => summary.experiment !== experiment),
  ) ||
  (text.startsWith(OF_COLD_STARTS) && rows.every(({ summary: { factors } }) => factors.mode !== "cold"));

const LINES_EACH = 2;

/** Findings begin with what they concern, which stands before them here, or is the experiment of the table. */
const bare = (text: string, rows: readonly ConditionRow[]): string =>
  rows.some(({ summary: { experiment } }) => text.startsWith(`${experiment} `) || text.startsWith(`${experiment}: `))
    ? text.replace(/^[^:]*: /, "")
    : text;

/** With the remedy, where there is room for it. @param most lines @param parts of a row, where the screen has them */
export function doubtLines(
  platform: PlatformSummary,
  rows: readonly ConditionRow[],
  columns: number,
  most: number,
  parts: readonly Told[] = [],
): string[] {
  const remedies = new Map<string, Warning>(
    [...platform.warnings, ...platform.findings].map((warning) => [warning.summary, warning]),
  );
  const beside = doubtsOf(platform, rows, parts);
  const lines: string[] = [];
  const saidAlready = new Set<string>();
  let told = 0;
  for (const { text, defect, of } of beside) {
    const whom = rows.every(({ name }) => of.includes(name)) ? "" : `${of.join(", ")}: `;
    const remedy = remedies.get(text)?.remedy;
    const said = plain(`${defect ? "Defect. " : ""}${whom}${bare(text, rows)}`);
    // The same of a start's total and of its parts.
    if (saidAlready.has(said)) {
      told += 1;
      continue;
    }
    const whole = hanging("  ! ", remedy === undefined ? said : `${said}. ${sentence(plain(remedy))}`, columns);
    const next = whole.length <= LINES_EACH ? whole : hanging("  ! ", said, columns, LINES_EACH);
    if (lines.length + next.length > most - 1) break;
    lines.push(...next);
    saidAlready.add(said);
    told += 1;
  }
  const others = new Set([...platform.warnings, ...platform.findings].map(({ summary }) => summary));
  for (const text of fileCautions(platform.caveats, rows)) others.add(text);
  for (const { text } of beside.slice(0, told)) others.delete(text);
  const left = Math.max(others.size, beside.length - told);
  if (left === 0) return lines;
  const elsewhere = told === beside.length && [...others].every((text) => isElsewhere(text, rows));
  const about = elsewhere ? " about other experiments" : "";
  return [...lines, `  ! ${left} ${lines.length === 0 ? "" : "more "}${left === 1 ? "warning" : "warnings"}${about}: --full`];
}
