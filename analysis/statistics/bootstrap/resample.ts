/** Rows drawn for one replicate of a statistic. Overwritten by the next replicate: read it, do not keep it. */
export interface Resample {
  /** Index of each row drawn, from 0, repeats included, in the order drawn. */
  readonly rows: ArrayLike<number>;
  /** How often each row of the data was drawn, by index. */
  readonly counts: ArrayLike<number>;
}

/** Any number computed from the rows drawn; must be finite for every resample. */
export type RowStatistic = (resample: Resample) => number;

/** Which row stands at a place of the resample, both from 0; asked for each place in turn. */
export type RowAt = (place: number) => number;

export type Resampler = (size: number, rowAt: RowAt) => Resample;

/** One buffer for all resamples of at most `capacity` of `rowCount` rows, so that a replicate allocates nothing. */
export function resampler(rowCount: number, capacity = rowCount): Resampler {
  const rows = new Uint32Array(capacity);
  const counts = new Uint32Array(rowCount);
  const views: Resample[] = [];
  return (size, rowAt) => {
    counts.fill(0);
    for (let place = 0; place < size; place += 1) {
      const row = rowAt(place);
      rows[place] = row;
      counts[row] = (counts[row] as number) + 1;
    }
    views[size] ??= { rows: rows.subarray(0, size), counts };
    return views[size];
  };
}

/** The statistic of a resample given by its size and its rows, checked to be finite. */
export function resampledStatistic(
  statistic: RowStatistic,
  rowCount: number,
  capacity = rowCount,
): (size: number, rowAt: RowAt) => number {
  const resample = resampler(rowCount, capacity);
  return (size: number, rowAt: RowAt): number => requireFiniteStatistic(statistic(resample(size, rowAt)));
}

/** @throws RangeError for NaN and infinities: a statistic must exist for every resample, or its distribution does not. */
export function requireFiniteStatistic(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`the statistic of a resample is not a finite number: ${value}`);
  return value;
}

/** Every row once. */
export const everyRow: RowAt = (place) => place;

/** Every row but `length` of them from `first` on. */
export const rowsWithout =
  (first: number, length = 1): RowAt =>
  (place) =>
    place < first ? place : place + length;
