/** One platform on one screen: the answer, its conditions, where the time goes, what else was measured, what to beware of. */
import { hanging, wrapped } from "../../../research/text/screen/fit.ts";
import { joined, linesOf, plain, renderScreen, type Section } from "../../../research/text/screen/screen.ts";
import { fitted } from "../../../research/text/screen/table.ts";
import { grouped } from "../../samples/grouped.ts";
import { interval, MISSING, ms } from "../../samples/numbers.ts";
import { FEWEST_SESSIONS } from "../../samples/sessions.ts";
import { type Level, levelOf } from "../../summaries/described.ts";
import type { PlatformSummary } from "../../summaries/summary.ts";
import { failuresOf } from "../analysis/parts.ts";
import { causeRows, waitRows } from "../causes/cause-rows.ts";
import { adviceLines } from "../document/advice.ts";
import { axis, bar, LEGEND, TIER_BAR, tierShares } from "./bars.ts";
import type { ConditionRow } from "./condition-rows.ts";
import { doubtLines, isMarked } from "./doubts.ts";
import { otherExperiments } from "./other-experiments.ts";
import { partRows, partsTold } from "./part-rows.ts";
import { phaseRows } from "./phase-rows.ts";
import { factsOf, type PlatformFacts, type ScreenView } from "./screen-view.ts";
import { type VariantRows, variantRows, variantTable } from "./variant-rows.ts";
import { adviceFor, mainRows, variantsAnswer, verdict } from "./verdict.ts";

export function platformScreen(platform: PlatformSummary, of: PlatformFacts, view: ScreenView): string {
  const { terminal, paint } = view;
  const { columns } = terminal;
  const experiments = [...grouped(platform.conditions, ({ experiment }) => experiment).keys()];
  const { rows, told } = mainRows(platform);
  const title = [joined(`${plain(platform.label)}   `, factsOf(of).map(plain), columns).trimEnd()];
  if (told === undefined) return renderScreen([title, ["  Nothing was measured here."]], terminal);
  const variants = view.phases ? undefined : variantRows(platform, rows);
  if (variants !== undefined) return variantsScreen(platform, variants, rows, title, of, view);
  const answer = answerLines(verdict(told, rows, of.engine), columns);
  const phases = phaseRows(told.summary, of.engine, columns, view.phases);
  const roomBeside = (sections: readonly Section[]): number => terminal.lines - linesOf(sections) - 1;
  const limits = view.phases && phases.length > 0 ? { rows: 6, doubts: 3 } : { rows: 12, doubts: 7 };
  const causes = causeRows(told.summary, columns);
  const advice = view.phases ? [] : adviceLines(adviceFor(platform, of), columns);
  const beside = experiments.filter((name) => name !== told.summary.experiment);
  const end = more(of, beside[0], columns, phases.length > 0 && !view.phases);
  const allParts = partRows(told.summary, columns);
  // All phases of a start are asked for before what is around it.
  const fits =
    !view.phases || roomBeside([title, answer, allParts, phases, end]) >= BESIDE_ROWS + Math.min(rows.length, FEWEST_ROWS);
  const parts = fits ? allParts : [];
  const unasked = view.phases && phases.length + parts.length + causes.length === 0 ? noPhases(told, columns) : [];
  const most = Math.min(limits.rows, roomBeside([title, answer, unasked, parts, phases, causes, advice, end]) - BESIDE_ROWS);
  const paired = platform.paired.some(({ experiment }) => experiment === told.summary.experiment);
  const unpaired = !paired && hasSessions(told) && rows.filter(({ measured }) => measured.n > 0).length > 1;
  const conditions = conditionTable(rows, { columns, paint, mostRows: Math.max(FEWEST_ROWS, most), unpaired });
  const fixed = [title, answer, conditions, unasked, parts, phases, causes, advice, end];
  const ofParts = parts.length > 0 ? partsTold(told.summary) : [];
  const doubts = doubtLines(platform, rows, columns, Math.min(limits.doubts, roomBeside(fixed)), ofParts);
  const room = roomBeside([...fixed, doubts]);
  const waits = waitRows(told.summary, columns, room);
  const others = view.phases || waits.length > 0 ? [] : otherExperiments(platform, beside, columns, room);
  return renderScreen([title, answer, conditions, unasked, parts, phases, causes, waits, others, doubts, advice, end], terminal);
}

/** What was asked for and is not there is said, not passed over. */
const noPhases = ({ summary, name }: ConditionRow, columns: number): Section =>
  hanging(
    "  ",
    plain(`--phases: ${summary.experiment} “${name}” has no phases; a start has them, where a kernel probe saw it.`),
    columns,
  );

/** Header and notes of the table, and the doubts in a line. */
const BESIDE_ROWS = 6;
const FEWEST_ROWS = 4;

const answerLines = (sentences: readonly string[], columns: number): string[] =>
  sentences.flatMap((sentence) => hanging("  ", plain(sentence), columns));

/** What each variant costs, instead of where the time of one goes. */
function variantsScreen(
  platform: PlatformSummary,
  variants: VariantRows,
  rows: readonly ConditionRow[],
  title: Section,
  of: PlatformFacts,
  { terminal }: ScreenView,
): string {
  const { columns } = terminal;
  const { engine } = of;
  const { first, others } = variants;
  const answer = answerLines(variantsAnswer(variants, verdict(first, rows, engine)), columns);
  const advice = adviceLines(adviceFor(platform, of), columns);
  const end = more(of, undefined, columns, true);
  const elsewhere = rows.length - others.length - 1;
  const besides = elsewhere === 0 ? [] : [`    and ${elsewhere} conditions of other images or modes: --image NAME, --full`];
  const table = (most: number): string[] => [...variantTable(variants, engine, columns, most - besides.length), ...besides];
  const needed = linesOf([title, answer, table(Number.POSITIVE_INFINITY), advice, end]);
  const doubts = doubtLines(platform, [first, ...others], columns, Math.max(FEWEST_DOUBTS, terminal.lines - needed - 1));
  const room = terminal.lines - linesOf([title, answer, doubts, advice, end]) - 1;
  return renderScreen([title, answer, table(room), doubts, advice, end], terminal);
}

/** However many variants there are. */
const FEWEST_DOUBTS = 3;

interface TableView extends Pick<ScreenView, "paint"> {
  readonly columns: number;
  readonly mostRows: number;
  /** So that no row can have the mark of one that does not differ. */
  readonly unpaired: boolean;
}

/** Enough of them that only the order can be the reason why conditions were not paired. */
const hasSessions = ({ measured: { sessions } }: ConditionRow): boolean => (sessions?.sessions ?? 0) >= FEWEST_SESSIONS;

function conditionTable(rows: readonly ConditionRow[], { columns, paint, mostRows, unpaired }: TableView): string[] {
  const [first] = rows;
  if (first === undefined) return [];
  const levels = rows.map(({ measured }) => levelOf(measured));
  const starred = levels.map(isOfTrials);
  const allStarred = levels.every(({ ends }, index) => ends === null || starred[index]);
  const drawn = levels.map(({ value }, index) => ((rows[index] as ConditionRow).measured.defects.length > 0 ? null : value));
  // Values in different units share no scale.
  const isOfOneUnit = rows.every(({ measured }) => measured.unit === first.measured.unit);
  const longest = isOfOneUnit ? Math.max(0, ...drawn.flatMap((value) => value ?? [])) : 0;
  const shownRows = rows.slice(0, rows.length > mostRows ? mostRows - 1 : mostRows);
  const lines = fitted(
    [
      { title: first.summary.experiment, align: "left", least: 12 },
      { title: "", align: "left" },
      { title: isOfOneUnit ? `median ${first.measured.unit}` : "median", align: "right" },
      { title: starred.includes(true) && allStarred ? "95 % CI*" : "95 % CI", align: "right", drop: 3 },
      { title: "n", align: "right", drop: 1 },
      { title: (room) => (longest > 0 ? axis(longest, room) : ""), align: "left", fills: [12, 60], drop: 2 },
    ],
    shownRows.map((row, index) => {
      const { value, ends } = levels[index] as (typeof levels)[number];
      const { defects, n } = row.measured;
      const failed = failuresOf(row.summary);
      const of = drawn[index] ?? null;
      return [
        plain(row.name),
        `${isMarked(row, rows) ? "!" : " "}${row.alike ? "~" : " "}`.trim(),
        isOfOneUnit || value === null ? ms(value) : `${ms(value)} ${row.measured.unit}`,
        defects.length > 0 ? "defect" : ends === null ? MISSING : `${interval(ends)}${starred[index] && !allStarred ? "*" : ""}`,
        failed > 0 ? `${n} of ${n + failed}` : String(n),
        (room) =>
          of === null || of <= 0 || longest === 0 ? "" : bar({ value: of, shares: tierShares(row) }, longest, room, paint),
      ];
    }),
    columns,
  );
  const left = rows.length - shownRows.length;
  const notes = [
    ...(left > 0 ? [`and ${left} more: --condition NAME, --full`] : []),
    ...(lines.some((line) => line.includes(TIER_BAR)) ? [LEGEND] : []),
    ...(rows.some(({ alike }) => alike)
      ? [`~ no certain difference from the first${rows.some(({ summary }) => "mode" in summary.factors) ? " of its mode" : ""}`]
      : []),
    ...(unpaired ? ["whether these differ is not judged: they did not take turns"] : []),
    ...(starred.includes(true) ? ["* of these trials; sessions may differ by more"] : []),
  ];
  return [...lines, ...wrapped(notes.join(" · "), columns - 4).flatMap((line) => (line === "" ? [] : [`    ${line}`]))];
}

/** Its interval says nothing of other sessions. */
const isOfTrials = ({ ends, of }: Level): boolean => ends !== null && of !== "sessions";

/** @param hasPhases that are not shown */
const more = ({ called }: PlatformFacts, other: string | undefined, columns: number, hasPhases: boolean): Section => [
  joined(
    "  more: ",
    [
      "--full",
      ...(hasPhases ? ["--phases"] : []),
      ...(other === undefined ? [] : [`--experiment ${other}`]),
      `tierbench report ${plain(called.platform)}`,
    ],
    columns,
  ),
];
