/** Which conditions can be drawn as stacked tiers, and their bars as data. */
import { TIERS, type Tier } from "../../research/phases.ts";
import { ms } from "../format/numbers.ts";
import type { Interval } from "../statistics/interval.ts";
import type { ConditionSummary } from "../summarise.ts";
import type { Summary } from "../summarise-platform.ts";

export interface Segment {
  readonly tier: Tier;
  readonly mean_ms: number;
  readonly begin_ms: number;
  readonly end_ms: number;
}

export interface TierBar {
  readonly platform: string;
  readonly image: string;
  readonly mode: ConditionSummary["mode"];
  readonly n: number;
  readonly mean_ms: number;
  readonly mean_ci: Interval | null;
  /** One after the other from 0; they end at the mean of the total, since means add up. */
  readonly segments: readonly Segment[];
}

export interface TierBars {
  readonly bars: readonly TierBar[];
  /** One line a reason: which conditions of which platform are not drawn, and why. */
  readonly leftOut: readonly string[];
}

/** @throws Error that says why, when there is nothing to draw */
export function tierBars({ platforms }: Summary): TierBars {
  const bars: TierBar[] = [];
  const leftOut: string[] = [];
  for (const { label, experiments } of platforms) {
    const { conditions, warmups } = experiments.startup;
    if (conditions.length === 0) leftOut.push(`${label}: nothing but ${warmups} warm-up rows`);
    const byReason = new Map<string, string[]>();
    for (const condition of conditions) {
      const bar = tierBar(label, condition);
      if (typeof bar !== "string") bars.push(bar);
      else byReason.set(bar, [...(byReason.get(bar) ?? []), `${condition.image} ${condition.mode}`]);
    }
    for (const [reason, names] of byReason) leftOut.push(`${label} ${names.join(", ")}: ${reason}`);
  }
  if (bars.length === 0) throw new Error(`nothing to draw: ${leftOut.join("; ")}`);
  return { bars, leftOut };
}

/** A bar, or why there is none. */
function tierBar(platform: string, { image, mode, probe, n, total_ms, tiers }: ConditionSummary): TierBar | string {
  if (total_ms === null) return "no start went well and has a total";
  const segments: Segment[] = [];
  for (const tier of TIERS) {
    const summary = tiers[`${tier}_ms`];
    if (summary === null) return `the tiers can not be told apart (${probe} probe)`;
    // Means over other trials than the total's would not add up to it.
    if (summary.n !== n) return `the ${tier} tier is told apart in ${summary.n} of ${n} starts only`;
    const begin_ms = segments.at(-1)?.end_ms ?? 0;
    segments.push({ tier, mean_ms: summary.mean, begin_ms, end_ms: begin_ms + summary.mean });
  }
  return { platform, image, mode, n, mean_ms: total_ms.mean, mean_ci: total_ms.mean_ci, segments };
}

/** The total and the tier that is too thin to be read off. */
export const barLabels = ({ mean_ms, segments }: TierBar): { readonly total: string; readonly process: string } => ({
  total: `${ms(mean_ms)} ms`,
  process: `process ${ms(segments.find(({ tier }) => tier === "process")?.mean_ms ?? null)} ms`,
});
