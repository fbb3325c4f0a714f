/** Platforms that were measured in sessions: does what is said of them hold, however much sessions differ? */
import { ratioOfMeans } from "../../../analysis/statistics/effects/ratio-of-means.ts";
import type { Interval } from "../../../analysis/statistics/interval.ts";
import { unsortedMedian } from "../../../analysis/statistics/one-sample/unsorted-median.ts";
import { holmIntervals } from "../../../analysis/statistics/sessions/holm-intervals.ts";
import { factorInterval, type LogEstimate } from "../../../analysis/statistics/sessions/log-estimate.ts";
import { pairedSessions, sessionLevel, unpairedSessions } from "../../../analysis/statistics/sessions/session-level.ts";
import { type NormalDraws, normalDraws } from "../../../analysis/testing/normal-draws.ts";

/** Standard deviation of the logarithms within a session, about 10 %. */
const WITHIN = 0.1;
const TRIALS = 10;
const CONDITIONS = 6;
const BASE = Math.log(250);

export interface Scenario {
  readonly name: string;
  /** Variance between sessions over that within, of platform a and of b. */
  readonly between: readonly [a: number, b: number];
  /** From the first trial of all to the last, in standard deviations within. */
  readonly drift: number;
  /** Interleaved: a's and b's sessions alternate, each round in random order. Contiguous: all of a, then all of b. */
  readonly interleaved: boolean;
}

const interleaved = { drift: 0, interleaved: true };
export const SCENARIOS: readonly Scenario[] = [
  { name: "τ²/σ² 0", between: [0, 0], ...interleaved },
  { name: "τ²/σ² 0.25", between: [0.25, 0.25], ...interleaved },
  { name: "τ²/σ² 1", between: [1, 1], ...interleaved },
  { name: "τ²/σ² 0.25 and 1", between: [0.25, 1], ...interleaved },
  { name: "0.25, drift of 2σ, interleaved", between: [0.25, 0.25], drift: 2, interleaved: true },
  { name: "0.25, drift of 2σ, contiguous", between: [0.25, 0.25], drift: 2, interleaved: false },
];

export const STATEMENTS = [
  "level of a",
  "factor, paired",
  "factor, Welch",
  "Holm, all of 6, paired",
  "Holm, all of 6, Welch",
] as const;

/** Share of the repetitions in which each of {@link STATEMENTS} holds the truth; `null` where there is none. */
export function sessionCoverage(scenario: Scenario, k: number, repetitions: number, seed: number): (number | null)[] {
  const normal = normalDraws(seed);
  const held = STATEMENTS.map(() => 0);
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const medians = Array.from({ length: CONDITIONS }, () => draw(scenario, k, normal));
    const [first] = medians as [Drawn];
    const paired = medians.map(({ a, b }) => pairedSessions(a.map((value, round) => [value, b[round] as number])));
    const welch = medians.map(({ a, b }) => unpairedSessions(a, b));
    const truth = BASE + (scenario.drift * WITHIN * (scenario.interleaved ? 1 : 0.5)) / 2;
    const verdicts = [
      holds(intervalOf(sessionLevel(first.a)), Math.exp(truth)),
      holds(intervalOf(paired[0] ?? null), 1),
      holds(intervalOf(welch[0] ?? null), 1),
      ...[paired, welch].map((estimates) => {
        const all = holmIntervals(estimates);
        return all.some((interval) => interval === null) ? null : all.every((interval) => holds(interval, 0));
      }),
    ];
    for (const [place, verdict] of verdicts.entries())
      if (verdict !== null) held[place] = (held[place] as number) + (verdict ? 1 : 0);
  }
  return held.map((count) => (k < 2 ? null : count / repetitions));
}

const intervalOf = (estimate: LogEstimate | null): Interval | null => estimate && factorInterval(estimate);
const holds = (interval: Interval | null, truth: number): boolean | null =>
  interval && interval[0] <= truth && truth <= interval[1];

interface Drawn {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Session medians of two platforms that are the same. */
function draw({ between, drift, interleaved }: Scenario, k: number, normal: NormalDraws): Drawn {
  const slots = Array.from({ length: 2 * k }, (_, slot) => slot);
  const ofA = slots.filter((slot) => (interleaved ? false : slot < k));
  if (interleaved) for (let round = 0; round < k; round += 1) ofA.push(2 * round + (normal() > 0 ? 1 : 0));
  const session = (slot: number, ratio: number): number => {
    const level = BASE + Math.sqrt(ratio) * WITHIN * normal();
    const trials = Array.from({ length: TRIALS }, (_, trial) => {
      const time = (slot * TRIALS + trial) / (2 * k * TRIALS - 1);
      return Math.exp(level + WITHIN * (drift * time + normal()));
    });
    return unsortedMedian(trials);
  };
  const inA = new Set(ofA);
  return {
    a: slots.filter((slot) => inA.has(slot)).map((slot) => session(slot, between[0])),
    b: slots.filter((slot) => !inA.has(slot)).map((slot) => session(slot, between[1])),
  };
}

export const SHARE_SHAPES = ["normal", "lognormal", "2 % outliers of 3×"] as const;

/** Share of a total in parts that add up: how often Fieller's interval holds the share of the means; with outliers in the part. */
export function shareCoverage(shape: (typeof SHARE_SHAPES)[number], n: number, repetitions: number, seed: number): number {
  const normal = normalDraws(seed);
  const uniform = normalDraws(seed + 1);
  // P(z > 2.0537) is 2 %.
  const spread = (middle: number): number => {
    const z = normal();
    if (shape === "lognormal") return middle * Math.exp(0.3 * z - 0.045);
    return middle * (1 + 0.1 * z) * (shape === "normal" || uniform() < 2.0537 ? 1 : 3);
  };
  const part = 60 * (shape === "2 % outliers of 3×" ? 1.04 : 1);
  let held = 0;
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const pairs = Array.from({ length: n }, (): [number, number] => {
      const [x, rest] = [spread(60), 190 * (1 + 0.1 * normal())];
      return [x, x + rest];
    });
    const interval = ratioOfMeans(pairs)?.interval ?? null;
    if (interval !== null && holds(interval, part / (part + 190)) === true) held += 1;
  }
  return held / repetitions;
}
