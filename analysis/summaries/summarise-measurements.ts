/** Samples of any experiment → one summary for each condition and metric. Nothing is trimmed, outliers are labelled. */
import { type Description, describe, describeSamples } from "../samples/describe.ts";
import { type Precision, precision } from "../samples/precision.ts";
import { type TimeOrder, timeOrder } from "../samples/time-order.ts";
import { insideFences, type TukeyFences, tukeyFences } from "../statistics/one-sample/tukey-fences.ts";
import { sortedSamples } from "../statistics/sorted-samples.ts";
import type { Measurement } from "../subjects/measurement.ts";

/** In the unit that it names. */
export type MetricSummary = Description & {
  readonly unit: string;
  readonly outliers: TukeyFences["counts"];
  /** The same without what lies beyond the inner fences; only where asked. */
  readonly without_outliers: Description | null;
  readonly precision: Precision;
  readonly time_order: TimeOrder;
};

export interface MeasuredCondition {
  readonly condition: string;
  readonly factors: Readonly<Record<string, string>>;
  /** By the metric's name: trials that were made, whatever came of them; `null` where the source may have left some out. */
  readonly trials: Readonly<Record<string, number | null>>;
  /** By the metric's name; `null` where nothing was measured. */
  readonly metrics: Readonly<Record<string, MetricSummary | null>>;
}

export interface MeasuredExperiment {
  readonly conditions: readonly MeasuredCondition[];
}

type Gathered = MeasuredCondition & {
  readonly trials: Record<string, number | null>;
  readonly metrics: Record<string, MetricSummary | null>;
};

/** By experiment, conditions in order of first appearance. */
export function summariseMeasurements(
  measurements: readonly Measurement[],
  withoutOutliers: boolean,
): Record<string, MeasuredExperiment> {
  const experiments: Record<string, { conditions: Gathered[] }> = {};
  for (const { experiment, condition, factors, metric, unit, values, trials = null } of measurements) {
    experiments[experiment] ??= { conditions: [] };
    const { conditions } = experiments[experiment];
    let found = conditions.find((each) => each.condition === condition);
    if (found === undefined) {
      found = { condition, factors, trials: {}, metrics: {} };
      conditions.push(found);
    }
    found.trials[metric] = trials;
    found.metrics[metric] = values.length === 0 ? null : summariseValues(values, unit, withoutOutliers);
  }
  return experiments;
}

function summariseValues(values: readonly number[], unit: string, withoutOutliers: boolean): MetricSummary {
  const samples = sortedSamples(values);
  const { counts, inner } = tukeyFences(values, samples);
  return {
    ...describeSamples(samples),
    unit,
    outliers: counts,
    without_outliers: withoutOutliers ? describe(insideFences(values, inner)) : null,
    precision: precision(samples),
    time_order: timeOrder(values),
  };
}
