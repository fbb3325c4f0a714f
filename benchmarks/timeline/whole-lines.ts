/**
 * A trace as it was printed → one text a record. The kernel prints names of threads as they are, and these may hold line ends:
 * 15 bytes, too few for the beginning of a record, so that a line without one belongs to a record beside it.
 */

/** Of a name (TASK_COMM_LEN, less the end of the string). */
const MOST_BYTES = 15;
/** A name in front of a record is looked for in so many: as many as it can have, none of them blank. */
const MOST_LINES = (MOST_BYTES + 1) / 2;
const BEGINNING = /^.{16}-\d+ +(?:\([ \d-]+\) +)?\[\d+\] +\S+ +\d+\.\d{6}: /s;
/** Of a stack; blank lines, the heading, `##### CPU 1 buffer started ####`, `CPU:0 [LOST 7 EVENTS]`. */
const OTHER = /^(?: => .*|#.*|CPU:\d+ \[LOST .*|\s*)$/;

/** @returns the same array where nothing was broken */
export function wholeLines(lines: readonly string[]): readonly string[] {
  if (lines.every((line) => BEGINNING.test(line) || OTHER.test(line))) return lines;
  const whole: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as string;
    if (OTHER.test(line)) {
      whole.push(line);
      continue;
    }
    const joined = beginning(lines, index);
    if (joined === undefined && endsInName(whole.at(-1) ?? "")) {
      whole[whole.length - 1] += `\n${line}`;
    } else {
      whole.push(joined?.text ?? line);
      index += (joined?.lines ?? 1) - 1;
    }
  }
  return whole;
}

/** As a record is that breaks off within a name, or has one at its end. */
function endsInName(text: string): boolean {
  const field = text.lastIndexOf("comm=");
  return field >= 0 && text.length - field - "comm=".length <= MOST_BYTES;
}

/** The name in front may be broken: then the beginning takes several lines. */
function beginning(lines: readonly string[], index: number): { readonly text: string; readonly lines: number } | undefined {
  for (let count = 1; count <= MOST_LINES; count += 1) {
    const text = lines.slice(index, index + count).join("\n");
    if (BEGINNING.test(text)) return { text, lines: count };
  }
  return undefined;
}
