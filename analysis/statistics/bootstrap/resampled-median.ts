import type { RowStatistic } from "./resample.ts";

/**
 * The median of one quantity over the rows of a resample, in the quantity's unit; type 7, as `median`. The rows are put in
 * order once, so that a replicate walks the counts and sorts nothing: that makes joint bootstraps of many phases cheap.
 * @param values the quantity of each row, in the rows' order
 */
export function resampledMedian(values: readonly number[]): RowStatistic {
  const ascending = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  return ({ rows, counts }) => {
    const [lowerRank, upperRank] = [Math.floor((rows.length + 1) / 2), Math.floor(rows.length / 2) + 1];
    let place = 0;
    let passed = counts[ascending[0] as number] as number;
    while (passed < lowerRank) {
      place += 1;
      passed += counts[ascending[place] as number] as number;
    }
    const lower = values[ascending[place] as number] as number;
    while (passed < upperRank) {
      place += 1;
      passed += counts[ascending[place] as number] as number;
    }
    return (lower + (values[ascending[place] as number] as number)) / 2;
  };
}
