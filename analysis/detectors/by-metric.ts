import { grouped } from "../samples/grouped.ts";
import { onceFor } from "../samples/lazily.ts";
import type { Measurement } from "../subjects/measurement.ts";

/** The conditions of one experiment in one metric: what one instrument has measured. In order of first appearance. */
export const byMetric = onceFor((measurements: readonly Measurement[]): readonly Measurement[][] => [
  ...grouped(measurements, ({ experiment, metric }) => JSON.stringify([experiment, metric])).values(),
]);
