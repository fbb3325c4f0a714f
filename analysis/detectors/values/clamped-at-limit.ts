/**
 * A pile of equal values at the least or the greatest of a metric that is continuous otherwise: a floor other than 0, or a ceiling,
 * at which values were cut off (a minimum that a tool prints, a timeout written as a time).
 *
 * As in clamped-at-zero, so many are to be expected at the end as the densest of the stretches beside it suggests, and the
 * first ten steps count in full. At least three must be equal, ten others must lie apart, mostly further than ten steps away,
 * and P(as many or more), Poisson, is at most 0.1 %. Where values beside the end are equal, too, as many are to be expected there: a
 * clock may tick in steps that are no decimal ones, such as the 41.67 ns of 24 MHz. 0 is left to its own detector, and 100 to shares in per cent.
 */
import { poissonTail } from "../../statistics/tests/poisson-tail.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { byMetric } from "../by-metric.ts";
import { conditionsOf, type Finding, fewRows, listed, rounded } from "../finding.ts";
import { decimalGrid } from "./decimal-grid.ts";

const ALPHA = 0.001;
const FEWEST_EQUAL = 3;
const FEWEST_OTHERS = 10;
/** Steps from the end, for the median of the others. */
const CONTINUOUS = 10;
/** For numbers on no decimal grid, relative to their distance from the end: to them the end is as near as any other number. */
const FINEST_STEP = 1e-9;

interface Pile {
  readonly measurement: Measurement;
  readonly at: number;
  readonly count: number;
  readonly p: number;
}

export const clampedAtLimit = (measurements: readonly Measurement[]): Finding[] =>
  byMetric(measurements).flatMap((family) =>
    (["least", "greatest"] as const).flatMap((end): Finding[] => {
      const piles = family.flatMap((measurement) => pileAt(measurement, end) ?? []);
      const [first] = piles;
      if (first === undefined) return [];
      const { experiment, metric, unit } = first.measurement;
      return [
        {
          detector: "clamped-at-limit",
          severity: "caution",
          ...{ experiment, metric, condition: conditionsOf(piles.map(({ measurement }) => measurement)) },
          summary: `${experiment} ${metric}: many values are exactly the ${end}: ${end === "least" ? "smaller" : "larger"} ones seem to have been cut off`,
          evidence: listed(
            piles.map(
              ({ measurement, count, at }) =>
                `${measurement.condition} ${count} of ${measurement.values.length} exactly ${rounded(at)} ${unit}`,
            ),
          ),
          remedy: "find out what sets this limit; report how many values lie at it, and trust only quantiles that do not",
          rows: fewRows(piles.flatMap(({ measurement, at }) => measurement.rows.filter((_, i) => measurement.values[i] === at))),
          numbers: { limit: first.at, at_limit: first.count, n: first.measurement.values.length, p: first.p },
        },
      ];
    }),
  );

function pileAt(measurement: Measurement, end: "least" | "greatest"): Pile | null {
  const { values, unit } = measurement;
  if (values.length < FEWEST_EQUAL + FEWEST_OTHERS) return null;
  const at = values.reduce((a, b) => (end === "least" ? Math.min(a, b) : Math.max(a, b)));
  if (at === 0 || (at === 100 && unit.startsWith("%"))) return null;
  const others = values.filter((value) => value !== at);
  const count = values.length - others.length;
  if (count < FEWEST_EQUAL || others.length < FEWEST_OTHERS) return null;
  const distances = Float64Array.from(others, (value) => Math.abs(value - at)).sort();
  const step = decimalGrid(values)?.step ?? FINEST_STEP * (distances[0] as number);
  if ((distances[distances.length >> 1] as number) <= CONTINUOUS * step) return null;
  let [expected, counted] = [0, 0];
  for (let steps = 1; counted < distances.length; steps *= 10) {
    while (counted < distances.length && (distances[counted] as number) < step * (steps + 0.5)) counted += 1;
    expected = Math.max(expected, steps === 10 ? counted : counted / steps);
  }
  const p = poissonTail(count, Math.max(expected, mostEqual(distances)));
  return p > ALPHA ? null : { measurement, at, count, p };
}

/** How many values are the same, of the half that is nearer to the end: at the other there may be a pile as well. */
function mostEqual(distances: Float64Array): number {
  let [most, equal] = [0, 0];
  for (let index = 0; index <= distances.length >> 1; index += 1) {
    equal = index > 0 && distances[index] === distances[index - 1] ? equal + 1 : 1;
    most = Math.max(most, equal);
  }
  return most === 1 ? 0 : most;
}
