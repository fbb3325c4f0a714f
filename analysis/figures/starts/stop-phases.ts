/** A container's end: every trial's total, and its phases as a waterfall. */

import { STOP_PHASE_NAMES, STOP_PHASES, type StopPhaseName } from "../../../research/stop/phases.ts";
import { ms } from "../../samples/numbers.ts";
import type { Subject } from "../../subjects/subject.ts";
import { dotStrips } from "../dots/kinds/dot-figure.ts";
import { medianFinding } from "../page/finding.ts";
import { absentFor } from "../page/left-out.ts";
import { markKey, markReasons, marksOf } from "../page/marks.ts";
import { MOST_DOTS } from "../parts/dot-stack.ts";
import { CONFIDENCE, type Figure, fewTrials, figure, sizes } from "../parts/figure.ts";
import { type Measured, measuredBy } from "../parts/measured.ts";
import { intervalsAre } from "../parts/numbers.ts";
import { sampleTable } from "../parts/sample-table.ts";
import { inBrackets } from "../parts/tier-bars.ts";
import { tierLegend } from "../parts/tier-colours.ts";
import { type Waterfall, waterfallStrips } from "./waterfall.ts";

const ABOUT = "How a container ends: from the request to stop it until it is removed";

export const stopPhases: Figure = (subjects) => {
  const { measured, leftOut } = measuredBy(subjects, "stop");
  const totals = measured.filter(({ measurement }) => measurement.metric === "total_ms");
  if (totals.length === 0) return absentFor(leftOut);
  const stops = totals.map((total) => ({ total, waterfall: waterfallOf(subjects, total, measured) }));
  const waterfalls = stops.flatMap(({ waterfall }) => waterfall ?? []);
  const unsplit = stops.filter(({ waterfall }) => waterfall === null).map(({ total }) => total);
  const counts = totals.map(({ measurement }) => measurement.values.length);
  const dots = dotStrips(totals, { what: "A stop", about: ABOUT, experiment: "stop", lead: "" }, subjects);
  return figure({
    title: medianFinding("A stop", subjects, totals),
    caption: [
      `${ABOUT}.`,
      Math.max(...counts) > MOST_DOTS ? `A dot is one trial, or one of ${MOST_DOTS} quantiles of more.` : "A dot is one trial.",
      `Bars: medians of the phases, laid one after the other; they do not add up to the median of the total. Stroke and brackets: ${CONFIDENCE} confidence interval of a median (${intervalsAre(measured)}). ${sizes(counts)}.`,
      ...(dots.isClipped ? ["◂ ▸ with numbers: values beyond the scale, or ends of an interval."] : []),
      ...markReasons(subjects, totals),
    ],
    key: [...markKey(totals.map((total) => marksOf(subjects, total))), ...fewTrials(counts)],
    leftOut: [
      ...leftOut,
      ...unsplit.map(({ platform, measurement }) => `phases of ${platform} ${measurement.condition}: they cannot be told apart`),
    ],
    ...(waterfalls.length === 0 ? {} : { legend: tierLegend(waterfalls.flatMap(({ bars }) => bars.map(({ tier }) => tier))) }),
    strips: [...dots.strips, ...(waterfalls.length === 0 ? [] : waterfallStrips(waterfalls, "time since the stop request (ms)"))],
    tables: [sampleTable(ABOUT, measured)],
  });
};

/** `null` where a phase that every stop has was never seen apart: it would be missing among the others. */
function waterfallOf(subjects: readonly Subject[], total: Measured, measured: readonly Measured[]): Waterfall | null {
  const { platform, measurement, described } = total;
  let begin_ms = 0;
  const bars = STOP_PHASE_NAMES.flatMap((phase) => {
    const own = measured.find(
      (each) =>
        each.platform === platform &&
        each.measurement.condition === measurement.condition &&
        each.measurement.metric === `${phase}_ms`,
    );
    if (own === undefined) return [];
    const { value, ends } = own.described.level;
    const bar = {
      phase,
      name: STOP_PHASES[phase].title,
      tier: STOP_PHASES[phase].tier,
      begin_ms,
      median_ms: value,
      median_ci: ends,
    };
    begin_ms += value;
    return [bar];
  });
  const isWhole = STOP_PHASE_NAMES.every((name) => isOptional(name) || bars.some(({ phase }) => phase === name));
  if (!isWhole) return null;
  const marks = marksOf(subjects, total);
  const { value, ends } = described.level;
  return { platform, condition: measurement.condition, total: `${ms(value)} ms${inBrackets(ends)}${marks}`, bars };
}

const isOptional = (name: StopPhaseName): boolean => "optional" in STOP_PHASES[name];
