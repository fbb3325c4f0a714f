/** What `compare` prints where nothing else is asked for: one screen for any number of platforms and experiments. */
import width from "string-width";
import { hanging, shortened } from "../../../research/text/screen/fit.ts";
import { asManyAsFit, atMost, joined, linesOf, plain, renderScreen, type Section } from "../../../research/text/screen/screen.ts";
import { fitted } from "../../../research/text/screen/table.ts";
import type { ComparisonReport } from "../../comparisons/comparison-output.ts";
import { grouped } from "../../samples/grouped.ts";
import { count } from "../../samples/numbers.ts";
import type { Subject } from "../../subjects/subject.ts";
import { comparisonAdvice } from "../comparison/comparison-advice.ts";
import { type Advice, adviceLines } from "../document/advice.ts";
import { type Choice, unknownChoice } from "./choice.ts";
import {
  causeDifferenceRows,
  causeDifferences,
  comparisonAnswer,
  largestPhase,
  mostDifferent,
  phaseDifferenceRows,
  phaseDifferences,
} from "./comparison-answer.ts";
import { type ComparisonRow, comparisonRows, isCertain, levelText, looksWiderThanSame, ratioCells } from "./comparison-rows.ts";
import type { Called, ScreenView } from "./screen-view.ts";

export interface ComparisonView extends Pick<ScreenView, "terminal" | "phases"> {
  readonly choice: Choice;
  /** What `--threshold` found, a line each; none where it was not given. */
  readonly threshold: readonly string[];
  /** By label. */
  readonly called: ReadonlyMap<string, Called>;
}

const AGAINST = " against ";
const LIMITS = { rows: 12, others: 6, doubts: 6 } as const;

export function comparisonScreen(report: ComparisonReport, subjects: readonly Subject[], view: ComparisonView): string {
  const { terminal, choice, phases, threshold } = view;
  const { columns } = terminal;
  const rows = chosenRows(comparisonRows(report.comparisons, subjects), choice);
  const pairs = pairsOf(rows);
  const main = rows[0]?.comparison.experiment;
  const ofMain = rows.filter(({ comparison }) => comparison.experiment === main);
  const others = rows.filter(({ comparison }) => comparison.experiment !== main);
  const told = pairs.length > 1 ? firstOfPairs(rows) : ofMain;
  const answer = comparisonAnswer(pairs.length > 1 ? told : rows, report.not_compared).flatMap((text) =>
    hanging("  ", plain(text), columns),
  );
  const [only] = pairs.length === 1 ? ofMain : [];
  const title = titleOf(only === undefined ? undefined : pairs[0]?.[0], rows[0], subjects, columns);
  // Of several pairs nothing but all phases of one is room for.
  const opened = only ?? (phases ? mostDifferent(told) : undefined);
  // All phases of one need the room, unless nothing can be told of them yet.
  const advice =
    phases && rows[0]?.comparison.verdict !== "none" ? [] : adviceLines(adviceOn(rows, report, subjects, view.called), columns);
  const where = opened === undefined ? [] : whereSection(opened, columns, phases, pairs.length > 1);
  const different = differingLines(report, columns);
  const beyond = threshold.flatMap((line) => hanging("  ", plain(line), columns, 2)).slice(0, 4);
  const end: Section = [
    joined(
      "  more: ",
      [
        "--full",
        ...((where.length > 0 || pairs.length > 1) && !phases && told.some(hasPhases) ? ["--phases"] : []),
        ...(others[0] === undefined ? [] : [`--experiment ${others[0].comparison.experiment}`]),
        "--format json",
      ],
      columns,
    ),
  ];
  const roomBeside = (sections: readonly Section[]): number => terminal.lines - linesOf(sections) - 1;
  const ofOne = pairs.length > 1 ? [] : pairRows(ofMain, columns);
  const roomForDoubts = roomBeside([title, answer, ofOne, where, different, beyond, advice, end]);
  const doubts = fittingBlocks(doubtBlocks(report, rows, choice, columns), Math.min(LIMITS.doubts, Math.max(1, roomForDoubts)));
  const most = roomBeside([title, answer, where, different, beyond, doubts, advice, end]);
  const table = pairs.length > 1 ? pairTable(told, columns, most) : ofOne;
  const room = roomBeside([title, answer, table, where, different, beyond, doubts, advice, end]);
  const otherLines = pairs.length > 1 ? [] : otherExperiments(others, columns, Math.min(room, LIMITS.others));
  return renderScreen([title, answer, table, where, different, otherLines, beyond, doubts, advice, end], terminal);
}

/**
 * Of one pair its first row's, of several that of the one which differs most, else of the first that may differ; a command
 * would be that of one pair alone.
 */
function adviceOn(
  rows: readonly ComparisonRow[],
  { not_compared }: ComparisonReport,
  subjects: readonly Subject[],
  called: ComparisonView["called"],
): Advice | undefined {
  const ofPairs = firstOfPairs(rows);
  const [first] = ofPairs;
  const open = ofPairs.filter(({ comparison: { sessions, defects } }) => sessions.equivalent !== true || defects.length > 0);
  if (ofPairs.length > 1 && open.length === 0) return { sentences: ["Take any: each two are within 5 % of each other."] };
  const told = ofPairs.length > 1 ? (mostDifferent(open.filter(isCertain)) ?? open[0]) : first;
  if (told === undefined) return;
  const advice = comparisonAdvice(told.comparison, subjects, { called, notCompared: not_compared });
  const { verdict } = told.comparison;
  const isOne = ofPairs.length === 1 || new Set(subjects.map(({ source }) => source)).size === 1 || verdict === "none";
  return advice === undefined || isOne ? advice : { sentences: advice.sentences.map((sentence) => sentence.replace(/:$/, ".")) };
}

/** As the screen says it, for what is complete. */
export const adviceOnAll = (
  report: ComparisonReport,
  subjects: readonly Subject[],
  called: ComparisonView["called"],
): Advice | undefined => adviceOn(comparisonRows(report.comparisons, subjects), report, subjects, called);

const pairsOf = (rows: readonly ComparisonRow[]) => [...grouped(rows, ({ comparison: { a, b } }) => `${a}${AGAINST}${b}`)];
const firstOfPairs = (rows: readonly ComparisonRow[]): ComparisonRow[] => pairsOf(rows).flatMap(([, [first]]) => first ?? []);

/** The pair, if it is one, and the platform, if all are parts of it. */
function titleOf(
  pair: string | undefined,
  row: ComparisonRow | undefined,
  subjects: readonly Subject[],
  columns: number,
): Section {
  const [whole, ...others] = new Set(subjects.map(({ source }) => source));
  const names = [...(others.length > 0 || whole === undefined ? [] : [whole.label]), ...(pair === undefined ? [] : [pair])];
  if (row === undefined || names.length === 0) return [];
  const { k_a } = row.comparison.sessions;
  const design = others.length > 0 ? designOf(row) : [`${count(k_a, "session")}, in turns within each`];
  const whose = names.join(": ");
  // Both names, where they do not fit whole: the end is what tells them apart.
  const fits = width(plain(whose)) <= columns || pair === undefined;
  const each = Math.floor((columns - AGAINST.length) / 2);
  const name = fits
    ? plain(whose)
    : [row.comparison.a, row.comparison.b].map((label) => shortened(plain(label), each)).join(AGAINST);
  return [joined(`${name}   `, design.map(plain), columns).trimEnd()];
}

const CHOSEN_BY = {
  experiment: ({ comparison }) => comparison.experiment,
  image: ({ factors }) => factors.image,
  condition: ({ comparison }) => comparison.condition,
} as const satisfies Record<keyof Choice, (row: ComparisonRow) => string | undefined>;

/** @throws MisuseError for a choice of what nothing was compared of */
function chosenRows(rows: readonly ComparisonRow[], choice: Choice): ComparisonRow[] {
  let chosen = [...rows];
  for (const name of ["experiment", "image", "condition"] as const) {
    const value = choice[name];
    if (value === undefined) continue;
    const known = new Set(chosen.flatMap((row) => CHOSEN_BY[name](row) ?? []));
    if (!known.has(value)) throw unknownChoice(name, value, [...known]);
    chosen = chosen.filter((row) => CHOSEN_BY[name](row) === value);
  }
  return chosen;
}

function designOf({ comparison: { sessions } }: ComparisonRow): string[] {
  const { k_a, k_b, paired } = sessions;
  if (paired) return [`${k_a} rounds in turns`];
  return [k_a === k_b ? `${k_a} ${k_a === 1 ? "session" : "sessions"} a side` : `${k_a} and ${k_b} sessions`, "not interleaved"];
}

/** With the metric of a start whose total cannot be compared. */
const conditionOf = ({ comparison: { experiment, condition, metric } }: ComparisonRow): string =>
  experiment !== "startup" || metric === "total_ms" || metric === "startup_ms" ? condition : `${condition} ${metric}`;

/** The conditions of one experiment, of one pair. */
function pairRows(rows: readonly ComparisonRow[], columns: number): string[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { a, b, experiment, unit } = first.comparison;
  const [header = "", ...lines] = fitted(
    [
      { title: experiment, align: "left", least: 12 },
      { title: `${plain(a)} ${unit}`, align: "right", least: 9, drop: 3 },
      { title: `${plain(b)} ${unit}`, align: "right", least: 9, drop: 3 },
      { title: "ratio", align: "right" },
      { title: "95 % CI", align: "right", drop: 2 },
      { title: "", align: "left" },
    ],
    rows.map((row) => [plain(conditionOf(row)), ...row.levels.map(levelText), ...ratioCells(row)]),
    columns,
  );
  return [
    header,
    ...atMost(lines, LIMITS.rows, (left) => `    and ${left} more: --condition NAME, --full`),
    ...notesOf(rows, columns),
  ];
}

/**
 * A row a pair: its first condition. Where all are compared with the same, from the largest ratio to the smallest.
 * @param most lines
 */
function pairTable(rows: readonly ComparisonRow[], columns: number, most: number): string[] {
  const against = new Set(rows.map(({ comparison }) => comparison.b));
  const [reference] = against.size === 1 ? against : [];
  const ratioOf = ({ comparison: { sessions, trials } }: ComparisonRow): number => sessions.ratio ?? trials.ratio ?? 0;
  const ordered = reference === undefined ? rows : rows.toSorted((x, y) => ratioOf(y) - ratioOf(x));
  const conditions = new Set(rows.map(({ comparison }) => comparison.condition));
  const isOne = conditions.size === 1;
  const [header = "", ...lines] = fitted(
    [
      {
        title: reference === undefined ? "a" : `against ${plain(reference)}`,
        align: "left",
        least: 10,
      },
      { title: reference === undefined ? "b" : "", align: "left", least: 10 },
      { title: isOne ? "" : "condition", align: "left", least: 10, drop: 1 },
      { title: reference === undefined ? "a / b" : "ratio", align: "right" },
      { title: "95 % CI", align: "right", drop: 3 },
      { title: reference === undefined ? "a is" : "", align: "left" },
      ...(reference === undefined || ordered.every(({ comparison }) => largestPhase(comparison) === "")
        ? []
        : [{ title: "where", align: "left", fills: [22, 40], drop: 2 } as const]),
    ],
    ordered.map((row) => [
      plain(row.comparison.a),
      reference === undefined ? plain(row.comparison.b) : "",
      isOne ? "" : plain(row.comparison.condition),
      ...ratioCells(row),
      reference === undefined ? "" : largestPhase(row.comparison),
    ]),
    columns,
  );
  const notes = notesOf(rows, columns);
  return [header, ...atMost(lines, most - 1 - notes.length, (left) => `    and ${left} more pairs: --full`), ...notes];
}

/** What a reader would stumble over. */
const notesOf = (rows: readonly ComparisonRow[], columns: number): string[] => [
  ...(rows.some(({ bySession, comparison }) => !bySession && comparison.defects.length === 0)
    ? hanging("    * ", "of the trials alone, which cannot tell how much sessions differ", columns)
    : []),
  ...(rows.some(looksWiderThanSame)
    ? hanging("    ", "same: by the 90 % interval of that row alone; the 95 % CIs hold for all rows together", columns)
    : []),
];

const hasPhases = ({ comparison: { explained, by_cause, defects } }: ComparisonRow): boolean =>
  defects.length === 0 && (by_cause !== null || (explained?.phases.length ?? 0) > 0);

/** @param isOneOf several pairs, so that its own is named */
function whereSection({ comparison }: ComparisonRow, columns: number, all: boolean, isOneOf: boolean): string[] {
  if (comparison.defects.length > 0) return [];
  const of = plain(isOneOf ? `${comparison.a} − ${comparison.b}, ${comparison.condition}` : comparison.condition);
  if (!all)
    return [...phaseDifferences(comparison, 3), ...causeDifferences(comparison, 3)].flatMap((line) =>
      hanging("  where: ", plain(line), columns),
    );
  const rows = phaseDifferenceRows(comparison);
  if (comparison.by_cause !== null)
    return fitted(
      [
        { title: `cause (${of})`, align: "left", least: 18 },
        { title: "difference ms", align: "right" },
        { title: "95 % CI", align: "right", drop: 2 },
        { title: "share %", align: "right", drop: 1 },
      ],
      causeDifferenceRows(comparison),
      columns,
    );
  if (rows.length === 0) return [];
  return fitted(
    [
      { title: `phase (${of})`, align: "left", least: 18 },
      { title: "tier", align: "left", drop: 1 },
      { title: "difference ms", align: "right" },
      { title: "95 % CI", align: "right", drop: 3 },
      { title: "share %", align: "right", drop: 2 },
    ],
    rows,
    columns,
  );
}

/** What differs for certain first, a line each; the rest is counted. */
function otherExperiments(rows: readonly ComparisonRow[], columns: number, most: number): string[] {
  if (rows.length === 0 || most < 2) return [];
  const certain = rows.filter(isCertain).slice(0, most - 1);
  const lines = certain.map((row) => {
    const [ratio, ends, verdict] = ratioCells(row);
    return [`${row.comparison.experiment} ${plain(row.comparison.condition)}`, row.comparison.metric, ratio, ends, verdict];
  });
  const table = fitted(
    [
      { title: "other experiments", align: "left", least: 20 },
      { title: "", align: "left", drop: 1 },
      { title: "ratio", align: "right" },
      { title: "95 % CI", align: "right", drop: 2 },
      { title: "", align: "left" },
    ],
    lines,
    columns,
  );
  const counts = grouped(
    rows.filter((row) => !certain.includes(row)),
    (row) => ratioCells(row)[2].replace(/^[!~▲▼] /, ""),
  );
  const inWords = (verdict: string): string =>
    verdict === "defect" ? "with a defect" : verdict === "no verdict" ? "without a verdict" : verdict;
  const left = [...counts].map(([verdict, each]) => `${each.length} ${inWords(verdict)}`);
  const rest =
    left.length === 0 ? [] : [joined(certain.length === 0 ? "  other experiments: " : "  the others: ", left, columns)];
  return certain.length === 0 ? rest : [...table.slice(0, most - 1), ...rest];
}

/** What differs between machines explains most differences between starts; the others follow as they were read. */
const FACTS_FIRST: readonly string[] = ["processor", "processor cores", "kernel", "engine", "runtime", "storage driver"];

/** In two lines at most: the value of each platform, in the order in which they were named. */
function differingLines({ differing }: ComparisonReport, columns: number): string[] {
  if (differing.length === 0) return [];
  const place = (fact: string): number => (FACTS_FIRST.includes(fact) ? FACTS_FIRST.indexOf(fact) : FACTS_FIRST.length);
  const parts = differing
    .toSorted((x, y) => place(x.fact) - place(y.fact))
    .map(({ fact, values }) => plain(`${fact} ${[...new Set(Object.values(values))].join(" / ")}`));
  const first = "  also different: ";
  return hanging(first, asManyAsFit(parts, columns - first.length, 2), columns, 2);
}

/** Each in two lines at most. */
function doubtBlocks(
  report: ComparisonReport,
  rows: readonly ComparisonRow[],
  { experiment }: Choice,
  columns: number,
): string[][] {
  const cautions = new Set(rows.flatMap(({ comparison }) => comparison.cautions));
  const defects = new Set(rows.flatMap(({ comparison }) => comparison.defects));
  const lacking = report.not_compared.filter(({ what }) => experiment === undefined || what.startsWith(`${experiment} `));
  const [refused] = lacking;
  const said = (first: string, text: string): string[] => hanging(first, plain(text), columns, 2);
  return [
    ...report.unread.map(({ platform, reason }) => said("  ! ", `not read: ${platform}: ${reason}`)),
    ...[...defects].map((defect) => said("  ! ", `Defect. ${defect}`)),
    ...(refused === undefined
      ? []
      : [
          said(
            "  not compared: ",
            `${lacking.length === 1 ? "" : `${count(lacking.length, "condition")}, such as `}${refused.what}: ${refused.reason}`,
          ),
        ]),
    ...saidOnce([...cautions, ...report.caveats], rows).map((caution) => said("  ! ", caution)),
  ];
}

/** What is said of every one of them, once and without their names. */
function saidOnce(caveats: readonly string[], rows: readonly ComparisonRow[]): string[] {
  const labels = new Set(rows.flatMap(({ comparison: { a, b } }) => [a, b]));
  const bare = (caveat: string): string => {
    const label = [...labels].find((each) => caveat.startsWith(`${each}: `));
    return label === undefined ? caveat : caveat.slice(label.length + 2);
  };
  const counts = grouped(caveats, bare);
  return [...new Set(caveats.map((caveat) => (counts.get(bare(caveat))?.length === labels.size ? bare(caveat) : caveat)))];
}

/** As many whole ones as there is room for. */
function fittingBlocks(blocks: readonly string[][], most: number): string[] {
  const lines: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const last = index === blocks.length - 1;
    if (lines.length + block.length + (last ? 0 : 1) > most) return [...lines, `  ! ${blocks.length - index} more: --full`];
    lines.push(...block);
  }
  return lines;
}
