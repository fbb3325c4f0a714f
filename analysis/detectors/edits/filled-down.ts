/**
 * The same time in many trials one after the other, to the last digit of a clock that tells much finer: a cell that was filled
 * down. Not 0, which is what was clamped; not of a clock whose steps are coarse beside what it measures.
 */
import type { Measurement } from "../../subjects/measurement.ts";
import { byMetric } from "../by-metric.ts";
import { conditionsOf, type Finding, fewRows, rounded } from "../finding.ts";
import { isFine, isTime, stepOf } from "./fine-step.ts";

/** Equal values in a row; each further one has the chance of the most frequent of the others, at most a third. */
const FEWEST = 10;
const MOST_FREQUENT = 1 / 3;

interface Run {
  readonly measurement: Measurement;
  readonly value: number;
  readonly begin: number;
  readonly length: number;
}

export const filledDown = (measurements: readonly Measurement[]): Finding[] =>
  byMetric(measurements).flatMap((family) => {
    if (!isTime(family[0] as Measurement)) return [];
    const long = family.flatMap((measurement) => longestRun(measurement) ?? []);
    if (long.length === 0) return [];
    const step = stepOf(family);
    const runs = long.filter((run) => isFine(run.value, step) && !isFrequent(run));
    const [first] = runs;
    if (first === undefined) return [];
    const { experiment, metric, unit } = first.measurement;
    return [
      {
        detector: "filled-down",
        severity: "caution",
        ...{ experiment, metric, condition: conditionsOf(runs.map(({ measurement }) => measurement)) },
        summary: `${experiment} ${metric}: many trials in a row have the same value, to the last digit, as if it was filled down`,
        evidence: `${first.measurement.condition}: ${first.length} of ${first.measurement.values.length} in a row have ${first.value} ${unit}, where values differ by ${rounded(step)} elsewhere`,
        remedy: "use the file as it was measured",
        rows: fewRows(first.measurement.rows.slice(first.begin, first.begin + first.length)),
        numbers: { value: first.value, length: first.length, step },
      },
    ];
  });

function longestRun(measurement: Measurement): Run | undefined {
  const { values } = measurement;
  let [begin, longest] = [0, { begin: 0, length: 0 }];
  for (let index = 1; index <= values.length; index += 1) {
    if (values[index] === values[begin]) continue;
    if (index - begin > longest.length) longest = { begin, length: index - begin };
    begin = index;
  }
  const value = values[longest.begin] ?? 0;
  return longest.length < FEWEST || value === 0 ? undefined : { measurement, value, ...longest };
}

/** Whether the values beside the run are as often the same. */
function isFrequent({ measurement: { values }, begin, length }: Run): boolean {
  const counts = new Map<number, number>();
  const others = values.filter((_, index) => index < begin || index >= begin + length);
  for (const value of others) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return others.length >= FEWEST && most > others.length * MOST_FREQUENT;
}
