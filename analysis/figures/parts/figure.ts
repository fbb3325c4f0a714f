/** What every figure is: a pure function from what was read to specifications, a caption and the table that goes with them. */
import type { Block } from "../../format/document/document.ts";
import type { Subject } from "../../subjects/subject.ts";
import { flow, pageWidthPx, type Strip, sideBySide } from "../page/flow.ts";
import { type LeftOut, notDrawn } from "../page/left-out.ts";
import { BOLD, wrapText } from "./fit-text.ts";
import { type Panel, type TopLevelSpec, withoutEmptyLayers } from "./spec.ts";
import { FONT_PX, MOST_HEIGHT_PX, PADDING_PX, PAGE_PX, SUBTITLE_LINE_PX, THEME, TITLE_LINE_PX } from "./theme.ts";

export type Table = Extract<Block, { kind: "table" }>;

/** One picture: as wide as a column of a paper, or as both. */
export interface Page {
  readonly width_px: number;
  /** With its data in it. */
  readonly spec: TopLevelSpec;
}

export interface Drawing {
  /** What the figure shows: a finding, in one sentence without its end. */
  readonly title: string;
  /** What is drawn and how it was computed, n, what to beware of, and what is not drawn. */
  readonly caption: string;
  /** One, or several where there is more than a page has room for. */
  readonly pages: readonly Page[];
  /** The same numbers, as a table. */
  readonly tables: readonly Table[];
  /** What is not in the figure, and why. */
  readonly leftOut: readonly LeftOut[];
  /** Of each page its columns as pictures of their own, for a screen that may be narrower than a page; and what is what in them. */
  readonly columns: () => readonly (readonly Page[])[];
  readonly legend: () => Page | null;
}

/** Nothing is drawn from nothing: why there is no figure, in one line. */
export interface Absent {
  readonly absent: string;
}

export type Figure = (subjects: readonly Subject[]) => Drawing | Absent;

/** Which colour, dash or shape is what: above everything else on each page. */
export interface Legend {
  readonly panel: Panel;
  readonly height_px: number;
}

interface Parts {
  readonly title: string;
  /** Sentences. A blank that must not end a line is a no-break space. */
  readonly caption: readonly string[];
  /** Said on the picture itself, below the title. */
  readonly key?: readonly string[];
  readonly leftOut: readonly LeftOut[];
  readonly legend?: (width_px: number) => Legend;
  readonly strips: readonly Strip[];
  readonly tables: readonly Table[];
}

const COLUMNS = { one: 1, two: 2 } as const satisfies Record<keyof typeof PAGE_PX, number>;

/** Behind the title of one of several pages. */
const NOTE = " (1/9)";

/** No line of a title ends between them. */
const NUMBER_OF_UNIT = /(\d) (?=(?:ms|s|µs|%|MB|MiB|MB\/s|CPUs)(?: |$))/g;

/** Between a legend and what it is of. */
const LEGEND_GAP_PX = 10;

export function figure({ title, caption, key = [], leftOut, legend, strips, tables }: Parts): Drawing {
  const heading = (columns: number, page: string): { readonly text: string[]; readonly subtitle?: string[] } => {
    const width = pageWidthPx(columns);
    return {
      text: wrapText(`${title.replace(NUMBER_OF_UNIT, "$1\u00a0")}${page}`, width, (BOLD * FONT_PX.title) / FONT_PX.text),
      ...(key.length === 0 ? {} : { subtitle: key.flatMap((line) => wrapText(line, width)) }),
    };
  };
  const room = (columns: number): number => {
    const { text, subtitle = [] } = heading(columns, columns === 1 ? "" : NOTE);
    const above = legend === undefined ? 0 : legend(pageWidthPx(columns)).height_px + LEGEND_GAP_PX;
    const titled = TITLE_LINE_PX * text.length + (subtitle.length === 0 ? 0 : SUBTITLE_LINE_PX * subtitle.length + 4);
    return MOST_HEIGHT_PX - 2 * PADDING_PX - titled - above - 8;
  };
  const pages = flow(strips, room(1), room(2));
  const page = (width: keyof typeof PAGE_PX, note: string, panels: readonly Panel[]): Page => {
    const count = COLUMNS[width];
    return {
      width_px: PAGE_PX[width],
      spec: {
        $schema: "https://vega.github.io/schema/vega-lite/v6.json",
        title: heading(count, note),
        config: THEME,
        vconcat: panels.map(withoutEmptyLayers),
      },
    };
  };
  const keyed = (width: keyof typeof PAGE_PX, note: string, columns: readonly (readonly Panel[])[]): Page =>
    page(width, note, [...(legend === undefined ? [] : [legend(pageWidthPx(COLUMNS[width])).panel]), ...sideBySide(columns)]);
  return {
    title,
    caption: [...caption, ...notDrawn(leftOut)].join(" "),
    leftOut,
    tables,
    pages: pages.map(({ columns, isNarrow }, index) =>
      keyed(isNarrow ? "one" : "two", pages.length === 1 ? "" : ` (${index + 1}/${pages.length})`, columns),
    ),
    columns: () => pages.map(({ columns }) => columns.map((each) => page("one", "", each))),
    legend: () => (legend === undefined ? null : page("one", "", [legend(pageWidthPx(1)).panel])),
  };
}

/** With blanks at which no line is broken. */
export const CONFIDENCE = "95\u00a0%";

/** `n = 50`, `n = 18–20`. */
export function sizes(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `n\u00a0=\u00a0${least === most ? least : `${least}–${most}`}`;
}

/** Below this many trials a median has no interval of 95 % of its own, and one of sessions' medians rests on little. */
const FEWEST = 6;
export const fewTrials = (counts: readonly number[]): string[] =>
  Math.min(...counts) < FEWEST ? [`Fewer than ${FEWEST} trials of a condition: little is known of it.`] : [];
