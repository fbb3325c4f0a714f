import width from "string-width";
import { expect, test } from "vitest";
import { dividedTable } from "./divided-table.ts";
import { besides, type Column, left, right } from "./document.ts";

const COLUMNS: readonly Column[] = [
  ...[left("condition"), left("a"), left("b"), right("n"), right("mean"), besides("95 % CI"), right("SD")],
  ...[right("median"), besides("95 % CI"), left("what helps")],
];
const HELP = "Docker 28 wires the network without a hook; --network host needs no wiring";
const row = (condition: string, a = "debian12-docker20"): string[] => [
  ...[condition, a, "debian12-docker20-suite", "50", "183.4", "176.1–189.2", "11.1", "182.7"],
  ...["174.9–193.3", HELP],
];
const ROWS = [row("small warm"), row("medium warm"), row("large cold")];

test("where there is room it is one table", () => {
  const lines = dividedTable(COLUMNS, ROWS, 3, 250);
  expect(lines).toHaveLength(2 + ROWS.length);
  expect(lines[2]).toMatch(/^ {2}small warm .* 50 .* needs no wiring$/);
});

test.each([60, 80, 100, 120])("in %i columns nothing is wider, and nothing is left out", (columns) => {
  const lines = dividedTable(COLUMNS, ROWS, 3, columns);
  expect(lines.filter((line) => width(line) > columns)).toEqual([]);
  const words = lines.join(" ").split(/[\s,.:]+/);
  for (const cell of ROWS.flat().flatMap((text) => text.split(/[\s,.:]+/))) expect(words).toContain(cell);
});

test("beside four names an interval that is wider than what they leave fits all the same", () => {
  const names = ["experiment", "metric", "first of the pair", "second of the pair"];
  const rows = ["small", "medium"].map((image) => [
    "startup",
    `total_ms of ${image}`,
    `${image} warm`,
    `${image} cold`,
    "-0.0000270 to -0.0000950",
  ]);
  const lines = dividedTable(
    [...names.map(left), right("95 % CI")],
    [...rows, ["cold-rootfs", "process_ms", "large warm", "large cold", "1"]],
    4,
    60,
  );
  expect(lines.filter((line) => width(line) > 60)).toEqual([]);
  expect(lines.join()).toContain("-0.0000270 to -0.0000950");
});

test("what all rows share is said once, and the names that tell rows apart begin every part", () => {
  const lines = dividedTable(COLUMNS, ROWS, 3, 80);
  expect(lines[0]).toBe("  In every row: a debian12-docker20, b debian12-docker20-suite.");
  const headers = lines.filter((line) => line.startsWith("  condition"));
  expect(headers).toEqual(["  condition     n   mean      95 % CI    SD  median      95 % CI", "  condition    what helps"]);
  for (const name of ["small warm", "medium warm", "large cold"])
    expect(lines.filter((line) => line.startsWith(`  ${name} `))).toHaveLength(headers.length);
  expect(dividedTable(COLUMNS, [row("small warm"), row("small warm", "other")], 3, 80)[0]).not.toContain("a debian12");
});

test("an interval stays beside its number, while there is room for both", () => {
  for (const columns of [80, 90, 100, 110, 120])
    for (const line of dividedTable(COLUMNS, [row("small warm"), row("large warm", "other")], 3, columns)) {
      expect(line.includes("mean")).toBe(/mean +95 % CI/.test(line));
      expect(line.includes("median")).toBe(/median +95 % CI/.test(line));
    }
});

test("text wraps between words, and what a person copies stays whole", () => {
  const sha256 = "33c7d6f26b0b81bd46dba25daa0b913a89d72f08dada2e1953a40bf7df57daff";
  const lines = dividedTable([left("file"), right("rows"), left("SHA-256")], [["cpu-throttling.csv", "80", sha256]], 1, 80);
  expect(lines.join("\n")).toContain(sha256);
  expect(lines).toContain("  cpu-throttling.csv    80");
  expect(dividedTable([left("what"), left("value")], [["engine", `${HELP} `.repeat(2).trim()]], 1, 80).slice(2)).toEqual([
    "  engine  Docker 28 wires the network without a hook; --network host needs no",
    "          wiring Docker 28 wires the network without a hook; --network host",
    "          needs no wiring",
  ]);
});

test("a table without rows is its titles", () => {
  expect(dividedTable([left("file"), right("rows")], [], 1, 80)).toEqual(["  file  rows", "  ----------"]);
  expect(dividedTable(COLUMNS, [], 3, 40).join("\n")).toContain("what helps");
});
