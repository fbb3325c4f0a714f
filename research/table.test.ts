import { describe, expect, it } from "vitest";
import { count, defineTable, flag, ns, oneOf, optional, TableError, text, unixTimeNs } from "./table.ts";
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
      new TableError(`t.csv:3, column ${column}: got ${JSON.stringify(cell)}, expected ${expected}`),
    );
  });

  it("counts lines, not records, when a cell holds a line end", () => {
    const broken = `${write({ ...row, name: "a\nb" })}1,abc,q,true,,5\n`;
    expect(() => table.parse(broken, "t.csv")).toThrow("t.csv:4, column kind");
  });

  it.each([
    ["a row cut off in the middle", (good: string) => good.slice(0, -4), "t.csv:2: the last row is cut off"],
    ["a row with a cell too few", (good: string) => `${good}1,abc,x\n`, "t.csv:3: 3 cells, expected 6"],
    ["a row with a cell too many", (good: string) => `${good}1,abc,x,true,,5,6\n`, "t.csv:3: 7 cells, expected 6"],
    [
      "a header of another table",
      (good: string) => good.replace("kind", "sort"),
      't.csv:1, column 3: got "sort", expected the header kind',
    ],
    ["an unknown column", (good: string) => good.replace("when\n", "when,more\n"), 't.csv:1: unknown column "more"'],
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
