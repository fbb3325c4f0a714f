import { expect, test } from "vitest";
import type { AnyRow } from "../../research/tables/catalogue.ts";
import { copyUpTable } from "../../research/tables/copy-up.ts";
import { networkTable } from "../../research/tables/network.ts";
import { studyDimensionsTable } from "../../research/tables/study/dimensions.ts";
import { copiedRows } from "./copied-rows.ts";

const twice = (table: Parameters<typeof copiedRows>[0], row: object): boolean => {
  const isCopy = copiedRows(table);
  isCopy(row as AnyRow, true);
  return isCopy(row as AnyRow, true);
};

test("no two trials have all times in common, by a clock that tells nanoseconds", () => {
  const row = { first_write_ns: 1042, second_write_ns: 792, empty_ns: 1166 };
  expect(twice(copyUpTable, { ...row, clock: "kernel" })).toBe(true);
  // Marks of one piece, as the client read them, by a clock of 24 MHz.
  expect(twice(copyUpTable, { ...row, clock: "client" })).toBe(false);
});

test("of one exchange all times are one", () => {
  const one = Object.fromEntries(["min", "median", "p90", "p99", "max", "sum"].map((name) => [`${name}_ns`, 9542]));
  expect(twice(networkTable, { ...one, clock: "kernel", series_ns: 14_000 })).toBe(false);
});

test("two long times are as good as three, of one alone nothing is known", () => {
  const row = { wall_ns: 576_063_004, baseline_ns: 267_575_641 };
  expect(twice(studyDimensionsTable, row)).toBe(true);
  expect(twice(studyDimensionsTable, { ...row, baseline_ns: null })).toBe(false);
  expect(twice(studyDimensionsTable, { wall_ns: 57_606_304, baseline_ns: 26_757_541 })).toBe(false);
  expect(twice(studyDimensionsTable, { wall_ns: 576_063_000, baseline_ns: 267_575_000 })).toBe(false);
});
