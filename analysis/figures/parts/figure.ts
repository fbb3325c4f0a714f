/** What every figure is: a pure function from what was read to a specification and the table that goes with it. */
import type { Block } from "../../format/document/document.ts";
import type { Subject } from "../../subjects/subject.ts";
import { BOLD, wrapText } from "./fit-text.ts";
import type { Panel, TopLevelSpec } from "./spec.ts";
import { FONT_PX, PLOT_WIDTH_PX, THEME } from "./theme.ts";

export type Table = Extract<Block, { kind: "table" }>;

export interface Drawing {
  readonly title: string;
  /** What is shown, n, and how the intervals were found; {@link leftOut} is no part of it, but of the picture's subtitle. */
  readonly notes: string;
  /** With its data in it. */
  readonly spec: TopLevelSpec;
  /** The same numbers, as a table. */
  readonly tables: readonly Table[];
  /** One line each: what is not in the figure, and why. */
  readonly leftOut: readonly string[];
}

/** Nothing is drawn from nothing: why there is no figure, in one line. */
export interface Absent {
  readonly absent: string;
}

export type Figure = (subjects: readonly Subject[]) => Drawing | Absent;

interface Parts {
  readonly title: string;
  /** What is shown, n, and how the intervals were found. A blank that must not end a line is a no-break space. */
  readonly notes: readonly string[];
  readonly leftOut: readonly string[];
  /** From top to bottom, each {@link PLOT_WIDTH_PX} wide. */
  readonly panels: readonly Panel[];
  readonly tables: readonly Table[];
}

/** Title, subtitle and panels below one another, in the theme. */
export function figure({ title, notes, leftOut, panels, tables }: Parts): Drawing {
  const lines = [notes.join(" "), ...leftOut.map((reason) => `Not drawn: ${reason}.`)];
  return {
    title,
    notes: notes.join(" "),
    leftOut,
    tables,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      title: {
        text: wrapText(title, PLOT_WIDTH_PX, (BOLD * FONT_PX.title) / FONT_PX.text),
        subtitle: lines.flatMap((line) => wrapText(line, PLOT_WIDTH_PX)),
      },
      config: THEME,
      vconcat: [...panels],
    },
  };
}

/** With blanks at which no line is broken. */
export const CONFIDENCE = "95\u00a0%";

/** `n = 50`, `n = 18–20`. */
export function sizes(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `n\u00a0=\u00a0${least === most ? least : `${least}–${most}`}`;
}
