/** What is measured of a start, in every table of starts. */
import { actRuleOf } from "../../../research/act-rule.ts";
import { TIERS } from "../../../research/phases.ts";
import type { Probe } from "../../../research/protocol.ts";
import type { Metric } from "../measured-table.ts";
import { decompose } from "../starts.ts";
import { lower, ms } from "./metric.ts";

export type Told = Parameters<typeof actRuleOf>[0];
/** A time that ends with the entrypoint's act. */
export const untilAct = <R extends Told>(value: Metric<R>["value"]): Metric<R> => ({ ...lower("ms", value), actRule: actRuleOf });

/** What milestones say of a start. */
export const START = { split: decompose, probe: ({ probe }: { readonly probe: Probe | null }) => probe };
export const START_METRICS = {
  total_ms: untilAct<Told>((_, split) => ms(split?.total_ns ?? null)),
  ...Object.fromEntries(
    TIERS.map((tier) => {
      const time: Metric<Told>["value"] = (_, split) => ms(split?.tiers[`${tier}_ns`] ?? null);
      return [
        `${tier}_ms`,
        { ...(tier === "process" ? untilAct(time) : lower("ms", time)), from: ["total_ms"], onlyWhereSeen: true } as const,
      ];
    }),
  ),
};
