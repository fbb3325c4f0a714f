/** Whole numbers in the page's data, in two thirds of the space that JSON takes for them. */
const BASE = 36;

export const packed = (numbers: readonly number[]): string => numbers.map((number) => number.toString(BASE)).join(" ");

export const unpacked = (text: string): number[] => text.split(" ").map((number) => Number.parseInt(number, BASE));
