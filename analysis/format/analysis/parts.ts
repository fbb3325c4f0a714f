/** A condition's metrics apart: those of the whole, and the phases of its starts. */
import type { Cause } from "../../../research/why/causes.ts";
import type { ConditionSummary, MetricSummary } from "../../summaries/summary.ts";

export type PhaseSummary = MetricSummary & {
  readonly part: NonNullable<MetricSummary["part"]> & { readonly phase: string };
};

const isPhase = (metric: MetricSummary): metric is PhaseSummary => metric.part !== null && metric.part.phase !== null;

export type CauseSummary = MetricSummary & {
  readonly part: NonNullable<MetricSummary["part"]> & { readonly cause: Cause };
};

const isCause = (metric: MetricSummary): metric is CauseSummary => metric.part !== null && metric.part.cause !== null;

/** Of why, largest first. */
export const causesOf = ({ metrics }: ConditionSummary): CauseSummary[] =>
  Object.values(metrics)
    .filter(isCause)
    .sort((a, b) => (b.part.share_pct ?? 0) - (a.part.share_pct ?? 0));

/** In their usual order. */
export const phasesOf = ({ metrics }: ConditionSummary): PhaseSummary[] => Object.values(metrics).filter(isPhase);

export const besidePhases = ({ metrics }: ConditionSummary): [string, MetricSummary][] =>
  Object.entries(metrics).filter(([, metric]) => !isPhase(metric));

/** A condition of startup is an image, in a mode; what else it is stands with the image. */
export function startFactors({ factors: { mode = "", ...others } }: ConditionSummary) {
  return { image: Object.values(others).join(" "), mode };
}

export const failuresOf = ({ outcomes }: ConditionSummary): number =>
  outcomes === null ? 0 : outcomes.timeout + outcomes.failed + outcomes["probe-lost"];
