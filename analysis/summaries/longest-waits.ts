/** What takes longest on the critical path of a condition's starts, whatever the phase: by cause, program and place. */
import { grouped } from "../samples/grouped.ts";
import { type ShareInterval, sharePct } from "../samples/share.ts";
import { sum } from "../statistics/sum.ts";
import { type CauseTimes, ofEachStart } from "../subjects/causes/cause-times.ts";
import type { WaitSummary } from "./summary.ts";

const MOST = 10;

/** @param totals_ms of all starts @param intervalOf share of these totals */
export function longestWaits(
  causes: readonly CauseTimes[],
  totals_ms: readonly number[],
  intervalOf: ShareInterval,
): WaitSummary[] {
  const total = sum(totals_ms);
  const waits = grouped(causes, ({ cause, program, place }) => JSON.stringify([cause, program, place]));
  return [...waits.values()]
    .map((each) => ({ each, ms: sum(each.map(({ times_ms }) => sum(times_ms))) }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, MOST)
    .map(({ each, ms }) => {
      const { cause, program, place } = each[0] as CauseTimes;
      return {
        ...{ cause, program, place, mean_ms: ms / totals_ms.length },
        share_pct: total > 0 ? sharePct(ms, total) : null,
        share_ci: intervalOf(ofEachStart(each, totals_ms.length)),
      };
    });
}
