/** The numbers of a figure of samples: one row a platform, condition and metric, which is named where there are several. */

import { left, right } from "../../format/document/document.ts";
import { interval, ms } from "../../samples/numbers.ts";
import { metricName } from "./axis-scale.ts";
import type { Table } from "./figure.ts";
import type { Measured } from "./measured.ts";
import { intervalOf, intervalsAre, numberOf } from "./numbers.ts";

export function sampleTable(caption: string, measured: readonly Measured[]): Table {
  const several = new Set(measured.map(({ measurement }) => measurement.metric)).size > 1;
  return {
    kind: "table",
    caption: `${caption}: medians and means with their 95 % confidence intervals (${intervalsAre(measured)}; of means Student's t, over sessions where the median's is)`,
    columns: [
      ...[left("platform"), left("condition"), ...(several ? [left("metric")] : []), left("unit"), right("n")],
      ...[right("median"), right("95 % CI"), right("mean"), right("95 % CI"), right("min"), right("max")],
    ],
    rows: measured.map(({ platform, measurement: { condition, metric, unit, values }, described }) => {
      const { n, level, mean, mean_ci, min, max } = described;
      const [number, ends] = [numberOf(values), intervalOf(values)];
      return [
        ...[platform, condition, ...(several ? [metricName(metric)] : []), unit, String(n)],
        ...[number(level.value), ends(level.ends), ms(mean), interval(mean_ci), number(min), number(max)],
      ];
    }),
  };
}
