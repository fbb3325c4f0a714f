import { expect, test } from "vitest";
import type { AnyRow } from "../../research/tables/catalogue.ts";
import { session } from "../testing/rows.ts";
import { workloadCheck } from "./workload-check.ts";

/** @param cells of the rows of a session, one after the other @returns column, value and expectation of what is wrong */
function said(experiment: "metadata" | "write", workload: string | undefined, ...cells: readonly object[]): string[] {
  const planned = { name: experiment, conditions: [], iterations: 9, warmup_blocks: 0, ...(workload && { workload }) };
  const check = workloadCheck(session({ experiments: [planned] }), experiment);
  const problems: string[] = [];
  for (const row of cells)
    check?.({ outcome: "ok", write_ns: 1, ...row } as unknown as AnyRow, (column, value, _what, expected) =>
      problems.push(`${column} ${value}, ${expected}`),
    );
  return problems;
}

test("the files of a trial are as many as those of the others, and as planned", () => {
  const [some, other] = [{ files: 500 }, { files: 5_000 }];
  expect(said("metadata", undefined, some, some)).toEqual([]);
  expect(said("metadata", undefined, some, other, some)).toEqual(["files 5000, 500"]);
  expect(said("metadata", "500 files, all storages in one container", other, other)).toEqual([
    "files 5000, 500",
    "files 5000, 500",
  ]);
  // Another version measured with others.
  expect(said("metadata", "200 files", { files: 200 })).toEqual([]);
  expect(said("metadata", "as many files as there are", other)).toEqual([]);
  // What failed may not have begun.
  expect(said("metadata", undefined, some, { files: null, outcome: "failed" }, some)).toEqual([]);
});

test("so are the bytes that are written", () => {
  const words = "256 pieces of 1048576 bytes, all storages and modes in one container";
  expect(said("write", words, { bytes: 268_435_456 })).toEqual([]);
  expect(said("write", words, { bytes: 268_435_457 })).toEqual(["bytes 268435457, 268435456"]);
});
