/** One sentence a platform, to be repeated. */
import { TIERS } from "../../../research/phases.ts";
import { count, interval, ms, pct, roundPct } from "../../samples/numbers.ts";
import { byModeAndSize } from "../../subjects/condition-order.ts";
import type { ConditionSummary, MetricSummary, PlatformSummary } from "../../summaries/summary.ts";
import { code, type Inline } from "../document/document.ts";
import { failuresOf, phasesOf, startFactors } from "./parts.ts";

/** Of a warm start of the smallest image that there is, the same of every platform that has it: the median, its interval, the tiers' shares, and the largest phase. */
export function headline(platform: PlatformSummary): Inline {
  const { label, conditions, tables } = platform;
  const { rows, warmups } = tables.startup ?? { rows: 0, warmups: 0 };
  if (platform.sessions === null || rows === 0) return measuredHeadline(platform);
  const starts = conditions.filter(({ experiment }) => experiment === "startup");
  const [condition] = starts
    .filter(({ metrics }) => (metrics.total_ms?.n ?? 0) > 0)
    .sort((a, b) => byModeAndSize(startFactors(a), startFactors(b)));
  if (condition?.metrics.total_ms) {
    const { n, median, median_ci, defects, sessions, intervals } = condition.metrics.total_ms;
    const { image, mode } = startFactors(condition);
    if (defects.length > 0) return [`${label}: starting `, code(image), ` ${mode}: no headline. Defect: ${defects.join("; ")}.`];
    return [
      `${label}: starting `,
      code(image),
      ` ${mode} takes ${ms(median)} ms (median of ${n}, `,
      ...[certainty(median_ci, intervals), bySessions(sessions)],
      `): ${shares(condition)}`,
      ...largestPhase(condition),
      ".",
    ];
  }
  const failed = starts.reduce((sum, each) => sum + failuresOf(each), 0);
  return [
    `${label}: no start to summarise; `,
    `${count(failed, "start")} failed, ${count(warmups, "row")} of warm-ups left out.`,
  ];
}

/** Of the trials, in these sessions. */
const certainty = (ends: MetricSummary["median_ci"], intervals: MetricSummary["intervals"]): string =>
  ends === null
    ? "too few for a 95 % CI of the trials"
    : `95 % CI of the trials ${interval(ends)}${intervals === "dependent" ? ", which depend on each other" : ""}`;

const bySessions = (sessions: MetricSummary["sessions"]): string =>
  sessions === null || sessions.median_ci === null
    ? ""
    : `; of ${sessions.sessions} sessions ${ms(sessions.median)}, 95 % CI ${interval(sessions.median_ci)}`;

function shares({ metrics, probe }: ConditionSummary): string {
  const known = TIERS.flatMap((tier) => {
    const summary = metrics[`${tier}_ms`];
    return summary?.part ? [`${tier} ${roundPct(summary.part.share_pct)} %`] : [];
  });
  if (known.length === 3) return known.join(", ");
  const unknown = `with the ${probe} probe the tiers cannot${known.length === 0 ? "" : " all"} be separated here`;
  return [...known, unknown].join(", ");
}

/** Nothing where the largest holds time of others, whose beginning was not seen: one of those may be larger. */
function largestPhase(condition: ConditionSummary): Inline {
  const [largest] = phasesOf(condition).sort((a, b) => (b.part.share_pct ?? 0) - (a.part.share_pct ?? 0));
  if (largest === undefined || largest.part.encloses.length > 0) return [];
  const { phase, share_pct, share_ci } = largest.part;
  const ci = share_ci === null ? "" : ` (95 % CI ${pct(share_ci[0])}–${pct(share_ci[1])})`;
  return ["; the largest phase is ", code(phase), `, ${pct(share_pct)} % of the time${ci}`];
}

/** Of the first condition and metric in which something was measured. */
function measuredHeadline({ label, conditions }: PlatformSummary): Inline {
  for (const { experiment, condition, metrics } of conditions) {
    for (const [metric, { median, median_ci, n, unit, defects, sessions, intervals }] of Object.entries(metrics)) {
      if (n === 0) continue;
      if (defects.length > 0)
        return [`${label}: ${experiment} `, code(condition), ` (${metric}): no headline. Defect: ${defects.join("; ")}.`];
      return [
        `${label}: ${experiment} `,
        code(condition),
        ` has a median ${metric} of ${ms(median)} ${unit} (n = ${n}, `,
        ...[certainty(median_ci, intervals), bySessions(sessions)],
        ").",
      ];
    }
  }
  return [`${label}: nothing was measured.`];
}
