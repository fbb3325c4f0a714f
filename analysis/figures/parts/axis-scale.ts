/** The scale of a horizontal axis that is laid out before it is drawn. */
import { quantile } from "../../statistics/one-sample/quantile.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { PLOT_WIDTH_PX } from "./theme.ts";

export interface AxisScale {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
}

/** Values that are further apart than this share a logarithmic axis, where a linear one would crush the small. */
const LOG_FROM_RATIO = 20;
/** Within so short a stretch of a logarithmic axis round numbers at even distances are more. */
const FEWEST_TICKS = 3;
/** Labels of four digits beside one another in a column. */
const MOST_TICKS = 8;
/** Of the width, on either side. */
const MARGIN = 0.02;

/** From the least to the greatest value with a small margin; it need not begin at 0, as no length is to be compared. */
export function axisScale(values: readonly number[], logFromRatio = LOG_FROM_RATIO): AxisScale {
  const [least, most] = extentOf(values);
  if (least > 0 && most / least > logFromRatio) {
    const margin = Math.exp(MARGIN * Math.log(most / least));
    return { type: "log", domain: [least / margin, most * margin] };
  }
  const margin = MARGIN * (most - least) || Math.abs(most) * MARGIN || 1;
  return { type: "linear", domain: [least - margin, most + margin] };
}

/**
 * What a scale has to show: every value, or all but a few that would take more than half of the width between them and the
 * others; those are named at its ends. Far is beyond Tukey's outer fences, three times the distance of the quartiles.
 * @param samples each with at least a value
 */
export function central(samples: readonly (readonly number[])[], logFromRatio = LOG_FROM_RATIO): readonly number[] {
  const all = samples.flat();
  const near = samples.flatMap((sample) => withinFences(sample));
  const [low, high] = extentOf(near);
  const logarithmic = axisScale(near, logFromRatio).type === "log" && extentOf(all)[0] > 0;
  const at = logarithmic ? Math.log : (value: number): number => value;
  const [least, most] = extentOf(all);
  const width = at(most) - at(least);
  const from = at(low) - at(least) > MOST_FOR_FAR * width ? low : least;
  const to = at(most) - at(high) > MOST_FOR_FAR * width ? high : most;
  const shown = all.filter((value) => value >= from && value <= to);
  return all.length - shown.length > MOST_FAR * all.length ? all : shown;
}

/** Of the width, for what is far. */
const MOST_FOR_FAR = 0.5;
/** Of the values: more are no outliers. */
const MOST_FAR = 0.1;
const OUTER_FENCE = 3;

/** @returns values not beyond Tukey's outer fences @param values not empty */
export function withinFences(values: readonly number[]): number[] {
  const samples = sortedSamples(values);
  const [q25, q75] = [quantile(samples, 0.25), quantile(samples, 0.75)];
  const reach = OUTER_FENCE * (q75 - q25);
  return values.filter((value) => value >= q25 - reach && value <= q75 + reach);
}

/** From the least to the greatest of what a scale has to show. */
export const extentOf = (values: readonly number[]): readonly [number, number] => [
  values.reduce((a, b) => Math.min(a, b)),
  values.reduce((a, b) => Math.max(a, b)),
];

/** The same scale with so much room at its ends for what is written there. */
export function withRoom({ type, domain: [least, most] }: AxisScale, left_px: number, right_px: number): AxisScale {
  const [at, back] = type === "log" ? [Math.log, Math.exp] : [(x: number) => x, (x: number) => x];
  const perPx = (at(most) - at(least)) / Math.max(1, PLOT_WIDTH_PX - left_px - right_px);
  return { type, domain: [back(at(least) - left_px * perPx), back(at(most) + right_px * perPx)] };
}

/** Shares end at 100 %, where all of them are such. */
export const asShare = ({ type, domain: [least, most] }: AxisScale, values: readonly number[]): AxisScale =>
  values.every((value) => value >= 0 && value <= 100)
    ? { type, domain: [Math.max(type === "log" ? least : 0, least), 100] }
    : { type, domain: [least, most] };

/** What lies beyond a scale, for its ends: `573, 1604 ▸`, `12 up to 1604 ▸`, or nothing. */
export function beyond(
  values: readonly number[],
  [from, to]: readonly [number, number],
  text: (value: number) => string,
  [down, up]: readonly [string, string] = ["◂", "▸"],
): { readonly below: string; readonly above: string } {
  const named = (far: readonly number[], word: string): string =>
    far.length <= 3 ? far.map(text).join(", ") : `${far.length} ${word} ${text(far.at(-1) as number)}`;
  const above = values.filter((value) => value > to).sort((a, b) => a - b);
  const below = values.filter((value) => value < from).sort((a, b) => b - a);
  return {
    below: below.length === 0 ? "" : `${down} ${named(below, "down to")}`,
    above: above.length === 0 ? "" : `${named(above, "up to")} ${up}`,
  };
}

interface Clipped {
  readonly values: readonly number[];
  /** Of the median's interval. */
  readonly ends: readonly number[] | null;
}

/** In a heading: what of them lies beyond the scale, such as `3 up to 1605 ▸`, `interval: 823 ▸`. */
export function beyondInWords(
  { values, ends }: Clipped,
  within: readonly [number, number],
  text: (value: number) => string,
  arrows?: readonly [string, string],
): string[] {
  const [trials, interval] = [values, ends ?? []].map((each) => {
    const { below, above } = beyond(each, within, text, arrows);
    return [below, above].filter((part) => part !== "").join(", ");
  });
  return [...(trials ? [trials] : []), ...(interval ? [`interval: ${interval}`] : [])];
}

/** The same for Vega-Lite, which is not to make it longer. */
export const scaleOf = ({ type, domain }: AxisScale) => ({
  type,
  domain: [...domain],
  nice: false,
  ...(type === "linear" ? { zero: false } : {}),
});

/** Where a value stands, from the left end of a plot that fills the column. */
export function toPx({ type, domain: [least, most] }: AxisScale, value: number): number {
  const share = type === "log" ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
  return share * PLOT_WIDTH_PX;
}

/**
 * Round numbers where an axis has its labels, at most so many: at even distances, or on a logarithmic axis at 1, 2 and 5 of
 * every power of ten, at the powers alone where those are too many, and at even distances where they are too few.
 */
export function ticks(scale: AxisScale, most: number = MOST_TICKS): Ticks {
  const values = roundNumbers(scale, most);
  const digits = Math.max(...values.map((value) => fractionDigits(value)));
  // The ends of a scale are told to a screen reader in the same digits: one below 0.1 is not to be 0 on a logarithmic one.
  return { values, tickCount: values.length, format: `.${scale.type === "log" ? digits + 1 : digits}~f` };
}

interface Ticks {
  readonly values: number[];
  /** Otherwise a layer that says nothing of the axis brings a number along, and Vega drops every other label beyond it. */
  readonly tickCount: number;
  /** Otherwise Vega rounds to the distance of labels that it would have chosen: 4.5 to 5. */
  readonly format: string;
}

const fractionDigits = (value: number): number => {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (mantissa.split(".")[1] ?? "").length - Number(exponent));
};

function roundNumbers({ type, domain }: AxisScale, most: number): number[] {
  if (type === "log") {
    const fine = powers(domain, [1, 2, 5]);
    if (fine.length >= FEWEST_TICKS) return fine.length <= most ? fine : powers(domain, [1]);
  }
  return evenSteps(domain, most);
}

function powers([least, most]: readonly [number, number], factors: readonly number[]): number[] {
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const exponents = Array.from({ length: last - first + 1 }, (_, place) => first + place);
  return exponents
    .flatMap((exponent) => factors.map((factor) => Number(`${factor}e${exponent}`)))
    .filter((at) => at >= least && at <= most);
}

function evenSteps([least, most]: readonly [number, number], count: number): number[] {
  const exponent = Math.floor(Math.log10((most - least) / count));
  // Fours where fives meet but one: a stretch of five twos or more has two fours at least.
  for (const factor of [1, 2, 5, 4, 10, 20]) {
    const step = Number(`${factor}e${exponent}`);
    const [first, last] = [Math.ceil(least / step), Math.floor(most / step)];
    // A multiple of a decimal fraction has superfluous digits; fixed notation drops them.
    const values = Array.from({ length: last - first + 1 }, (_, place) =>
      Number(((first + place) * step).toFixed(Math.max(0, -exponent))),
    );
    if (values.length > 1 && values.length <= count) return values;
  }
  return [];
}

/** Where a column's name is too short for who has not read the tables. */
const METRIC_NAMES: Readonly<Record<string, string>> = {
  "cli before": "docker before",
  "cli after": "docker after",
  cpus: "processor time",
  median: "median round trip of a trial",
  pss: "proportional set size",
  sharing: "shared",
  "stats mib": "memory in docker stats",
  "since intended": "time since the intended moment",
  "avg rtt": "average round trip of a trial",
  copyup: "difference of two runs",
  "total mem": "memory",
  "to first byte": "time to the first byte",
  "to end": "time until removal",
};

/** `startup_ms` → `startup`: the unit is shown separately. */
export function metricName(metric: string): string {
  const name = metric.replace(/_(ns|us|ms|s|pct|mbps|mb|bytes)$/, "").replaceAll("_", " ");
  return METRIC_NAMES[name] ?? name;
}

const BETTER = { lower: "; lower is better", higher: "; higher is better" } as const;

/** `startup_ms` in ms → `startup (ms; lower is better)`. */
export const axisTitle = (metric: string, unit: string, { type }: AxisScale, better: keyof typeof BETTER | null): string =>
  `${metricName(metric)} (${unit}${type === "log" ? ", log scale" : ""}${better === null ? "" : BETTER[better]})`;
