/** Numbers for people. Rounding happens here and nowhere before. */
export { count } from "../../research/text/count.ts";

/** Stands wherever a number is missing; it is never written as 0. */
export const MISSING = "–";

const isMissing = (value: number | null): value is null => value === null || !Number.isFinite(value);

/** Milliseconds to three digits, whole from 100 on: 1421, 281, 28.1, 0.612. */
export function ms(value: number | null): string {
  if (isMissing(value)) return MISSING;
  return Math.abs(value) >= 99.95 ? value.toFixed(0) : decimal(value, 3);
}

/** Per cent with one decimal, below 1 with two digits: 68.3, 0.22. */
export function pct(value: number | null): string {
  if (isMissing(value)) return MISSING;
  return Math.abs(value) >= 0.95 ? value.toFixed(1) : decimal(value, 2);
}

/** Per cent for a sentence: 68, 0.2. */
export function roundPct(value: number | null): string {
  if (isMissing(value)) return MISSING;
  return Math.abs(value) >= 0.95 ? value.toFixed(0) : decimal(value, 1);
}

/** `lo–hi`, with the ends as in {@link ms}; a negative end asks for words, as a dash would hide its sign. */
export function interval(ends: readonly [lo: number, hi: number] | null): string {
  if (ends === null) return MISSING;
  const [lo, hi] = ends;
  return lo < 0 ? `${ms(lo)} to ${ms(hi)}` : `${ms(lo)}–${ms(hi)}`;
}

/** Of a difference, with its sign: +12.3, −4.50. */
export const signed = (value: number): string => (value < 0 ? `−${ms(-value)}` : value > 0 ? `+${ms(value)}` : ms(0));

/** `lo–hi` of a difference; with both signs where an end is negative. */
export const signedInterval = (ends: readonly [lo: number, hi: number] | null): string =>
  ends === null || ends[0] >= 0 ? interval(ends) : `${signed(ends[0])} to ${signed(ends[1])}`;

/** `lo–hi` of a share, with the ends as in {@link pct}. @param missing what stands where there is none */
export const pctInterval = (ends: readonly [lo: number, hi: number] | null, missing = MISSING): string =>
  ends === null ? missing : `${pct(ends[0])}–${pct(ends[1])}`;

/** A ratio to three digits, or as many as are asked for: 1.42, 0.981, 12.3. */
export const factor = (value: number | null, digits = 3): string => (isMissing(value) ? MISSING : decimal(value, digits));

/** `lo–hi` of a ratio. */
export const factorInterval = ([lo, hi]: readonly [lo: number, hi: number]): string => `${factor(lo)}–${factor(hi)}`;

/** To two digits, from 0.0001 on; a p-value is never 0. */
export function pValue(value: number | null): string {
  if (isMissing(value)) return MISSING;
  return value < 0.0001 ? "<0.0001" : Number(value.toPrecision(2)).toString();
}

/** To this many significant digits, without an exponent; below a picosecond it says so. */
const decimal = (value: number, digits: number): string => {
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(digits));
  if (Math.abs(rounded) < 1e-9) return "<0.000000001";
  return rounded.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded)))));
};
