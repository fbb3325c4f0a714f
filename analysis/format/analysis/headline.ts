/** One sentence a platform, to be repeated. */

import { count, interval, ms, pct, roundPct } from "../../samples/numbers.ts";
import { byModeAndSize } from "../../subjects/condition-order.ts";
import type { ConditionSummary } from "../../summaries/summarise.ts";
import type { PlatformSummary, StudySummary } from "../../summaries/summarise-platform.ts";
import { code, type Inline } from "../document/document.ts";

/** Of a warm start of the smallest image that there is, the same of every platform that has it: the median, its interval, the tiers' shares, and the largest phase. */
export function headline({ label, experiments, measured }: PlatformSummary): Inline {
  const { conditions, warmups, rows } = experiments.startup;
  if (rows === 0) return measuredHeadline({ label, experiments: measured });
  const [condition] = conditions.filter(({ n }) => n > 0).sort(byModeAndSize);
  if (condition?.total_ms) {
    const { median, median_ci } = condition.total_ms;
    return [
      `${label}: starting `,
      code(condition.image),
      ` ${condition.mode} takes ${ms(median)} ms (median of ${condition.n}, `,
      median_ci ? `95 % CI ${interval(median_ci)}` : "too few for a 95 % CI",
      `): ${shares(condition)}`,
      ...largestPhase(condition),
      ".",
    ];
  }
  const failed = conditions.reduce((sum, each) => sum + each.failed, 0);
  return [
    `${label}: no start to summarise; `,
    `${count(failed, "start")} failed, ${count(warmups, "row")} of warm-ups left out.`,
  ];
}

function shares({ tiers, probe }: ConditionSummary): string {
  const known = (["daemon", "runtime", "process"] as const).flatMap((tier) => {
    const summary = tiers[`${tier}_ms`];
    return summary === null ? [] : [`${tier} ${roundPct(summary.share_pct)} %`];
  });
  if (known.length === 3) return known.join(", ");
  const unknown = `with the ${probe} probe the tiers cannot${known.length === 0 ? "" : " all"} be told apart here`;
  return [...known, unknown].join(", ");
}

/** Nothing where the largest holds time of others, whose beginning was not seen: one of those may be larger. */
function largestPhase({ phases }: ConditionSummary): Inline {
  const [largest] = [...phases].sort((a, b) => b.share_pct - a.share_pct);
  if (largest === undefined || largest.encloses.length > 0) return [];
  const { phase, share_pct, share_ci } = largest;
  const ci = share_ci === null ? "" : ` (95 % CI ${pct(share_ci[0])}–${pct(share_ci[1])})`;
  return ["; the largest phase is ", code(phase), `, ${pct(share_pct)} % of the time${ci}`];
}

/** Of the first condition and metric in which something was measured. */
export function measuredHeadline({ label, experiments }: Pick<StudySummary, "label" | "experiments">): Inline {
  for (const [experiment, { conditions }] of Object.entries(experiments)) {
    for (const { condition, metrics } of conditions) {
      for (const [metric, summary] of Object.entries(metrics)) {
        if (summary === null) continue;
        const { median, median_ci, n, unit } = summary;
        return [
          `${label}: ${experiment} `,
          code(condition),
          ` has a median ${metric} of ${ms(median)} ${unit} (n = ${n}, `,
          median_ci ? `95 % CI ${interval(median_ci)}` : "too few for a 95 % CI",
          ").",
        ];
      }
    }
  }
  return [`${label}: nothing was measured.`];
}
