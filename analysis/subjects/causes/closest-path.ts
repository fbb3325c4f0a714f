/** Of the critical paths that were kept of a condition's starts, the one that is closest to all its starts. */
import { PHASE_NAMES } from "../../../research/phases.ts";
import type { WhyPathRow } from "../../../research/tables/why-path.ts";
import { median } from "../../statistics/one-sample/median.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { sum } from "../../statistics/sum.ts";
import type { Condition } from "../condition.ts";
import type { ExperimentContent } from "../measured-table.ts";
import { ofEachStart } from "./cause-times.ts";

/** Each condition of why with the path of one of its starts. */
export const withPaths = (content: ExperimentContent, rows: readonly WhyPathRow[]): ExperimentContent => ({
  ...content,
  conditions: content.conditions.map((condition) => ({ ...condition, path: closestPath(condition, rows) })),
});

/** That whose phases are together the least away from the phases' medians; empty where none was kept of it. */
function closestPath({ condition, causes }: Condition, rows: readonly WhyPathRow[]): readonly WhyPathRow[] {
  const paths = new Map<string, WhyPathRow[]>();
  for (const row of rows) {
    if (row.image !== condition) continue;
    const key = `${row.session} ${row.trial}`;
    const path = paths.get(key);
    if (path === undefined) paths.set(key, [row]);
    else path.push(row);
  }
  const count = causes.reduce((most, { places }) => Math.max(most, ...places.map((place) => place + 1)), 0);
  if (count === 0) return [];
  const medians = PHASE_NAMES.map((name) => {
    const times = ofEachStart(
      causes.filter(({ phase }) => phase === name),
      count,
    );
    return { name, median_ms: median(sortedSamples(times)) };
  });
  const distance = (path: readonly WhyPathRow[]): number =>
    sum(medians.map(({ name, median_ms }) => Math.abs(phaseMs(path, name) - median_ms)));
  return [...paths.values()].sort((a, b) => distance(a) - distance(b))[0] ?? [];
}

const phaseMs = (path: readonly WhyPathRow[], name: WhyPathRow["phase"]): number =>
  sum(path.filter(({ phase }) => phase === name).map(({ begin_ns, end_ns }) => end_ns - begin_ns)) / 1e6;
