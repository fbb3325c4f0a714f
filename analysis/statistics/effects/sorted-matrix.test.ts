import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortedSamples } from "../sorted-samples.ts";
import { kthSmallest, medianValue, type SortedMatrix } from "./sorted-matrix.ts";

const anyFinite = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 12 }).map(sortedSamples);

/** Every value of the table, written down and sorted: what the selection must do without. */
function writtenDown({ rows, columns, firstColumn, value }: SortedMatrix): readonly number[] {
  const values: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = firstColumn(row); column < columns; column += 1) values.push(value(row, column));
  }
  return sortedSamples(values);
}

function expectSelected(matrix: SortedMatrix): void {
  const values = writtenDown(matrix);
  // + 0 makes −0 into 0
  expect(values.map((_, index) => kthSmallest(matrix, index + 1) + 0)).toEqual(values.map((value) => value + 0));
  const half = values.length / 2;
  const middle = [values[Math.ceil(half) - 1] as number, values[Math.floor(half)] as number] as const;
  expect(medianValue(matrix, values.length)).toBeCloseTo((middle[0] + middle[1]) / 2, 9);
}

describe("selection from a sorted table", () => {
  test("finds every order of the differences of two samples", () => {
    fc.assert(
      fc.property(anyFinite, anyFinite, (a, b) => {
        const value = (row: number, column: number) => (a[row] as number) - (b[b.length - 1 - column] as number);
        expectSelected({ rows: a.length, columns: b.length, firstColumn: () => 0, value });
      }),
    );
  });

  test("finds every order of the Walsh averages of a sample", () => {
    fc.assert(
      fc.property(anyFinite, (d) => {
        const value = (row: number, column: number) => ((d[row] as number) + (d[column] as number)) / 2;
        expectSelected({ rows: d.length, columns: d.length, firstColumn: (row) => row, value });
      }),
    );
  });

  test("ends for values as far apart as numbers go", () => {
    const a = sortedSamples([-1e308, -5e-324, 0, 5e-324, 1e308]);
    const value = (row: number, column: number) => (a[row] as number) - (a[a.length - 1 - column] as number);
    const average = (row: number, column: number) => (a[row] as number) / 2 + (a[column] as number) / 2;
    expectSelected({ rows: 5, columns: 5, firstColumn: (row) => row, value: average });
    expect(kthSmallest({ rows: 5, columns: 5, firstColumn: () => 0, value }, 1)).toBe(Number.NEGATIVE_INFINITY);
    expect(kthSmallest({ rows: 5, columns: 5, firstColumn: () => 0, value }, 13)).toBe(0);
  });
});
