/** What an ordinary start waits for, in order: its critical path as lanes, one a program. */

import type { WhyPathRow } from "../../../research/tables/why-path.ts";
import { CAUSES_OF_TIME, type Cause } from "../../../research/why/causes.ts";
import { left, right } from "../../format/document/document.ts";
import { ms, roundPct } from "../../samples/numbers.ts";
import { conditionKey } from "../../subjects/key.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import type { Subject } from "../../subjects/subject.ts";
import { describedIn } from "../../summaries/described.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../page/flow.ts";
import { absentFor } from "../page/left-out.ts";
import { markKey, markReasons, marksOf } from "../page/marks.ts";
import { ticks } from "../parts/axis-scale.ts";
import { CONFIDENCE, type Figure, fewTrials, figure, sizes, type Table } from "../parts/figure.ts";
import { nameBefore, textWidthPx } from "../parts/fit-text.ts";
import { byFactors } from "../parts/measured.ts";
import { inTitle, shortNames, shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { FONT_PX, GREY, INK, PLOT_WIDTH_PX, SILENT } from "../parts/theme.ts";
import { inBrackets } from "../parts/tier-bars.ts";
import { causeColours, causeLegend } from "./cause-colours.ts";
import { type Stretch, stretches } from "./lanes.ts";
import { shownOf } from "./shown-of.ts";

const ROW_PX = 15;
/** Of a row, above and below its middle. */
const HALF_BAR = 0.33;
const GAP_PX = 5;
const MOST_NAME_PX = 92;
const MOST_LABELS = 5;
/** More than two a pixel are not seen. */
const SLOTS = 2 * Math.round(PLOT_WIDTH_PX);
const LONGEST_WAITS = 12;

interface Shown {
  readonly platform: string;
  readonly condition: string;
  readonly measurement: Measurement;
  /** The median of all starts, with its interval. */
  readonly all: string;
  /** Every stretch, and those that are seen. */
  readonly path: readonly WhyPathRow[];
  readonly seen: readonly Stretch[];
  /** In the order in which they come. */
  readonly programs: readonly string[];
  readonly marks: string;
}

export const criticalPathFigure: Figure = (subjects) => {
  const { shown, leftOut } = shownOf(
    subjects,
    ofPlatform,
    "critical path of a start (why-path.csv, which `tierbench run why` writes)",
  );
  const [first] = shown;
  if (first === undefined) return absentFor(leftOut);
  const layout = layOut(shown);
  const counts = shown.map(({ measurement }) => measurement.values.length);
  return figure({
    title: finding(shown, first),
    caption: [
      "The critical path of one start: what it waited for, from the request until the container acted; one lane a program.",
      `Of the starts whose path was kept, the one whose phases are closest to the medians of all; the heading has its total, then the median of all totals and in brackets its ${CONFIDENCE} confidence interval. ${sizes(counts)}.`,
      "An arrow leads to the program that goes on: woken, forked or executed by the one before.",
      `Drawn at ${SLOTS} points in time, each of which shows what took most of it; numbers on the right are the whole time of each program, in ms.`,
      ...markReasons(subjects, shown),
    ],
    key: [...markKey(shown.map(({ marks }) => marks)), ...fewTrials(counts)],
    leftOut,
    legend: causeLegend(new Set(shown.flatMap(({ seen }) => seen.map(({ cause }) => cause)))),
    strips: shown.map((each) => strip(each, layout)),
    tables: shown.flatMap((each) => [programTable(each), waitTable(each)]),
  });
};

function ofPlatform(subject: Subject): Shown[] {
  const { label, measurements, conditions } = subject;
  const totals = measurements.filter(({ experiment, metric }) => experiment === "why" && metric === "total_ms");
  return byFactors(totals).flatMap((measurement) => {
    const path = conditions.get(conditionKey(measurement))?.path ?? [];
    if (path.length === 0) return [];
    const seen = stretches(path, SLOTS);
    const { level } = describedIn(subject, measurement);
    return [
      {
        ...{ platform: label, condition: measurement.condition, measurement, path, seen },
        all: `${ms(level.value)}${inBrackets(level.ends)}`,
        programs: [...new Set(path.map(({ program }) => program))],
        marks: marksOf([subject], { platform: label, measurement }),
      },
    ];
  });
}

const totalOf = ({ path }: Shown): number => path.at(-1)?.end_ns ?? 0;

const timeOf = ({ path }: Shown, program: string, cause?: Cause): number =>
  path
    .filter((step) => step.program === program && (cause === undefined || step.cause === cause))
    .reduce((time, { begin_ns, end_ns }) => time + end_ns - begin_ns, 0);

/** The program that the start spends most time with. */
function finding(shown: readonly Shown[], first: Shown): string {
  const [most = ""] = [...first.programs].sort((a, b) => timeOf(first, b) - timeOf(first, a));
  const where = inTitle(
    shown.map(({ platform }) => platform),
    first.platform,
  );
  return `${roundPct((100 * timeOf(first, most)) / totalOf(first))} % of the critical path of a start of ${first.condition} is ${most}${where}`;
}

interface Layout {
  readonly end_ms: number;
  readonly bars_px: readonly [number, number];
  readonly names: (program: string) => string;
  readonly titles: (title: string) => string;
}

function layOut(shown: readonly Shown[]): Layout {
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => textWidthPx(text)));
  const names = shortNames([...new Set(shown.flatMap(({ programs }) => programs))], MOST_NAME_PX);
  const numbers = shown.flatMap((each) => each.programs.map((program) => ms(timeOf(each, program) / 1e6)));
  return {
    names,
    end_ms: Math.max(...shown.map(totalOf)) / 1e6,
    bars_px: [widest(shown.flatMap(({ programs }) => programs.map(names))) + GAP_PX, PLOT_WIDTH_PX - widest(numbers) - GAP_PX],
    titles: shortTitles(shown.map(titleOf)),
  };
}

const titleOf = (shown: Shown): string =>
  `${nameBefore(shown.platform)}, ${shown.condition}: ${ms(totalOf(shown) / 1e6)} ms; median ${shown.all}${shown.marks}`;

const strip = (shown: Shown, layout: Layout): Strip => ({
  ...{ scale: "time", rows: shown.programs.length, row_px: ROW_PX, head_px: HEAD_PX, axis_px: AXIS_PX, whole: true },
  draw: ({ from, to, axis }) => lanes(shown, shown.programs.slice(from, to), layout, axis),
});

function lanes(shown: Shown, programs: readonly string[], { end_ms, bars_px, names, titles }: Layout, last: boolean): Panel {
  const laneOf = new Map(programs.map((program, lane) => [program, lane]));
  const bars = shown.seen.flatMap(({ program, cause, place, begin_ns, end_ns }) => {
    const lane = laneOf.get(program);
    if (lane === undefined) return [];
    const where = place === null ? "" : `, ${place}`;
    const [begin, end] = [begin_ns / 1e6, end_ns / 1e6];
    const words = `${program} ${CAUSES_OF_TIME[cause].label}${where}: ${ms(end - begin)} ms, from ${ms(begin)} ms on`;
    return [{ cause, begin_ms: begin, end_ms: end, top: lane - HALF_BAR, bottom: lane + HALF_BAR, words }];
  });
  const arrows = shown.seen.flatMap((next, index) => {
    const [from, to] = [laneOf.get(shown.seen[index - 1]?.program ?? ""), laneOf.get(next.program)];
    if (from === undefined || to === undefined || from === to) return [];
    const down = to > from;
    return [{ at_ms: next.begin_ns / 1e6, from, to: down ? to - HALF_BAR : to + HALF_BAR, down }];
  });
  const rows = programs.map((program, lane) => ({
    lane,
    program: names(program),
    number: ms(timeOf(shown, program) / 1e6),
  }));
  const x = { type: "quantitative" as const, scale: { domain: [0, end_ms], range: [...bars_px], nice: false } };
  const y = { type: "quantitative" as const, scale: { domain: [programs.length - 0.5, -0.5], nice: false }, axis: null };
  const bare = { labels: false, ticks: false, domain: false, title: null };
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const, color: INK };
  const head = (down: boolean) => ({
    data: { values: arrows.filter((arrow) => arrow.down === down) },
    mark: {
      ...{
        type: "point" as const,
        shape: down ? "triangle-down" : "triangle-up",
        size: 7,
        filled: true,
        color: GREY,
        opacity: 1,
      },
      ...{ yOffset: down ? -1.5 : 1.5, ...SILENT },
    },
    encoding: { x: { ...x, field: "at_ms" }, y: { ...y, field: "to" } },
  });
  return {
    title: { text: titles(titleOf(shown)), fontSize: FONT_PX.text, offset: 2 },
    width: PLOT_WIDTH_PX,
    height: ROW_PX * programs.length,
    data: { values: rows },
    layer: [
      {
        data: { values: arrows },
        mark: { type: "rule", color: GREY, strokeWidth: 0.5, ...SILENT },
        encoding: { x: { ...x, field: "at_ms" }, y: { ...y, field: "from" }, y2: { field: "to" } },
      },
      {
        data: { values: bars },
        mark: { type: "rect" },
        encoding: {
          x: {
            ...x,
            field: "begin_ms",
            axis: {
              ...(last ? { title: "time since the request (ms)" } : bare),
              grid: true,
              ...ticks({ type: "linear", domain: [0, end_ms] }, MOST_LABELS),
            },
          },
          x2: { field: "end_ms" },
          y: { ...y, field: "top" },
          y2: { field: "bottom" },
          color: causeColours,
          description: { field: "words" },
        },
      },
      head(true),
      head(false),
      {
        mark: { ...text, align: "left" },
        encoding: { x: { value: 0 }, y: { ...y, field: "lane" }, text: { field: "program" } },
      },
      {
        mark: { ...text, align: "right" },
        encoding: { x: { value: PLOT_WIDTH_PX }, y: { ...y, field: "lane" }, text: { field: "number" } },
      },
    ],
  };
}

function programTable(shown: Shown): Table {
  const causes = [...new Set(shown.path.map(({ cause }) => cause))];
  return {
    kind: "table",
    caption: `${shown.platform}, ${shown.condition}: critical path of one start, time of each program by cause, ms`,
    columns: [left("program"), ...[...causes, "total"].map((name) => right(name))],
    rows: shown.programs.map((program) => [
      program,
      ...causes.map((cause) => ms(timeOf(shown, program, cause) / 1e6)),
      ms(timeOf(shown, program) / 1e6),
    ]),
  };
}

const waitTable = (shown: Shown): Table => ({
  kind: "table",
  caption: `${shown.platform}, ${shown.condition}: the longest waits on the critical path of that start`,
  columns: [right("from ms"), right("ms"), left("program"), left("cause"), left("place"), left("phase")],
  rows: [...shown.path]
    .filter(({ cause }) => cause !== "cpu")
    .sort((a, b) => b.end_ns - b.begin_ns - (a.end_ns - a.begin_ns))
    .slice(0, LONGEST_WAITS)
    .map(({ begin_ns, end_ns, program, cause, place, phase }) => [
      ...[ms(begin_ns / 1e6), ms((end_ns - begin_ns) / 1e6), program],
      ...[CAUSES_OF_TIME[cause].label, place ?? "", phase],
    ]),
});
