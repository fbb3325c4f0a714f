import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { TABLE_VERSION } from "../csv/cells.ts";
import { TABLES } from "./catalogue.ts";

/** An excerpt of each file as version 1 wrote it. Never regenerate it: people have files with these columns in this order. */
const folder = new URL("../fixtures/version-1/", import.meta.url);
const old = (name: string): string => readFileSync(new URL(`${name}.csv`, folder), "utf8");
const columnsOf = (name: string): string[] => old(name).slice(0, old(name).indexOf("\n")).split(",");

const kept = readdirSync(folder);
/** A table that came later has no file of version 1. */
const first = TABLES.filter(({ name }) => kept.includes(`${name}.csv`));

test("each is of a table that exists", () => {
  expect(kept.sort()).toEqual(first.map(({ name }) => `${name}.csv`).sort());
});

describe.each(first.map((table) => [table.name, table] as const))("%s.csv of version 1", (name, table) => {
  const later = Object.entries(table.columns).filter(([, { since }]) => since !== undefined);

  test("is read to the last row, and what came later is null in each", () => {
    const rows: readonly object[] = table.parse(old(name), name);
    expect(rows).toHaveLength(old(name).trimEnd().split("\n").length - 1);
    const lacking = Object.fromEntries(later.map(([column]) => [column, null]));
    for (const row of rows) expect(row).toMatchObject(lacking);
  });

  test("has all columns that do not say since when they exist, and no other", () => {
    const first = Object.keys(table.columns).filter((column) => !later.some(([other]) => other === column));
    expect(first.sort()).toEqual(columnsOf(name).sort());
  });

  test("may have its columns in any order", () => {
    const turned = old(name)
      .trimEnd()
      .split("\n")
      .map((line) => line.split(",").reverse().join(","));
    expect(table.parse(`${turned.join("\n")}\n`, name)).toEqual(table.parse(old(name), name));
  });

  test("lacks only what a version since brought", () => {
    for (const [, { since }] of later) {
      expect(since).toBeGreaterThan(1);
      expect(since).toBeLessThanOrEqual(TABLE_VERSION);
    }
  });
});
