/** When an application is ready. */
import { actRuleOf } from "../../../research/act-rule.ts";
import type { TrialRow } from "../../../research/tables/columns/trial-table.ts";
import { readyTable } from "../../../research/tables/ready.ts";
import type { Way } from "../measured-table.ts";
import { lower, ms } from "../metrics/metric.ts";
import { START, START_METRICS } from "../metrics/start-metrics.ts";
import { byProbe, trials } from "./trials.ts";

type ReadyRow = typeof readyTable.unmeasured & Pick<TrialRow<object, object>, "outcome">;

/** What told that an application was ready: in older files, and from engines elsewhere, the entrypoint's act. */
function askedBy({ outcome, ready_ns, entry_acts_ns }: ReadyRow): Way {
  if (outcome !== "ok") return {};
  return { until: ready_ns === null || ready_ns === entry_acts_ns ? "the entrypoint acts" : "it answers the engine's network" };
}

export const ready = trials(readyTable, {
  factors: ({ application }) => ({ application }),
  way: (row) => ({ ...byProbe(row), ...askedBy(row) }),
  start: START,
  metrics: {
    // In older files the start ended with it.
    ready_ms: { ...lower("ms", ({ ready_ns }, split) => ms(ready_ns ?? split?.total_ns ?? null)), actRule: actRuleOf },
    ...START_METRICS,
  },
});
