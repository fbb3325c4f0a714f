/**
 * Strips of rows → the columns of pages. A figure is as wide as a column of a paper, or as both columns where that makes it
 * too tall; what is more than that is another page. No page is taller than {@link MOST_HEIGHT_PX}.
 */
import type { Panel } from "../parts/spec.ts";
import { GUTTER_PX, PLOT_WIDTH_PX, TITLE_LINE_PX } from "../parts/theme.ts";

/** Rows of one panel, of the same height; broken between two of them where a column ends. */
export interface Strip {
  /** Of those that follow one another and share a scale, the last in a column has the axis. */
  readonly scale: string;
  readonly rows: number;
  readonly row_px: number;
  /** Heading, and the distance from what is above. */
  readonly head_px: number;
  readonly axis_px: number;
  /** It stands in one column, if it is no longer than that. */
  readonly whole?: boolean;
  readonly draw: (part: Part) => Panel;
}

export interface Part {
  /** Of the rows, the last not included. */
  readonly from: number;
  readonly to: number;
  readonly axis: boolean;
}

/** Of a panel with a title, in vconcat. */
export const HEAD_PX = 24;
/** Labels and title of a horizontal axis. */
export const AXIS_PX = 30;

/** So few rows stay together: who compares them wants them below one another. */
const MOST_TOGETHER = 6;

interface Placed {
  readonly strip: Strip;
  readonly from: number;
  to: number;
}

interface Column {
  readonly placed: Placed[];
  used_px: number;
}

/** The strips in as few columns of that height as they need, filled from the first on. */
function fill(strips: readonly Strip[], height_px: number): Column[] {
  const columns: Column[] = [];
  let column: Column = { placed: [], used_px: 0 };
  const next = (): void => {
    column = { placed: [], used_px: 0 };
    columns.push(column);
  };
  next();
  for (const strip of strips) {
    let from = 0;
    while (from < strip.rows) {
      const above = column.placed.at(-1)?.strip.scale;
      const fixed = strip.head_px + (above === strip.scale ? 0 : strip.axis_px);
      const room = Math.floor((height_px - column.used_px - fixed) / strip.row_px);
      const wanted = strip.rows - from;
      const begins = column.placed.length === 0;
      const taken = Math.min(wanted, Math.max(room, begins ? 1 : 0));
      // A single row at the end of a column is an orphan.
      if (taken < wanted && !begins && (strip.whole === true || strip.rows <= MOST_TOGETHER || taken < 2)) {
        next();
        continue;
      }
      column.placed.push({ strip, from, to: from + taken });
      column.used_px += fixed + taken * strip.row_px;
      from += taken;
      if (from < strip.rows) next();
    }
  }
  return columns;
}

const STEP_PX = 8;

/** What stands on a page. */
interface Flowed {
  readonly columns: Panel[][];
  readonly isNarrow: boolean;
}

/**
 * @returns one page with one column, or pages with two of about the same height; of which the last may have one, and is as
 * narrow as that where it has room below a title that takes more lines there
 */
export function flow(strips: readonly Strip[], oneColumn_px: number, twoColumns_px: number): Flowed[] {
  if (fill(strips, oneColumn_px).length === 1)
    return [{ columns: [drawn(fill(strips, oneColumn_px)[0] as Column)], isNarrow: true }];
  const pages = Math.ceil(fill(strips, twoColumns_px).length / 2);
  const least = strips.map(({ whole, rows, row_px, head_px, axis_px }) => {
    const height = head_px + axis_px + rows * row_px;
    return whole === true && height <= twoColumns_px ? height : row_px;
  });
  let height_px = STEP_PX * Math.ceil(Math.max(...least) / STEP_PX);
  while (height_px < twoColumns_px && !fits(fill(strips, height_px), pages, height_px)) height_px += STEP_PX;
  const columns = fill(strips, Math.min(height_px, twoColumns_px));
  return Array.from({ length: Math.ceil(columns.length / 2) }, (_, page) => {
    const onPage = columns.slice(2 * page, 2 * page + 2);
    const [{ used_px }, other] = onPage as [Column, Column?];
    // The page's number may take the title another line.
    return { columns: onPage.map(drawn), isNarrow: other === undefined && used_px + TITLE_LINE_PX <= oneColumn_px };
  });
}

const fits = (columns: readonly Column[], pages: number, height_px: number): boolean =>
  columns.length <= 2 * pages && columns.every(({ used_px }) => used_px <= height_px);

const drawn = ({ placed }: Column): Panel[] =>
  placed.map(({ strip, from, to }, index) => strip.draw({ from, to, axis: placed[index + 1]?.strip.scale !== strip.scale }));

/** Columns beside one another. */
export const sideBySide = (columns: readonly (readonly Panel[])[]): Panel[] =>
  columns.length === 1
    ? [...(columns[0] as readonly Panel[])]
    : [{ spacing: GUTTER_PX, hconcat: columns.map((panels) => ({ vconcat: [...panels] })) }];

/** A legend is as wide as its page. */
export const pageWidthPx = (columns: number): number => columns * PLOT_WIDTH_PX + (columns - 1) * GUTTER_PX;
