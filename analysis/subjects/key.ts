/** The one key of everything that was measured: experiment, condition, metric. Nothing is looked up by less. */
import type { ExperimentName } from "../../research/protocol.ts";

export interface ConditionName {
  readonly experiment: ExperimentName;
  readonly condition: string;
}

export interface MetricName extends ConditionName {
  readonly metric: string;
}

declare const keyed: unique symbol;
/** Made by {@link conditionKey} alone, so that a condition's bare name finds nothing. */
export type ConditionKey = string & { readonly [keyed]: "condition" };
/** Made by {@link metricKey} alone. */
export type MetricKey = string & { readonly [keyed]: "metric" };

export const conditionKey = ({ experiment, condition }: ConditionName): ConditionKey =>
  JSON.stringify([experiment, condition]) as ConditionKey;

export const metricKey = ({ experiment, condition, metric }: MetricName): MetricKey =>
  JSON.stringify([experiment, condition, metric]) as MetricKey;
