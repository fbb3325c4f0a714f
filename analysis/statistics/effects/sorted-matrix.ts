/** A table that is never written down: its values ascend along every row and down every column. */
export interface SortedMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Where a row begins: 0 for a full table, the row itself for the upper triangle. */
  readonly firstColumn: (row: number) => number;
  readonly value: (row: number, column: number) => number;
}

/**
 * The k-th smallest value of the table, k from 1, exactly. It halves the range of values, counts in O(rows + columns) how
 * many lie in the lower half, and draws the range in to values that occur; Johnson and Mizoguchi ("Selecting the Kth
 * element in X + Y and X₁ + X₂ + … + Xₘ", SIAM J. Comput. 7(2), 1978) count the same way and halve the number of values.
 */
export function kthSmallest(matrix: SortedMatrix, k: number): number {
  let lo = matrix.value(0, matrix.firstColumn(0));
  let hi = matrix.value(matrix.rows - 1, matrix.columns - 1);
  while (lo < hi) {
    const middle = lo + (hi - lo) / 2;
    const { notAbove, largestNotAbove, smallestAbove } = partition(matrix, lo <= middle && middle < hi ? middle : lo);
    if (notAbove >= k) hi = largestNotAbove;
    else lo = smallestAbove;
  }
  return lo;
}

/** The middle value of a table of this many values, or the mean of the middle two. */
export function medianValue(matrix: SortedMatrix, size: number): number {
  const lower = kthSmallest(matrix, Math.ceil(size / 2));
  if (size % 2 === 1) return lower;
  const { notAbove, smallestAbove } = partition(matrix, lower);
  return notAbove > size / 2 ? lower : (lower + smallestAbove) / 2;
}

interface Partition {
  readonly notAbove: number;
  readonly largestNotAbove: number;
  readonly smallestAbove: number;
}

/** Walks the staircase between the values up to the pivot and those above it. */
function partition({ rows, columns, firstColumn, value }: SortedMatrix, pivot: number): Partition {
  let [notAbove, largestNotAbove, smallestAbove] = [0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let step = columns;
  for (let row = 0; row < rows; row += 1) {
    const first = firstColumn(row);
    while (step > first && value(row, step - 1) > pivot) step -= 1;
    const above = Math.max(step, first);
    notAbove += above - first;
    if (above > first) largestNotAbove = Math.max(largestNotAbove, value(row, above - 1));
    if (above < columns) smallestAbove = Math.min(smallestAbove, value(row, above));
  }
  return { notAbove, largestNotAbove, smallestAbove };
}
