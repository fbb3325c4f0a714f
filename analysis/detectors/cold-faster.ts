/**
 * Cold starts that are faster than warm ones: whatever was done to the caches, something else was measured.
 *
 * For conditions that differ in the factor `mode` alone, the interval of the ratio cold / warm (Hodges-Lehmann of
 * logarithms) lies below 1, or above it where more is better. Its confidence grows with the number k of such pairs on the
 * platform, 1 − 0.01 / k, so that of two hundred platforms with equal conditions one is called so, or fewer.
 */

import { ratio } from "../statistics/effects/ratio.ts";
import type { Measurement } from "../subjects/measurement.ts";
import { byMetric } from "./by-metric.ts";
import { evenlySpread } from "./evenly-spread.ts";
import { type Finding, rounded } from "./finding.ts";
import { LEVELS } from "./levels.ts";

export function coldFasterThanWarm(measurements: readonly Measurement[]): Finding[] {
  const families = byMetric(measurements).map(pairsOf);
  const confidence = 1 - LEVELS.coldFaster / families.reduce((sum, pairs) => sum + pairs.length, 0);
  return families.flatMap((pairs): Finding[] => {
    const faster = pairs.flatMap((pair) => comparison(pair, confidence) ?? []);
    if (faster.length === 0) return [];
    const [{ cold, ratio, interval }] = faster as [Comparison];
    const { experiment, metric } = cold;
    return [
      {
        detector: "cold-faster-than-warm",
        severity: "defect",
        ...{ experiment, metric, condition: faster.map((each) => each.cold.condition).join(", ") },
        summary: `${experiment} ${metric}: cold is better than warm, so something other than the cache differs between them`,
        evidence: faster
          .map(
            (each) =>
              `${each.cold.condition} / ${each.warm.condition} = ${rounded(each.ratio)}, ${rounded(100 * confidence)} % CI ${rounded(each.interval[0])} to ${rounded(each.interval[1])}`,
          )
          .join("; "),
        remedy:
          "show that the caches were cold in each cold trial, and interleave cold and warm: measured one after the other, drift or a warm-up looks like an effect of the cache",
        rows: [],
        numbers: { ratio, ratio_lo: interval[0], ratio_hi: interval[1] },
      },
    ];
  });
}

interface Pair {
  readonly cold: Measurement;
  readonly warm: Measurement;
}

function pairsOf(family: readonly Measurement[]): Pair[] {
  const warm = new Map(family.flatMap((each) => (each.factors.mode === "warm" ? [[apartFromMode(each), each] as const] : [])));
  return family.flatMap((cold) => {
    const same = cold.factors.mode === "cold" ? warm.get(apartFromMode(cold)) : undefined;
    return same === undefined ? [] : [{ cold, warm: same }];
  });
}

interface Comparison extends Pair {
  readonly ratio: number;
  readonly interval: readonly [number, number];
}

function comparison({ cold, warm }: Pair, confidence: number): Comparison | null {
  if (cold.better === null) return null;
  if (cold.values.length === 0 || warm.values.length === 0) return null;
  const [a, b] = [evenlySpread(cold.values), evenlySpread(warm.values)];
  if ((a[0] as number) <= 0 || (b[0] as number) <= 0) return null;
  const { ratio: estimate, interval } = ratio(a, b, confidence);
  if (interval === null || (cold.better === "lower" ? interval[1] >= 1 : interval[0] <= 1)) return null;
  return { cold, warm, ratio: estimate, interval };
}

const apartFromMode = ({ factors }: Measurement): string => JSON.stringify({ ...factors, mode: null });
