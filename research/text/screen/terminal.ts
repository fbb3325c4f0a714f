/** What a terminal can show, from what its process knows of it; and text for one that knows ASCII alone. */

export interface Terminal {
  readonly columns: number;
  /** That a screen may take. */
  readonly lines: number;
  /** Whether its locale has characters beyond ASCII. */
  readonly unicode: boolean;
  readonly colour: boolean;
}

/** With all of its columns, for tables of which nothing is left out: those are the easier to read the less they are divided. */
export interface Window extends Terminal {
  readonly window: number;
}

/** Of the stream and the environment of a process. */
export interface Surroundings {
  readonly isTTY: boolean;
  /** Of the terminal; `undefined` where there is none. */
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a pipe gets when COLUMNS says nothing. */
const PIPE_COLUMNS = 80;
const FEWEST_COLUMNS = 40;
/** Longer lines are hard to read, however wide the window. */
const MOST_COLUMNS = 120;
/** What a screen has to say needs these; where LINES says nothing it has the most. */
const [FEWEST_LINES, MOST_LINES] = [34, 40];

export function terminalOf({ isTTY, columns, env }: Surroundings): Window {
  const given = isTTY && columns ? columns : (size(env.COLUMNS) ?? PIPE_COLUMNS);
  // POSIX: the first of these that is not empty decides.
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "C";
  const window = Math.max(FEWEST_COLUMNS, given);
  return {
    window,
    columns: Math.min(MOST_COLUMNS, window),
    lines: Math.min(MOST_LINES, Math.max(FEWEST_LINES, size(env.LINES) ?? MOST_LINES)),
    unicode: /utf-?8/i.test(locale) && env.TERM !== "linux",
    colour: isTTY && !env.NO_COLOR && env.TERM !== "dumb",
  };
}

/** @returns undefined for what is no number of columns or lines */
function size(variable: string | undefined): number | undefined {
  const digits = /^\d{1,5}$/.exec(variable ?? "")?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** As wide as what they stand for, so that columns stay where they are. */
const ASCII: Readonly<Record<string, string>> = {
  "–": "-",
  "−": "-",
  "·": "-",
  "×": "x",
  "…": "~",
  "“": '"',
  "”": '"',
  "▒": ":",
  "█": "#",
  "▏": "|",
  "▲": "^",
  "▼": "v",
  "✓": "+",
  "✗": "-",
};
/** In running text, where width does not matter. */
const WIDER: Readonly<Record<string, string>> = { "±": "+-", "≥": ">=", "≤": "<=", µ: "u", δ: "delta", "→": "->" };

/** The text itself where the terminal can show it; names in other scripts become `?`. */
export const shown = (text: string, { unicode }: Pick<Terminal, "unicode">): string =>
  unicode ? text : text.replace(/[^\n -~]/gu, (character) => ASCII[character] ?? WIDER[character] ?? "?");
