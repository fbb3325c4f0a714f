/** Shares of summed time: they add up, as the phases of every start add up to its total. */
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** In per cent; not a number when there is no time to share. */
export const sharePct = (part: number, whole: number): number => (100 * part) / whole;
