import { expect, test } from "vitest";
import { captionOf, drawn, panelsOf, rowsWith } from "../../testing/drawn.ts";
import { scaled, startupRow, WHOLE_START_MS } from "../../testing/rows.ts";
import { exampleSubjects, subjectOf } from "../../testing/subjects.ts";
import { collectionOrder } from "./collection-order.ts";

const start = (factor: number, fields: { readonly warmup?: boolean } = {}) =>
  startupRow({ ...fields, offsets_ms: scaled(WHOLE_START_MS, factor) });
const wobble = (index: number): number => 1 + ((index * 7) % 5) / 100;

test("trials and warm-ups stand at their rows of the file", () => {
  const rows = [start(9, { warmup: true }), start(1), start(3, { warmup: true }), start(1.1)];
  const drawing = drawn(collectionOrder, [subjectOf(rows)]);
  const [panel] = panelsOf(drawing);
  const points = panel?.layer.flatMap(({ data }) => data?.values ?? []).filter((row) => "warmup" in row) ?? [];
  expect(points.map(({ row, warmup }) => [row, warmup])).toEqual([
    [2, false],
    [4, false],
    [1, true],
    [3, true],
  ]);
  expect(points[2]?.value).toBeCloseTo(900, 6);
  expect(captionOf(drawing)).toContain("Hollow: warm-ups");
});

test("where the level changes a new stretch begins, with its median and interval", () => {
  const rows = Array.from({ length: 40 }, (_, index) => start((index < 25 ? 1 : 2) * wobble(index)));
  const drawing = drawn(collectionOrder, [subjectOf(rows)]);
  const stretches = rowsWith(panelsOf(drawing)[0], "median");
  expect(stretches.map(({ from, to }) => [from, to])).toEqual([
    [1, 25],
    [26, 40],
  ]);
  expect(stretches[0]?.median).toBeCloseTo(102, 6);
  expect(stretches[1]?.median).toBeCloseTo(204, 6);
  expect(drawing.tables[0]?.rows[0]?.at(-1)).toBe("row 26: 102 to 204");
});

test("without warm-ups none are spoken of", () => {
  expect(captionOf(drawn(collectionOrder, exampleSubjects()))).not.toContain("Hollow");
});

test("a logarithmic axis says that it is one", () => {
  const even = Array.from({ length: 12 }, (_, index) => start(wobble(index)));
  const titleOf = (rows: typeof even) =>
    String(rowsWith(panelsOf(drawn(collectionOrder, [subjectOf(rows)]))[0], "heading")[0]?.heading).replace(/ [†!]+$/, "");
  expect(titleOf(even)).toBe("small warm (ms)");
  expect(titleOf([...even, ...even.map((_, index) => start(9 * wobble(index)))])).toBe("small warm (ms, log)");
});
