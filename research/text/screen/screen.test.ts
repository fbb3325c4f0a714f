import fc from "fast-check";
import width from "string-width";
import { describe, expect, it, test } from "vitest";
import { sentence } from "../sentence.ts";
import { cut, hanging, shortened, wrapped } from "./fit.ts";
import { folded, foldedFor } from "./folded.ts";
import { asManyAsFit, atMost, linesOf, renderScreen } from "./screen.ts";
import { fitted, type ScreenColumn } from "./table.ts";
import { shown, terminalOf } from "./terminal.ts";

describe("the terminal", () => {
  const of = (env: Record<string, string>, isTTY = false, columns?: number) => terminalOf({ isTTY, columns, env });
  test.each([
    [{}, 80],
    [{ COLUMNS: "100" }, 100],
    [{ COLUMNS: "wide" }, 80],
    [{ COLUMNS: "5" }, 40],
    [{ COLUMNS: "1000" }, 120],
  ])("a pipe with %j has %i columns", (env, columns) => expect(of(env).columns).toBe(columns));
  it("has its own columns", () => expect(of({ COLUMNS: "90" }, true, 100).columns).toBe(100));
  it("is as wide as its window for tables of which nothing is left out", () => {
    expect([of({ COLUMNS: "1000" }), of({}, true, 200), of({ COLUMNS: "5" })].map(({ window }) => window)).toEqual([
      1000, 200, 40,
    ]);
    expect(of({}, true, 200).columns).toBe(120);
  });
  test.each([
    [{}, 40],
    [{ LINES: "36" }, 36],
    [{ LINES: "many" }, 40],
    [{ LINES: "5" }, 34],
    [{ LINES: "1000" }, 40],
  ])("a screen with %j has at most %i lines", (env, lines) => expect(of(env, true, 80).lines).toBe(lines));
  it("shows no colour in a pipe, with NO_COLOR, or where it is dumb", () => {
    expect([of({}), of({ NO_COLOR: "1" }, true, 80), of({ TERM: "dumb" }, true, 80)].map(({ colour }) => colour)).toEqual([
      ...[false, false, false],
    ]);
    expect(of({}, true, 80).colour).toBe(true);
  });
  test.each([
    [{ LANG: "C.UTF-8" }, true],
    [{ LANG: "de_DE.utf8" }, true],
    [{ LANG: "C.UTF-8", LC_ALL: "C" }, false],
    [{ LANG: "de_DE.ISO-8859-1" }, false],
    [{}, false],
  ])("with %j characters beyond ASCII are %s", (env, unicode) => expect(of(env).unicode).toBe(unicode));
});

describe("text that fits", () => {
  test("a long name keeps its beginning and its end", () => {
    expect(shortened("debian12-docker20-suite", 15)).toBe("debian1…0-suite");
    expect(shortened("short", 15)).toBe("short");
    expect(shortened("漢字漢字漢字", 7)).toBe("漢…字漢".slice(0, 3));
  });
  test("lines break at blanks, and words longer than a line anywhere", () => {
    expect(wrapped("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrapped("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
    expect(wrapped("a ratio (95 % CI 1 to 2), 3 ms, 5 sessions", 11)).toEqual([
      "a ratio",
      "(95 % CI 1",
      "to 2),",
      "3 ms, 5",
      "sessions",
    ]);
    expect(wrapped("12 %", 3)).toEqual(["12 ", "%"]);
    expect(hanging("! ", "one two three four", 9, 2)).toEqual(["! one two", "  three…"]);
  });
  test("nothing is wider than it may be", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 30 }), (text, columns) => {
        const lines = [shortened(text, columns), cut(text, columns), ...wrapped(text, columns)];
        return lines.every((line) => width(line) <= columns);
      }),
    );
  });
  test("a terminal of ASCII alone sees nothing else, as wide as it was", () => {
    const drawn = "small 1.42× 0.7–0.8 ▒▒██▏ … “x” ✓";
    const ascii = shown(drawn, { unicode: false });
    expect(ascii).toBe('small 1.42x 0.7-0.8 ::##| ~ "x" +');
    expect(shown(drawn, { unicode: true })).toBe(drawn);
  });
});

describe("a table that fits", () => {
  const columns: ScreenColumn[] = [
    { title: "name", align: "left", least: 8 },
    { title: "median ms", align: "right" },
    { title: "95 % CI", align: "right", drop: 2 },
    { title: "n", align: "right", drop: 1 },
    { title: (room) => "-".repeat(room), align: "left", fills: [10, 20], drop: 3 },
  ];
  const rows = [["a-rather-long-name-of-a-platform", "245", "228–260", "50", (room: number) => "█".repeat(room)]];
  test("all of it where there is room", () => {
    expect(fitted(columns, rows, 100)).toEqual([
      "  name                              median ms  95 % CI   n  --------------------",
      "  a-rather-long-name-of-a-platform        245  228–260  50  ████████████████████",
    ]);
  });
  test("names shorten first, then columns drop in their order", () => {
    expect(fitted(columns, rows, 60)[1]).toBe("  a-rather-lo…a-platform        245  228–260  50  ██████████");
    expect(fitted(columns, rows, 42)).toEqual([
      "  name      median ms  95 % CI  ----------",
      "  a-ra…orm        245  228–260  ██████████",
    ]);
    expect(fitted(columns, rows, 34)[1]).toBe("  a-ra…form        245  ██████████");
    expect(fitted(columns, rows, 22)[1]).toBe("  a-ra…form        245");
  });
});

test("a narrow column comes back where a wide one that is worth more had to go", () => {
  const columns: ScreenColumn[] = [
    { title: "phase", align: "left" },
    { title: "95 % CI", align: "right", drop: 1 },
    { title: "what happens", align: "left", fills: [38, 64], drop: 2 },
  ];
  const rows = [["network hook", "50.8–52.9", "dockerd runs again"]];
  expect(fitted(columns, rows, 60)[1]).toBe("  network hook  dockerd runs again");
  expect(fitted(columns, rows, 40)[1]).toBe("  network hook  50.8–52.9");
});

test("of two columns that say nothing without each other neither stands alone", () => {
  const columns: ScreenColumn[] = [
    { title: "condition", align: "left" },
    { title: "one ms", align: "right", drop: 1 },
    { title: "other ms", align: "right", drop: 1 },
  ];
  expect(fitted(columns, [["small warm", "183", "200"]], 22)).toEqual(["  condition", "  small warm"]);
});

describe("a line of progress or of a warning", () => {
  const warning = "  warning: the machine is busy (1.6 of 2 CPUs in use). Stop other work, or wait.";
  const at = (isTTY: boolean, columns?: number) => ({ isTTY, columns, env: { LC_ALL: "C.UTF-8" } });
  test("breaks between words on a terminal, and is as deep as it began", () => {
    expect(folded(warning, at(true, 50)).split("\n")).toEqual([
      "  warning: the machine is busy (1.6 of 2 CPUs in",
      "    use). Stop other work, or wait.",
    ]);
    expect(folded(`complete: /${"a".repeat(60)}/results/x\nnext`, at(true, 50)).split("\n")).toEqual([
      "complete:",
      `  /${"a".repeat(60)}/results/x`,
      "next",
    ]);
  });
  test("is one line in a log, whatever COLUMNS says", () => {
    expect(folded(warning, { ...at(false), env: { COLUMNS: "50" } })).toBe(warning);
  });
  test("is folded in a pipe, too, where it is what was asked for", () => {
    const pipe = terminalOf({ ...at(false), env: { COLUMNS: "50", LC_ALL: "C.UTF-8" } });
    expect(foldedFor(warning, pipe)).toBe(folded(warning, at(true, 50)));
  });
  test("a remedy is a sentence, unless it begins with what is typed", () => {
    expect(sentence("add a session: tierbench run pull --append")).toBe("Add a session: tierbench run pull --append");
    expect(["stop other work", "read `cold` as the first.", "`x` is", "images[].executes says"].map(sentence)).toEqual([
      ...["Stop other work.", "Read `cold` as the first.", "`x` is.", "images[].executes says."],
    ]);
  });
});

test("a screen has a line between its sections, and no line is too wide", () => {
  const terminal = { columns: 40, lines: 40, unicode: true, colour: false };
  expect(renderScreen([["a"], [], ["b".repeat(50)]], terminal)).toBe(`a\n\n${"b".repeat(39)}…\n`);
  expect(linesOf([["a"], [], ["b", "c"]])).toBe(4);
  expect(atMost(["a", "b", "c"], 2, (left) => `${left} more`)).toEqual(["a", "2 more"]);
});

test("of several parts whole ones are shown, and the others counted", () => {
  const parts = ["+12.0 hook", "−3.00 cgroups", "+1.00 exec"];
  expect(asManyAsFit(parts, 80)).toBe("+12.0 hook · −3.00 cgroups · +1.00 exec");
  expect(asManyAsFit(parts, 31)).toBe("+12.0 hook · −3.00 cgroups (+1)");
  expect(asManyAsFit(parts, 30)).toBe("+12.0 hook (+2)");
  expect(asManyAsFit(parts, 30, 2)).toBe("+12.0 hook · −3.00 cgroups · +1.00 exec");
  expect(asManyAsFit(parts, 12, 2)).toBe("+12.0 hook (+2)");
  expect(asManyAsFit([], 30)).toBe("");
});
