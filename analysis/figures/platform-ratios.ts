/** 11: how the platforms differ: a forest plot of the ratios of all pairs, with their intervals. */

import { compare } from "../comparisons/compare.ts";
import type { Comparison, NotCompared } from "../comparisons/comparison-output.ts";
import { FEW_SESSIONS } from "../detectors/findings-of.ts";
import { left, right } from "../format/document/document.ts";
import { EQUIVALENCE_BAND } from "../samples/compare-samples.ts";
import { grouped } from "../samples/grouped.ts";
import { count, factor, factorInterval, pValue } from "../samples/numbers.ts";
import type { Interval } from "../statistics/interval.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { type Subject, variantsOf } from "../subjects/subject.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "./page/flow.ts";
import { absentFor, type LeftOut } from "./page/left-out.ts";
import { type AxisScale, axisScale, scaleOf, ticks } from "./parts/axis-scale.ts";
import { CONFIDENCE, type Figure, figure, sizes, type Table } from "./parts/figure.ts";
import { nameBefore, textWidthPx } from "./parts/fit-text.ts";
import { byFactors } from "./parts/measured.ts";
import { LEGEND_NAME_PX, platformLegend, styleScales } from "./parts/platform-legend.ts";
import { shortNames, shortTitles } from "./parts/short-names.ts";
import type { Panel } from "./parts/spec.ts";
import { studyNotes } from "./parts/study-notes.ts";
import { FONT_PX, GREY, INK, PLOT_WIDTH_PX, SILENT } from "./parts/theme.ts";

const PAIR_PX = 7;
/** As high as a pair has room. */
const EDGE_FONT_PX = 7.5;
const ROW_MARGIN_PX = 6;
/** Longer names of conditions are shortened. */
const MOST_NAME_PX = 120;
const GAP_PX = 6;
/** Ratios beyond it, to either side, are named at the scale's end: one of them would press all others together. */
const BEYOND = 20;

/** Of more platforms each is compared with the first alone: fifteen pairs of six are more than a reader can tell apart. */
const MOST_FOR_ALL_PAIRS = 3;

interface Ratio extends Comparison {
  readonly ratio: number;
  readonly ratio_ci: Interval | null;
  /** Too few sessions: the interval is of these trials, and no verdict. */
  readonly alone: boolean;
}

export const platformRatios: Figure = (subjects) => {
  if (subjects.length < 2) return { absent: "needs two platforms or more" };
  const report = compared(subjects);
  if (typeof report === "string") return { absent: report };
  const sound = report.comparisons.filter(({ defects }) => defects.length === 0);
  const ratios = sound.flatMap(ratioOf);
  const leftOut = [...notCompared(subjects, report.not_compared), ...withoutRatio(sound), ...defective(report.comparisons)];
  if (ratios.length === 0) return absentFor(leftOut);
  const pairs = [...new Set(ratios.map(pairName))];
  const scale = logScale(ratios);
  const conditions = shortNames(
    ratios.map(({ condition }) => condition),
    MOST_NAME_PX,
  );
  const nameWidth = Math.max(...ratios.map(({ condition }) => textWidthPx(conditions(condition)))) + GAP_PX;
  const families = [...grouped(ratios, ({ experiment, metric, better }) => `${experiment}, ${metric}${inBrackets(better)}`)];
  const titles = shortTitles(families.map(([title]) => title));
  const reference = report.reference === null ? [] : [`All against ${report.reference}, which was named first.`];
  const cautioned = ratios.filter(({ cautions }) => cautions.some((caution) => !caution.startsWith(FEW_SESSIONS)));
  const cautions = `${cautioned.length} of ${count(ratios.length, "ratio")} ${cautioned.length === 1 ? "has" : "have"} cautions`;
  return figure({
    title: finding(ratios),
    caption: [
      "How the platforms differ: ratio of the first platform to the second.",
      ...reference,
      `${sizes(ratios.flatMap(({ trials }) => [trials.n_a, trials.n_b]))}.`,
      ...(ratios.every(({ alone }) => alone)
        ? []
        : [`Solid: of the sessions' medians, ${CONFIDENCE} confidence interval adjusted by Holm within experiment and metric.`]),
      ...(ratios.some(({ alone }) => alone)
        ? [
            `Dashed and hollow: no verdict, too few sessions; ratio of the trials' medians, ${CONFIDENCE} confidence interval of the trials alone.`,
          ]
        : []),
      `Grey band: less than 5\u00a0% apart.${ratios.some(isBeyond) ? " Numbers at the edge: beyond the scale." : ""}`,
      ...studyNotes(ratios),
      ...(cautioned.length === 0 ? [] : [`${cautions}: see \`tierbench compare\`.`]),
    ],
    key: [
      ...(ratios.some(({ alone }) => alone) ? ["Dashed and hollow: no verdict, too few sessions."] : []),
      ...(cautioned.length === 0 ? [] : [`! ${cautions}; see the caption.`]),
    ],
    leftOut,
    legend: platformLegend(pairs, pairLabel(ratios)),
    strips: families.map(([title, family]) => forestStrip(titles(title), family, { pairs, scale, conditions, nameWidth })),
    tables: [ratioTable(ratios)],
  });
};

/** Only verdicts are counted. */
function finding(ratios: readonly Ratio[]): string {
  const judged = ratios.filter(({ verdict }) => verdict !== "none");
  if (judged.length === 0) return "No verdict: too few sessions of each platform";
  const differ = judged.filter(({ verdict }) => verdict !== "not certain" && verdict !== "same within 5 %").length;
  return `${differ} of ${count(judged.length, "judged ratio")} differ with certainty`;
}

/** Or why nothing can be. Phases are not looked into, which would take far longer than the ratios. */
function compared(subjects: readonly Subject[]) {
  try {
    return compare(
      subjects.map((subject) => ({ ...subject, measurements: ordered(subject) })),
      { reference: subjects.length > MOST_FOR_ALL_PAIRS ? (subjects[0]?.label ?? null) : null, explain: false },
    );
  } catch (error) {
    return (error as Error).message;
  }
}

const ordered = (subject: Subject): Measurement[] =>
  [...grouped(subject.measurements, ({ experiment }) => experiment).values()].flatMap((measurements) =>
    byFactors(measurements, variantsOf(subject)),
  );

/** An experiment that a platform lacks is one reason, not one for each of its conditions; the others by their reasons. */
function notCompared(subjects: readonly Subject[], refused: readonly NotCompared[]): LeftOut[] {
  const experiments = new Set(subjects.flatMap(({ measurements }) => measurements.map(({ experiment }) => experiment)));
  const lacking = new Map(
    subjects.map(({ label, measurements }) => [
      label,
      [...experiments].filter((name) => !measurements.some(({ experiment }) => experiment === name)),
    ]),
  );
  const ofLacking = ({ a, b, what }: NotCompared): boolean =>
    [a, b].some((label) => lacking.get(label)?.some((experiment) => what.startsWith(`${experiment} `)));
  const byReason = grouped(
    refused.filter((each) => !ofLacking(each)),
    ({ reason }) => reason,
  );
  return [
    ...[...lacking].flatMap(([label, names]) =>
      names.length === 0 ? [] : [{ platform: label, lacks: `measurement of ${someOf(names, "experiment")}` }],
    ),
    ...[...byReason].map(([reason, each]) => `${someOf(each.map(({ what }) => what))}: ${reason}`),
  ];
}

/** By sessions where there are enough, else by the trials. */
function ratioOf(comparison: Comparison): Ratio[] {
  const { sessions, trials } = comparison;
  if (sessions.ratio !== null)
    return [{ ...comparison, ratio: sessions.ratio, ratio_ci: sessions.ratio_ci_simultaneous, alone: false }];
  return trials.ratio === null ? [] : [{ ...comparison, ratio: trials.ratio, ratio_ci: trials.ratio_ci, alone: true }];
}

/** What a defect takes out of the figure: each once, however many pairs it concerns. */
const defective = (comparisons: readonly Comparison[]): string[] => [
  ...new Set(comparisons.flatMap(({ defects }) => defects.map((defect) => `defect, ${defect}`))),
];

function withoutRatio(comparisons: readonly Comparison[]): string[] {
  const without = comparisons.filter((comparison) => ratioOf(comparison).length === 0);
  const names = without.map(({ experiment, condition, metric }) => `${experiment} ${condition} ${metric}`);
  return names.length === 0 ? [] : [`${someOf(names)}: a value of 0 or below has no ratio`];
}

const MOST_NAMED = 4;

/** All of few; of many one, as `compare --full` lists them. */
function someOf(names: readonly string[], what: string = "condition"): string {
  const each = [...new Set(names)];
  return each.length > MOST_NAMED ? `${count(each.length, what)}, such as ${each[0]}` : each.join(", ");
}

const inBrackets = (better: Comparison["better"]): string => (better === null ? "" : ` (${better} is better)`);

const pairName = ({ a, b }: Pick<Comparison, "a" | "b">): string => `${a} / ${b}`;

/** Of a pair's name: itself, or where one pair is too long, both its names shortened, so that each is still named. */
function pairLabel(ratios: readonly Ratio[]): (name: string) => string {
  const pairs = new Map(ratios.map((ratio) => [pairName(ratio), ratio]));
  const allFit = [...pairs.keys()].every((name) => textWidthPx(name) <= LEGEND_NAME_PX);
  const platforms = [...pairs.values()].flatMap(({ a, b }) => [a, b]);
  const short = allFit ? (name: string) => name : shortNames(platforms, (LEGEND_NAME_PX - textWidthPx(" / ")) / 2);
  const labels = new Map(
    [...pairs].map(([name, { a, b }]) => [name, pairName({ a: nameBefore(short(a)), b: nameBefore(short(b)) })]),
  );
  return (name) => labels.get(name) ?? name;
}

const isBeyond = ({ ratio }: Ratio): boolean => Math.abs(Math.log(ratio)) > Math.log(BEYOND);

/** Logarithmic whatever it spans: half as long and twice as long lie as far from 1. */
function logScale(ratios: readonly Ratio[]): AxisScale {
  const shown = ratios.filter((ratio) => !isBeyond(ratio)).flatMap(({ ratio, ratio_ci }) => [ratio, ...(ratio_ci ?? [])]);
  const { domain } = axisScale([...EQUIVALENCE_BAND, ...shown].map(Math.log));
  return { type: "log", domain: [Math.exp(domain[0]), Math.exp(domain[1])] };
}

interface Layout {
  readonly pairs: readonly string[];
  readonly scale: AxisScale;
  /** What is written for each. */
  readonly conditions: (condition: string) => string;
  readonly nameWidth: number;
}

function forestStrip(title: string, ratios: readonly Ratio[], layout: Layout): Strip {
  const conditions = [...new Set(ratios.map(({ condition }) => condition))];
  return {
    ...{ scale: "ratio", rows: conditions.length, head_px: HEAD_PX, axis_px: AXIS_PX },
    row_px: layout.pairs.length * PAIR_PX + ROW_MARGIN_PX,
    draw: ({ from, to, axis }) => {
      const shown = new Set(conditions.slice(from, to));
      return forest(
        title,
        ratios.filter(({ condition }) => shown.has(condition)),
        layout,
        axis,
      );
    },
  };
}

function forest(
  title: string,
  ratios: readonly Ratio[],
  { pairs, scale, conditions: names, nameWidth }: Layout,
  last: boolean,
): Panel {
  const rowPx = pairs.length * PAIR_PX + ROW_MARGIN_PX;
  const rows = ratios.map((ratio) => ({
    name: pairName(ratio),
    condition: ratio.condition,
    ratio: ratio.ratio,
    ci_lo: ratio.ratio_ci?.[0] ?? null,
    ci_hi: ratio.ratio_ci?.[1] ?? null,
    alone: ratio.alone,
    beyond: beyondLabel(ratio),
    words: `${ratio.experiment} ${ratio.condition} ${ratio.metric}, ${pairName(ratio)}: ratio ${factor(ratio.ratio)}${ratio.ratio_ci === null ? "" : `, 95 % CI ${factors(ratio.ratio_ci)}`}, ${ratio.verdict === "none" ? "no verdict" : ratio.verdict}`,
    offset_px: (pairs.indexOf(pairName(ratio)) - (pairs.length - 1) / 2) * PAIR_PX,
  }));
  const within = rows.filter(({ beyond }) => beyond === "");
  const conditions = [...new Set(ratios.map(({ condition }) => condition))];
  const { color, shape } = styleScales(pairs);
  const x = {
    type: "quantitative" as const,
    scale: { ...scaleOf(scale), range: [nameWidth, PLOT_WIDTH_PX] },
  };
  const bare = { labels: false, ticks: false, domain: false, title: null };
  const yOffset = {
    field: "offset_px",
    type: "quantitative" as const,
    scale: { domain: [-rowPx / 2, rowPx / 2], range: [0, rowPx] },
  };
  const dashedWhereAlone = { condition: { test: "datum.alone", value: [2, 2] }, value: [1, 0] };
  const height = conditions.length * rowPx;
  const across = { y: { value: 0 }, y2: { value: height } };
  return {
    title: { text: title, fontSize: FONT_PX.text, offset: 1 },
    width: PLOT_WIDTH_PX,
    height: { step: rowPx, for: "position" },
    data: { values: rows },
    encoding: { y: { field: "condition", type: "nominal", sort: null, axis: null, scale: { padding: 0 } } },
    layer: [
      {
        data: { values: [{ from: EQUIVALENCE_BAND[0], to: EQUIVALENCE_BAND[1] }] },
        mark: { type: "rect", color: GREY, opacity: 0.25, ...SILENT },
        encoding: {
          x: { ...x, field: "from", axis: { ...(last ? { title: "ratio (log scale)" } : bare), ...ticks(scale), grid: true } },
          x2: { field: "to" },
          ...across,
        },
      },
      {
        data: { values: [{ equal: 1 }] },
        mark: { type: "rule", color: GREY, ...SILENT },
        encoding: { x: { ...x, field: "equal" }, ...across },
      },
      {
        data: { values: within.filter(({ ci_lo }) => ci_lo !== null) },
        mark: { type: "rule", strokeWidth: 1.5, clip: true, ...SILENT },
        encoding: { x: { ...x, field: "ci_lo" }, x2: { field: "ci_hi" }, yOffset, color, strokeDash: dashedWhereAlone },
      },
      ...[false, true].map((alone) => ({
        data: { values: within.filter((row) => row.alone === alone) },
        mark: { type: "point" as const, filled: !alone, size: 18, opacity: 1, strokeWidth: 1 },
        encoding: { x: { ...x, field: "ratio" }, yOffset, color, shape, description: { field: "words" } },
      })),
      ...(["left", "right"] as const).map((align) => ({
        data: { values: rows.filter(({ beyond, ratio }) => beyond !== "" && ratio < 1 === (align === "left")) },
        mark: { type: "text" as const, align, baseline: "middle" as const, fontSize: EDGE_FONT_PX },
        encoding: { x: { value: align === "left" ? nameWidth : PLOT_WIDTH_PX }, text: { field: "beyond" }, yOffset, color },
      })),
      {
        data: { values: conditions.map((condition) => ({ condition, label: names(condition) })) },
        mark: { type: "text", align: "left", baseline: "middle", color: INK, fontSize: FONT_PX.text },
        encoding: { x: { value: 0 }, text: { field: "label" } },
      },
    ],
  };
}

/** `◂ 0.0046 (0.0041–0.0049)`, or nothing. */
function beyondLabel(comparison: Ratio): string {
  if (!isBeyond(comparison)) return "";
  const { ratio, ratio_ci } = comparison;
  const number = `${factor(ratio)}${ratio_ci === null ? "" : ` (${factors(ratio_ci)})`}`;
  return ratio < 1 ? `◂ ${number}` : `${number} ▸`;
}

const ratioTable = (ratios: readonly Ratio[]): Table => ({
  kind: "table",
  caption:
    "Ratios of a to b: of sessions' medians with Holm's simultaneous 95 % confidence intervals; where there is no verdict, of trials' medians with the interval of the trials alone",
  columns: [
    ...[left("experiment"), left("condition"), left("metric"), left("a"), left("b"), left("verdict")],
    ...[right("sessions"), right("n a"), right("n b"), right("ratio"), right("95 % CI"), right("p")],
  ],
  rows: ratios.map(({ experiment, condition, metric, a, b, verdict, sessions, trials, ratio, ratio_ci }) => [
    ...[experiment, condition, metric, a, b, verdict, `${sessions.k_a}, ${sessions.k_b}`],
    ...[String(trials.n_a), String(trials.n_b), factor(ratio), factors(ratio_ci), pValue(sessions.p_holm)],
  ]),
});

const factors = (interval: Interval | null): string => (interval === null ? "" : factorInterval(interval));
