/**
 * A part that takes longer than the whole: what a condition does, another does, too, and more beside. Where it is the other way
 * round, conditions or columns were mistaken for each other.
 *
 * The interval of the ratio part / whole (Hodges-Lehmann of logarithms) lies above {@link BEYOND}: what is as long as the whole,
 * because the rest is nothing, is not called so. Its confidence grows with the number k of such pairs, 1 − 0.01 / k.
 */
import { ratio } from "../statistics/effects/ratio.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { evenlySpread } from "./evenly-spread.ts";
import { type Finding, rounded } from "./finding.ts";
import { LEVELS } from "./levels.ts";

const BEYOND = 1.25;

interface Nested {
  readonly experiment: string;
  /** Whether one is a part of the other: for certain, whatever engine and runtime were measured. */
  readonly isPart: (part: Measurement, whole: Measurement) => boolean;
}

const PROCESSES: readonly (string | undefined)[] = ["exec", "unshare"];

const NESTED: readonly Nested[] = [
  {
    experiment: "ladder",
    // An engine may run containers by another runtime than the rungs below it, and `docker` be another program.
    isPart: (part, whole) =>
      part.metric === "to_first_byte_ms" &&
      part.metric === whole.metric &&
      ((part.factors.rung === "exec" && whole.factors.rung === "unshare") ||
        (PROCESSES.includes(part.factors.rung) && !PROCESSES.includes(whole.factors.rung))),
  },
  {
    experiment: "namespaces",
    isPart: (part, whole) =>
      part.metric === "clone_us" &&
      part.metric === whole.metric &&
      part !== whole &&
      (part.factors.namespace === "none" || whole.factors.namespace === "all"),
  },
  {
    experiment: "copy-up",
    isPart: (part, whole) =>
      part.metric === "second_write_ms" &&
      whole.metric === "first_write_ms" &&
      part.factors.storage === "layer" &&
      part.condition === whole.condition,
  },
];

export function partLonger(measurements: readonly Measurement[]): Finding[] {
  const pairs = NESTED.map(({ experiment, isPart }) => {
    const own = measurements.filter((each) => each.experiment === experiment && each.values.every((value) => value > 0));
    return own.flatMap((part) => own.flatMap((whole) => (isPart(part, whole) ? [[part, whole] as const] : [])));
  });
  const confidence = 1 - LEVELS.partLonger / Math.max(1, pairs.flat().length);
  return pairs.flatMap((ofExperiment): Finding[] => {
    const longer = ofExperiment.flatMap(([part, whole]) => compared(part, whole, confidence) ?? []);
    const [first] = longer;
    if (first === undefined) return [];
    const { experiment, metric } = first.part;
    return [
      {
        detector: "part-longer",
        severity: "caution",
        ...{ experiment, metric, condition: [...new Set(longer.map(({ part }) => part.condition))].join(", ") },
        summary: `${experiment} ${metric}: a part takes longer than the whole, as if conditions or columns were mistaken for each other`,
        evidence: longer
          .map(
            ({ part, whole, times, interval }) =>
              `${named(part, whole)} / ${named(whole, part)} = ${rounded(times)}, ${rounded(100 * confidence)} % CI ${rounded(interval[0])} to ${rounded(interval[1])}`,
          )
          .join("; "),
        remedy: "use the file as it was measured; where it was measured so, find out what the whole left out",
        rows: [],
        numbers: { ratio: first.times, ratio_lo: first.interval[0], ratio_hi: first.interval[1] },
      },
    ];
  });
}

const named = ({ condition, metric }: Measurement, other: Measurement): string =>
  metric === other.metric ? condition : `${condition} ${metric}`;

interface Longer {
  readonly part: Measurement;
  readonly whole: Measurement;
  readonly times: number;
  readonly interval: readonly [number, number];
}

function compared(part: Measurement, whole: Measurement, confidence: number): Longer | undefined {
  if (part.values.length === 0 || whole.values.length === 0) return undefined;
  const [a, b] = [evenlySpread(part.values), evenlySpread(whole.values)];
  const { ratio: times, interval } = ratio(a, b, confidence);
  return interval === null || interval[0] <= BEYOND ? undefined : { part, whole, times, interval };
}
