import { describe, expect, it } from "vitest";
import { count, flag, ns, oneOf, optional, since, text, unixTimeNs } from "./csv/cells.ts";
import { defineTable } from "./table.ts";
import { nanoseconds, unixNs } from "./units.ts";

const table = defineTable("t", "a table", {
  n: count("a count", 1),
  name: text("a name", /^[a-z",\n ]+$/, "small letters"),
  kind: oneOf(["x", "y"], "a kind"),
  yes: flag("a flag"),
  at: optional(ns("a time")),
  when: unixTimeNs("wall clock"),
});
const row = { n: 1, name: "abc", kind: "x", yes: true, at: nanoseconds(-5), when: unixNs(1_795_449_827_252_631_001n) } as const;
const write = (...rows: Parameters<typeof table.formatRow>[0][]): string => table.header + rows.map(table.formatRow).join("");

describe("defineTable", () => {
  it("reads back what it wrote, to the last digit", () => {
    const rows = [row, { ...row, n: 2, at: null, name: 'a "b", c\nd' }];
    expect(table.parse(write(...rows), "t.csv")).toEqual(rows);
  });

  it("writes a missing value as an empty cell, never 0", () => {
    expect(table.formatRow({ ...row, at: null })).toBe("1,abc,x,true,,1795449827252631001\n");
  });

  it.each([
    ["n", "0", "a whole number from 1"],
    ["n", "1.5", "a whole number from 1"],
    ["n", "", "a whole number from 1"],
    ["n", "NaN", "a whole number from 1"],
    ["kind", "z", "x | y"],
    ["yes", "1", "true | false"],
    ["at", "2.1 ms", "a whole number of nanoseconds, or empty"],
    ["at", "99999999999999999", "a whole number of nanoseconds, or empty"],
    ["at", "1e6", "a whole number of nanoseconds, or empty"],
    ["when", "-1", "a whole number of nanoseconds since 1970"],
  ])("names file, line, column, value and expectation: %s = %j", (column, cell, expected) => {
    const cells: Record<string, string> = { n: "1", name: "abc", kind: "x", yes: "true", at: "", when: "5", [column]: cell };
    const broken = `${write(row)}${Object.values(cells).join(",")}\n`;
    expect(() => table.parse(broken, "t.csv")).toThrow(
      expect.objectContaining({
        ...{ name: "TableError", place: { line: 3, column, value: cell, expected } },
        message: `t.csv:3, column ${column}: got ${JSON.stringify(cell)}, expected ${expected}`,
      }),
    );
  });

  it("counts lines, not records, when a cell holds a line end", () => {
    const broken = `${write({ ...row, name: "a\nb" })}1,abc,q,true,,5\n`;
    expect(() => table.parse(broken, "t.csv")).toThrow("t.csv:4, column kind");
  });

  it.each([
    [
      "a row cut off in the middle",
      (good: string) => good.slice(0, -4),
      "t.csv:2: the last line is unfinished (it has no line end), as when a run is killed while it writes; remove this line",
    ],
    ["a row with a cell too few", (good: string) => `${good}1,abc,x\n`, "t.csv:3: 3 cells, expected 6"],
    ["a row with a cell too many", (good: string) => `${good}1,abc,x,true,,5,6\n`, "t.csv:3: 7 cells, expected 6"],
    [
      "a header of another table",
      (good: string) => good.replace("kind", "sort"),
      't.csv:1: unknown column "sort", the column kind is missing; read the file as it was written, with the version',
    ],
    ["an unknown column", (good: string) => good.replace("when\n", "when,more\n"), 't.csv:1: unknown column "more"; read'],
    ["a column without a name", (good: string) => good.replace("when\n", "when,\n"), "t.csv:1: column 7 has no name"],
    ["a column that appears twice", (good: string) => good.replace("kind", "name"), "t.csv:1: the column name appears twice"],
    ["an empty file", () => "", "t.csv: empty file"],
    [
      "a quote that never ends",
      (good: string) => `${good}1,"abc,x,true,,5\n`,
      "t.csv:3: not CSV: a quote is opened here and never closed",
    ],
  ])("refuses %s", (_, breakIt, message) => {
    expect(() => table.parse(breakIt(write(row)), "t.csv")).toThrow(message);
  });

  it("shows control characters of a cell escaped, and long cells cut", () => {
    const broken = `${table.header}1,abc,\u001b[31m${"z".repeat(500)},true,,5\n`;
    expect(() => table.parse(broken, "t.csv")).toThrow(/got "\\u001b\[31mz{55}…"/);
  });
});

/** Of a program that is not ours. */
const theirs = defineTable("u", "a table", { n: count("a count"), kind: oneOf(["x", "y"], "a kind") }, { author: "others" });

describe("columns by name", () => {
  it("may stand in any order", () => {
    expect(theirs.parse("kind,n\nx,1\ny,2\n", "u.csv")).toEqual([
      { n: 1, kind: "x" },
      { n: 2, kind: "y" },
    ]);
  });

  it("are null in every row of a file that was written before they were declared", () => {
    const grown = defineTable("t", "a table", {
      n: count("a count"),
      more: since(2, optional(ns("a time"))),
      kind: text("k", /./, "k"),
    });
    expect(grown.parse("n,kind\n1,x\n", "t.csv")).toEqual([{ n: 1, more: null, kind: "x" }]);
    expect(grown.parse("n,more,kind\n1,7,x\n", "t.csv")).toEqual([{ n: 1, more: 7, kind: "x" }]);
    expect(grown.header).toBe("n,more,kind\n");
  });
});

describe("the end of a file", () => {
  it("of ours without a line end is a row that was being written: left out with a caution", () => {
    const cautions: string[] = [];
    const cut = write(row, { ...row, n: 2 }).slice(0, -1);
    expect([...table.read([cut], "t.csv", (caution) => cautions.push(caution))]).toEqual([row]);
    expect(cautions).toEqual([expect.stringMatching(/^t\.csv:3: the last line is unfinished .* it is left out/)]);
  });

  it("of another program is a row like any other, with a caution", () => {
    const cautions: string[] = [];
    expect([...theirs.read(["n,kind\n1,x\n2,y"], "u.csv", (caution) => cautions.push(caution))]).toHaveLength(2);
    expect(cautions).toEqual(["u.csv:3: the last line has no line end; it is read as a whole row"]);
  });

  it("of others, when its row is not whole, may be where it was cut off; no one is told to remove a row", () => {
    const read = () => theirs.parse("n,kind\n1,x\n2,", "u.csv");
    expect(read).toThrow('u.csv:3, column kind: got "", expected x | y; the file ends here without a line end; is it truncated?');
    expect(read).not.toThrow("remove");
  });
});

describe("what spreadsheets and editors write is read where it can mean one thing only", () => {
  const rows = [
    { n: 1, kind: "x" },
    { n: 2, kind: "y" },
  ];
  it.each([
    ["LF", "n,kind\n1,x\n2,y\n"],
    ["CRLF", "n,kind\r\n1,x\r\n2,y\r\n"],
    ["CR alone", "n,kind\r1,x\r2,y\r"],
    ["CR alone, none at the end", "n,kind\r1,x\r2,y"],
    ["line ends of several kinds", "n,kind\r1,x\n2,y\r\n"],
    ["empty lines at the end", "n,kind\n1,x\n2,y\n\n\r\n"],
    ["an empty line in the middle and one at the top", "\nn,kind\n1,x\n \n2,y\n"],
    ["a byte order mark", "\uFEFFn,kind\n1,x\n2,y\n"],
    ["a byte order mark and quotes", '\uFEFF"n","kind"\r\n"1","x"\r\n"2","y"\r\n'],
    ["spaces around cells", "n, kind\n1 ,x\t\n 2, y \n"],
    ["spaces around quotes", 'n, "kind"\n1, "x" \n"2" ,y\n'],
  ])("%s", (_, file) => {
    expect(theirs.parse(file, "u.csv")).toEqual(rows);
    // Wherever the text is cut when it is read in pieces.
    expect([...theirs.read([...file], "u.csv")]).toEqual(rows);
  });

  it.each([
    ["semicolons", "n;kind\n1;x\n", "u.csv:1: cells are separated by semicolons"],
    ["tabs", "n\tkind\n1\tx\n", "u.csv:1: cells are separated by tabs"],
    ["Excel's first line", "sep=,\r\nn,kind\r\n1,x\r\n", "u.csv:1: the first line is a spreadsheet's `sep=`"],
    ["UTF-16 without a mark", "n\0,\0k\0i\0n\0d\0\n\0", "u.csv:1: the text has NUL characters, as UTF-16 without"],
    ["a comma behind each line", "n,kind,\n1,x,\n", "u.csv:1: column 3 has no name; expected the header n,kind, in any order"],
    ["a comma behind the rows", "n,kind\n1,x,\n", "u.csv:2: 3 cells, expected 2"],
    ["the header twice", "n,kind\nn,kind\n1,x\n", 'u.csv:2, column n: got "n", expected a whole number from 0'],
    ["a NUL in a cell", "n,kind\n1\0,x\n", 'u.csv:2, column n: got "1\\u0000"'],
  ])("%s: refused with the reason", (_, file, message) => {
    expect(() => theirs.parse(file, "u.csv")).toThrow(message);
  });
});
