/** Text of strangers (labels, engines, containers, names of files) before it reaches a terminal or a page. */

/** Control and format characters made visible: a name from a file must not move the cursor or turn the text around. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** Longer than any message of ours with what it quotes. */
const LONGEST_LINE = 2_000;

/** A message of one line or several: visible, and each line cut. */
export const message = (text: string): string =>
  text
    .split("\n")
    .map((line) => cut(visible(line)))
    .join("\n");

const cut = (line: string): string =>
  line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE)} … (${line.length - LONGEST_LINE} characters more)`;

/**
 * Output for programs, on its way through a terminal perhaps: JSON stays the same JSON, as it takes these escapes wherever
 * such a character may be.
 */
export const escaped = (text: string): string =>
  text.replace(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()].map((unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`).join(""),
  );

/** A cell of text that no spreadsheet takes for a formula: those begin with = + - @ or a control character (OWASP, "CSV Injection"). */
export const spreadsheetText = (text: string): string => visible(text).replace(/^(?=[=+\-@])/, "'");
