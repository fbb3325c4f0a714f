/** What flags of `docker run` cost: a forest plot of each variant's paired difference from the first, in total and by phase. */

import { PHASE_NAMES, type PhaseName } from "../../../research/phases.ts";
import type { Engine } from "../../../research/text/phase-words.ts";
import { left, right } from "../../format/document/document.ts";
import { grouped } from "../../samples/grouped.ts";
import { count, pValue, signed, signedInterval } from "../../samples/numbers.ts";
import type { Interval } from "../../statistics/interval.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { engineOf, type Subject } from "../../subjects/subject.ts";
import {
  type PhaseDifference,
  pairedVariants,
  type VariantDifference,
  variantDifferences,
} from "../../summaries/variant-differences.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../page/flow.ts";
import { absentFor } from "../page/left-out.ts";
import { markKey, markReasons, marksOf } from "../page/marks.ts";
import { type AxisScale, axisScale, scaleOf, ticks, withinFences } from "../parts/axis-scale.ts";
import { CONFIDENCE, type Figure, figure, sizes, type Table } from "../parts/figure.ts";
import { nameBefore, textWidthPx } from "../parts/fit-text.ts";
import { shortNames, shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { FONT_PX, GREY, INK, PLOT_WIDTH_PX, SILENT } from "../parts/theme.ts";
import { phaseName } from "../parts/tier-colours.ts";

const ROW_PX = 13;
const GAP_PX = 6;
/** Longer names of variants are shortened. */
const MOST_NAME_PX = 90;
const MOST_LABELS = 5;

/** The variants of one image in one mode. */
interface Shown {
  readonly platform: string;
  readonly condition: string;
  readonly first: string;
  readonly engine: Engine | undefined;
  readonly differences: readonly VariantDifference[];
  readonly measurements: readonly Measurement[];
}

/** One line of a panel. */
interface Row {
  /** Of the phase, above the first of its rows; nothing in total. */
  readonly group: string;
  readonly name: string;
  readonly ms: number;
  readonly ends: Interval | null;
  readonly isCertain: boolean;
  /** At the end of the line. */
  readonly number: string;
}

interface Panelled {
  readonly title: string;
  readonly rows: readonly Row[];
  /** Of the scale; what lies beyond has an arrow at its end. */
  readonly shown: readonly number[];
}

export const variantDifferencesFigure: Figure = (subjects) => {
  const shown = subjects.flatMap(ofPlatform);
  const leftOut = [
    ...subjects.flatMap(({ label }) =>
      shown.some(({ platform }) => platform === label) ? [] : [{ platform: label, lacks: "variants of a start that took turns" }],
    ),
    ...shown.flatMap(defective),
  ];
  const [first] = shown;
  if (first === undefined) return absentFor(leftOut);
  const marked = shown.flatMap(({ platform, measurements }) => measurements.map((measurement) => ({ platform, measurement })));
  const marks = marksOfEach(subjects, marked);
  const panels = shown.flatMap((each) => panelsOf(each, marks, shown.length > 1));
  const names = shortNames(
    panels.flatMap(({ rows }) => rows.map(({ name }) => name)),
    MOST_NAME_PX,
  );
  const titles = shortTitles(panels.map(({ title }) => title));
  return figure({
    title: finding(first),
    caption: [
      `What flags of docker run cost at start: difference of each variant from ${[...new Set(shown.map((each) => each.first))].join(", ")}, paired within blocks.`,
      `In total: pseudomedian of the differences; by phase: mean. With ${CONFIDENCE} confidence intervals that hold for all variants together, by Holm's steps (Wilcoxon's signed ranks; Student's t over all phases of all variants). ${sizes(shown.flatMap(({ differences }) => differences.map(({ comparison }) => comparison.pairs)))} pairs.`,
      `Filled: certain. By phase only what is certain is drawn; the table has the rest.${panels.some(hasBeyond) ? " Arrows: beyond the scale." : ""}`,
      ...markReasons(subjects, marked),
    ],
    key: keyOf(subjects, marked, marks),
    leftOut,
    strips: panels.map((panel) => forestStrip(panel, { names, title: titles(panel.title) })),
    tables: shown.flatMap((each) => [totalTable(each), phaseTable(each)]),
  });
};

function ofPlatform(subject: Subject): Shown[] {
  const { totals, paired } = pairedVariants(subject);
  const alike = grouped(totals, ({ factors }) => `${factors.image} ${factors.mode}`);
  return [...alike].flatMap(([condition, ofCondition]) => {
    const [base] = ofCondition;
    const differences = base === undefined ? [] : variantDifferences(ofCondition, paired, base.factors);
    if (base === undefined || differences.length === 0) return [];
    return [
      {
        ...{ platform: subject.label, condition, first: base.factors.variant ?? "", engine: engineOf(subject), differences },
        measurements: ofCondition,
      },
    ];
  });
}

/** What a defect takes out of the figure. */
const defective = ({ platform, differences }: Shown): string[] =>
  differences.flatMap(({ variant, comparison: { defects } }) =>
    defects.length === 0 ? [] : [`${platform} ${variant}, defect: ${defects.join("; ")}`],
  );

function finding({ first, differences }: Shown): string {
  const judged = differences.filter(({ comparison }) => comparison.defects.length === 0);
  const certain = judged.filter(({ isCertain }) => isCertain);
  const [most, least] = [certain[0], certain.at(-1)];
  const of = `${certain.length} of ${count(judged.length, "variant")}`;
  const base = nameBefore(first);
  if (most === undefined || least === undefined) return `${of} differ from ${base} with certainty`;
  const named = ({ variant, comparison }: VariantDifference): string => `${signed(comparison.shift)} ms (${nameBefore(variant)})`;
  return `${of} ${certain.length === 1 ? "differs" : "differ"} from ${base} with certainty: ${most === least ? named(most) : `${named(least)} to ${named(most)}`}`;
}

/** By variant; what is marked on all of them is about the platform, and stands in the caption. */
function marksOfEach(
  subjects: readonly Subject[],
  marked: readonly { readonly platform: string; readonly measurement: Measurement }[],
): ReadonlyMap<Measurement, string> {
  const marks = marked.map((each) => [each.measurement, marksOf(subjects, each)] as const);
  const isCommon = new Set(marks.map(([, mark]) => mark)).size === 1;
  return new Map(marks.map(([measurement, mark]) => [measurement, isCommon ? "" : mark]));
}

/** A mark that all have is said once, above them. */
function keyOf(
  subjects: readonly Subject[],
  marked: readonly { readonly platform: string; readonly measurement: Measurement }[],
  marks: ReadonlyMap<Measurement, string>,
): string[] {
  const own = markKey([...marks.values()]);
  return own.length > 0 ? own : markKey(marked.map((each) => marksOf(subjects, each))).map((line) => `All: ${line}`);
}

/** The total first, then what is certain of the phases, in the order of a start. */
function panelsOf(shown: Shown, marks: ReadonlyMap<Measurement, string>, several: boolean): Panelled[] {
  const { platform, condition, differences, engine, measurements } = shown;
  const of = several ? `${nameBefore(platform)}, ${condition}: ` : "";
  const sound = differences.filter(({ comparison }) => comparison.defects.length === 0);
  const marked = (variant: string): string => {
    const measurement = measurements.find(({ factors }) => factors.variant === variant);
    return (measurement && marks.get(measurement)) ?? "";
  };
  const totals = sound.map(
    ({ variant, comparison: { shift, shift_ci_simultaneous: ends }, isCertain }): Row => ({
      ...{ group: "", name: variant, ms: shift, ends, isCertain },
      number: `${signed(shift)}${ends === null ? "" : ` (${signedInterval(ends)})`}${marked(variant)}`,
    }),
  );
  const certain = sound.flatMap(({ variant, phases }) => phases.map((phase) => ({ variant, phase })));
  const place = ({ phase: { phases } }: (typeof certain)[number]): number => PHASE_NAMES.indexOf(phases[0] as PhaseName);
  const ofPhases = certain
    .toSorted((x, y) => place(x) - place(y) || y.phase.difference_ms - x.phase.difference_ms)
    .map(
      ({ variant, phase }): Row => ({
        ...{ group: titleOf(phase, engine), name: variant, ms: phase.difference_ms, ends: phase.difference_ci_simultaneous },
        ...{ isCertain: true, number: signed(phase.difference_ms) },
      }),
    );
  const all = (rows: readonly Row[]): number[] => rows.flatMap((row) => [row.ms, ...(row.ends ?? [])]);
  const near = new Set(ofPhases.length === 0 ? [] : withinFences(ofPhases.map((row) => row.ms)));
  return [
    { title: `${of}in total`, rows: totals, shown: all(totals) },
    { title: `${of}by phase`, rows: ofPhases, shown: all(ofPhases.filter((row) => near.has(row.ms))) },
  ].filter(({ rows }) => rows.length > 0);
}

const isBeyond = ({ ms: value }: Row, shown: readonly number[]): boolean =>
  value < Math.min(...shown) || value > Math.max(...shown);
const hasBeyond = ({ rows, shown }: Panelled): boolean => rows.some((row) => isBeyond(row, shown));

function titleOf({ phases }: PhaseDifference, engine: Engine | undefined): string {
  const [phase, ...encloses] = phases;
  return phaseName({ phase: phase as PhaseName, encloses }, engine);
}

interface Naming {
  readonly names: (variant: string) => string;
  readonly title: string;
}

function forestStrip({ title, rows, shown }: Panelled, naming: Naming): Strip {
  // Costs have a sign: zero is always there.
  const scale = axisScale([0, ...shown], Number.POSITIVE_INFINITY);
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => textWidthPx(text)));
  const group_px = widest(rows.map(({ group }) => group));
  const name_px = group_px === 0 ? 0 : group_px + GAP_PX;
  const from = name_px + widest(rows.map(({ name }) => naming.names(name))) + GAP_PX;
  const range: Placed["range"] = [from, PLOT_WIDTH_PX - widest(rows.map(({ number }) => number)) - GAP_PX];
  return {
    ...{ scale: title, rows: rows.length, row_px: ROW_PX, head_px: HEAD_PX, axis_px: AXIS_PX, whole: true },
    draw: (part) => forest(rows.slice(part.from, part.to), { scale, range, name_px, shown }, naming, part.axis),
  };
}

interface Placed {
  readonly scale: AxisScale;
  /** Of the plot, between names and numbers, in px. */
  readonly range: readonly [from: number, to: number];
  /** Where names begin. */
  readonly name_px: number;
  readonly shown: readonly number[];
}

function forest(rows: readonly Row[], { scale, range, name_px, shown }: Placed, { names, title }: Naming, last: boolean): Panel {
  const values = rows.map((row, index) => ({
    ...{ row: `${row.group} ${row.name}`, label: names(row.name), ms: row.ms, certain: row.isCertain, number: row.number },
    ...{ ci_lo: row.ends?.[0] ?? null, ci_hi: row.ends?.[1] ?? null },
    group: rows[index - 1]?.group === row.group ? "" : row.group,
    arrow: isBeyond(row, shown) ? (row.ms < 0 ? "◂" : "▸") : "",
    words: `${row.group === "" ? "" : `${row.group}, `}${row.name}: ${signed(row.ms)} ms, 95 % CI jointly ${signedInterval(row.ends)}, ${row.isCertain ? "certain" : "not certain"}`,
  }));
  const within = values.filter(({ arrow }) => arrow === "");
  const x = { type: "quantitative" as const, scale: { ...scaleOf(scale), range: [...range] } };
  const bare = { labels: false, ticks: false, domain: false, title: null };
  const text = { type: "text" as const, baseline: "middle" as const, color: INK, fontSize: FONT_PX.text };
  return {
    title: { text: title, fontSize: FONT_PX.text, offset: 1 },
    width: PLOT_WIDTH_PX,
    height: { step: ROW_PX, for: "position" },
    data: { values },
    encoding: { y: { field: "row", type: "nominal", sort: values.map(({ row }) => row), axis: null, scale: { padding: 0 } } },
    layer: [
      {
        data: { values: [{ none: 0 }] },
        mark: { type: "rule", color: GREY, ...SILENT },
        encoding: {
          x: {
            ...x,
            field: "none",
            axis: { ...(last ? { title: "difference (ms; lower is better)" } : bare), ...ticks(scale, MOST_LABELS), grid: true },
          },
          y: { value: 0 },
          y2: { value: ROW_PX * rows.length },
        },
      },
      {
        data: { values: within.filter(({ ci_lo }) => ci_lo !== null) },
        mark: { type: "rule", strokeWidth: 1.5, ...SILENT },
        encoding: {
          x: { ...x, field: "ci_lo" },
          x2: { field: "ci_hi" },
          color: { condition: { test: "datum.certain", value: INK }, value: GREY },
        },
      },
      ...[true, false].map((certain) => ({
        data: { values: within.filter((row) => row.certain === certain) },
        mark: {
          ...({ type: "point", size: 18, opacity: 1, strokeWidth: 1 } as const),
          ...{ color: certain ? INK : GREY, filled: certain, ...(certain ? {} : { fill: "#ffffff" }) },
        },
        encoding: { x: { ...x, field: "ms" }, description: { field: "words" } },
      })),
      ...(["◂", "▸"] as const).map((arrow) => ({
        data: { values: values.filter((row) => row.arrow === arrow) },
        mark: { ...text, align: arrow === "◂" ? ("left" as const) : ("right" as const) },
        encoding: {
          x: { value: arrow === "◂" ? range[0] : range[1] },
          text: { field: "arrow" },
          description: { field: "words" },
        },
      })),
      { mark: { ...text, align: "left" }, encoding: { x: { value: 0 }, text: { field: "group" } } },
      { mark: { ...text, align: "left" }, encoding: { x: { value: name_px }, text: { field: "label" } } },
      { mark: { ...text, align: "right" }, encoding: { x: { value: PLOT_WIDTH_PX }, text: { field: "number" } } },
    ],
  };
}

const totalTable = ({ platform, condition, first, differences }: Shown): Table => ({
  kind: "table",
  caption: `${platform}, ${condition}: each variant less ${first}, paired within blocks, ms; 95 % confidence intervals for each alone and for all together`,
  columns: [
    ...[left("variant"), right("pairs"), right("difference"), right("95 % CI"), right("95 % CI, jointly"), right("p Holm")],
  ],
  rows: differences.map(({ variant, comparison: { pairs, shift, shift_ci, shift_ci_simultaneous: ends, p_holm, defects } }) => [
    ...[variant, String(pairs)],
    ...(defects.length > 0
      ? ["defect", "", "", ""]
      : [signed(shift), signedInterval(shift_ci), signedInterval(ends), pValue(p_holm)]),
  ]),
});

const phaseTable = ({ platform, condition, first, engine, differences }: Shown): Table => ({
  kind: "table",
  caption: `${platform}, ${condition}: mean of each variant less ${first} by phase, ms; 95 % confidence intervals for each alone and for all phases of all variants together`,
  columns: [left("variant"), left("phase"), right("difference"), right("95 % CI"), right("95 % CI, jointly")],
  rows: differences.flatMap(({ variant, comparison: { phases, defects } }) =>
    (defects.length > 0 ? [] : (phases ?? [])).map((phase) => [
      ...[variant, titleOf(phase, engine), signed(phase.difference_ms)],
      ...[signedInterval(phase.difference_ci), signedInterval(phase.difference_ci_simultaneous)],
    ]),
  ),
});
