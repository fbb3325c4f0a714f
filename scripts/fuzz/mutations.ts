/** Ways in which a text file is damaged: by a hand, an editor, a spreadsheet, a disk. All from the seed. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export type Pick = (size: number) => number;

/** @returns numbers from 0, below what is asked for */
export function picker(seed: number): Pick {
  const random = xoroshiro128plus(seed);
  return (size) => uniformInt(random, 0, size - 1);
}

const RUBBISH = [
  ...["", " ", "0", "-1", "1", "NaN", "nan", "Infinity", "-inf", "1e999", "1e-9", "null", "true", "false", "N/A", "-0", "+5"],
  ...["999999999999999", "99999999999999999999", "2147483648", "0x10", "1.5", "1,5", "12 ms", "2.1GB/s", "=1+1", '"', '"a', "\t"],
  ...["\u0000", "\u202e", "\u001b[31m", "é", "ok", "failed", "timeout", "warm", "cold", "<b>", "__proto__", "constructor"],
];

type Mutation = (text: string, pick: Pick) => string;

const at = <T>(items: readonly T[], pick: Pick): T => items[pick(items.length)] as T;

/** On the lines of the file, the header first. */
const onLines =
  (change: (lines: string[], pick: Pick) => readonly string[]): Mutation =>
  (text, pick) =>
    `${change(text.replace(/\n$/, "").split("\n"), pick).join("\n")}\n`;

const rowOf = (lines: readonly string[], pick: Pick): number => (lines.length < 2 ? 0 : 1 + pick(lines.length - 1));

const onCell = (change: (cell: string, pick: Pick, others: readonly string[]) => string): Mutation =>
  onLines((lines, pick) => {
    const row = rowOf(lines, pick);
    const cells = (lines[row] ?? "").split(",");
    const column = pick(cells.length);
    const others = lines.slice(1).map((line) => line.split(",")[column] ?? "");
    return lines.with(row, cells.with(column, change(cells[column] ?? "", pick, others)).join(","));
  });

const onNumber = (change: (value: number) => number): Mutation =>
  onCell((cell) => (isNumber(cell) ? String(change(Number(cell))) : cell));

/** Everything of a column, as where times are converted by hand, or one is filled down. */
const onColumn = (change: (cell: string, pick: Pick, first: string) => string): Mutation =>
  onLines(([header = "", ...rows], pick) => {
    const column = pick(header.split(",").length);
    const first = rows[0]?.split(",")[column] ?? "";
    return [
      header,
      ...rows.map((row) => {
        const cells = row.split(",");
        return cells.with(Math.min(column, cells.length - 1), change(cells[column] ?? "", pick, first)).join(",");
      }),
    ];
  });

const isNumber = (cell: string): boolean => /^-?\d+(\.\d+)?$/.test(cell);

const SCALES = [1e-6, 1e-3, 0.1, 2, 10, 1e3, 1e6];

const MUTATIONS: readonly Mutation[] = [
  onCell((_, pick) => at(RUBBISH, pick)),
  onCell((_, pick, others) => at(others, pick)),
  onCell((cell, pick) => cell.replace(/\d/, () => String(pick(10)))),
  (text, pick) => onNumber((value) => Math.round(value * at(SCALES, pick)))(text, pick),
  onNumber((value) => -value),
  (text, pick) => {
    const scale = at(SCALES, pick);
    // Of whole numbers, as a spreadsheet writes them.
    return onColumn((cell) => {
      if (!isNumber(cell)) return cell;
      return String(cell.includes(".") ? Number(cell) * scale : Math.round(Number(cell) * scale));
    })(text, pick);
  },
  onColumn((_, __, first) => first),
  onLines((lines, pick) => lines.toSpliced(rowOf(lines, pick), 1)),
  onLines((lines, pick) => lines.toSpliced(rowOf(lines, pick), 1 + pick(10))),
  onLines((lines, pick) => lines.toSpliced(rowOf(lines, pick), 0, at(lines, pick))),
  onLines((lines, pick) => {
    const [a, b] = [rowOf(lines, pick), rowOf(lines, pick)];
    return lines.with(a, lines[b] ?? "").with(b, lines[a] ?? "");
  }),
  onLines((lines, pick) => {
    const column = pick((lines[0] ?? "").split(",").length);
    return lines.map((line) => line.split(",").toSpliced(column, 1).join(","));
  }),
  (text, pick) => text.slice(0, pick(text.length)),
  (text, pick) => {
    const place = pick(text.length);
    return text.slice(0, place) + at(RUBBISH, pick) + text.slice(place + pick(3));
  },
  (text) => text.replaceAll("\n", "\r\n"),
  (text, pick) => text.replaceAll(",", at([";", "\t", ", "], pick)),
  (text) => `\uFEFF${text}`,
  (text) => text + text,
];

/** One damage or two, which may cancel each other. */
export function mutated(text: string, pick: Pick): string {
  const once = at(MUTATIONS, pick)(text, pick);
  return pick(4) === 0 ? at(MUTATIONS, pick)(once, pick) : once;
}
