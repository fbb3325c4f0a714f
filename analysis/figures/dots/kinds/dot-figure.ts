/** Figures of one experiment: a panel a condition, in it a strip of dots for each platform. */

import { grouped } from "../../../samples/grouped.ts";
import type { Measurement } from "../../../subjects/measurement.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { medianFinding } from "../../page/finding.ts";
import type { Strip } from "../../page/flow.ts";
import { absentFor } from "../../page/left-out.ts";
import { markKey, markReasons, marksOf } from "../../page/marks.ts";
import { type AxisScale, asShare, axisScale, axisTitle, beyond, central, extentOf, withRoom } from "../../parts/axis-scale.ts";
import { dotStrip, type Sample } from "../../parts/dot-panel.ts";
import { MOST_DOTS } from "../../parts/dot-stack.ts";
import { type Figure, fewTrials, figure, sizes } from "../../parts/figure.ts";
import { textWidthPx } from "../../parts/fit-text.ts";
import { byFactors, conditionName, type Measured, measuredBy } from "../../parts/measured.ts";
import { numberOf, withInterval } from "../../parts/numbers.ts";
import { sampleTable } from "../../parts/sample-table.ts";
import { shortTitles } from "../../parts/short-names.ts";
import { isOtherwise, studyNotes } from "../../parts/study-notes.ts";

export interface DotFigure {
  /** What is measured, at the beginning of the finding. */
  readonly what: string | ((measurement: Measurement) => string);
  /** Said first in the caption. */
  readonly about: string;
  readonly experiment: string;
  /** Which of the experiment's measurements are shown; all, unless it is given. */
  readonly shows?: (measurement: Measurement) => boolean;
  /** Factors that are the same in all that is shown, and need no mention. */
  readonly unnamed?: readonly string[];
  /** Where the values of a condition should be. */
  readonly target?: (measurement: Measurement) => number | null;
  /** How far apart the values must be for a logarithmic axis; far, unless it is given. */
  readonly logFromRatio?: number;
  /** Each condition is a step on from the one before: by how much is said and drawn. */
  readonly steps?: boolean;
  /** The title, where it is not the medians of the first metric. */
  readonly finding?: (measured: readonly Measured[]) => string | null;
  /** Said second in the caption, unless all that is shown was measured otherwise. */
  readonly lead: string;
}

export const dotFigure =
  (declared: DotFigure): Figure =>
  (subjects: readonly Subject[]) => {
    const { what, about, experiment, shows = () => true, unnamed = [], finding = () => null } = declared;
    const { measured, leftOut } = measuredBy(subjects, experiment, shows);
    if (measured.length === 0) return absentFor(leftOut);
    const counts = measured.map(({ measurement }) => measurement.values.length);
    const { strips, isClipped } = dotStrips(measured, declared, subjects);
    return figure({
      title:
        finding(measured) ??
        medianFinding(typeof what === "string" ? what : what((measured[0] as Measured).measurement), subjects, measured, unnamed),
      caption: [`${about}.`, ...captionOf(declared, subjects, measured, isClipped)],
      key: [...markKey(measured.map((each) => marksOf(subjects, each))), ...fewTrials(counts)],
      leftOut,
      strips,
      tables: [sampleTable(about, measured)],
    });
  };

/** A scale for each metric; and whether anything lies beyond one. */
export function dotStrips(
  measured: readonly Measured[],
  declared: DotFigure,
  subjects: readonly Subject[],
): { readonly strips: readonly Strip[]; readonly isClipped: boolean } {
  const metrics = [...grouped(measured, ({ measurement: { metric, unit } }) => `${metric} ${unit}`).values()].map((ofMetric) => ({
    ofMetric,
    ...scaleFor(ofMetric, declared),
  }));
  return {
    strips: metrics.flatMap(({ ofMetric, ...scaled }) => metricStrips(ofMetric, declared, subjects, scaled)),
    isClipped: metrics.some((metric) => metric.isClipped),
  };
}

function captionOf(
  { steps = false, lead }: DotFigure,
  subjects: readonly Subject[],
  measured: readonly Measured[],
  isClipped: boolean,
) {
  const counts = measured.map(({ measurement }) => measurement.values.length);
  return [
    ...(measured.every(({ measurement }) => isOtherwise(measurement)) ? [] : [lead]),
    Math.max(...counts) > MOST_DOTS ? `A dot is one trial, or one of ${MOST_DOTS} quantiles of more.` : "A dot is one trial.",
    `Stroke below: median${withInterval(measured)}. ${sizes(counts)}.`,
    ...(steps ? ["Thin line and +: from the median of the row above to the row's own."] : []),
    ...(isClipped ? ["◂ ▸ with numbers: values beyond the scale, or ends of an interval."] : []),
    ...studyNotes(measured.map(({ measurement }) => measurement)),
    ...markReasons(subjects, measured),
  ];
}

interface Scaled {
  readonly scale: AxisScale;
  /** Of what is drawn on it; what lies beyond is named. */
  readonly within: readonly [number, number];
  readonly isClipped: boolean;
}

/** For the values of one metric and the ends of their medians' intervals. */
function scaleFor(measured: readonly Measured[], { target = () => null, logFromRatio }: DotFigure): Scaled {
  const samples = measured.map(({ measurement: { values }, described: { level } }) => [...values, ...(level.ends ?? [])]);
  const near = central(samples, logFromRatio);
  const shown = [...near, ...measured.flatMap(({ measurement }) => target(measurement) ?? [])];
  const within = extentOf(shown);
  const plain = axisScale(shown, logFromRatio);
  const { unit } = (measured[0] as Measured).measurement;
  const scale = withRoom(unit.startsWith("%") ? asShare(plain, shown) : plain, ...room(measured, within));
  return { scale, within, isClipped: near.length < samples.flat().length };
}

/** The strips of one metric: one a condition, or a single one where there is only one platform to tell apart. */
function metricStrips(
  measured: readonly Measured[],
  declared: DotFigure,
  subjects: readonly Subject[],
  { scale, within }: Omit<Scaled, "isClipped">,
): Strip[] {
  const { unnamed = [], target = () => null, steps = false } = declared;
  const { metric, unit, better } = (measured[0] as Measured).measurement;
  const condition = ({ measurement }: Measured): string => conditionName(measurement, unnamed);
  const platform = (each: Measured): string => each.platform;
  const alone = new Set(measured.map(platform)).size === 1;
  const [titled, named] = alone ? [platform, condition] : [condition, platform];
  // A platform may lack a condition that stands between two of another's.
  const order = byFactors(measured.map(({ measurement }) => measurement));
  const inOrder = measured.toSorted((a, b) => order.indexOf(a.measurement) - order.indexOf(b.measurement));
  const panels = [...grouped(inOrder, titled)];
  const titles = shortTitles(panels.map(([title]) => title));
  return panels.map(([title, ofPanel]) =>
    dotStrip({
      ...{ title: titles(title), scale, within, axisTitle: axisTitle(metric, unit, scale, better), steps: steps && alone },
      samples: ofPanel.map(
        (each, index): Sample => ({
          name: named(each),
          values: each.measurement.values,
          level: each.described.level,
          unit,
          target: target(each.measurement),
          marks: marksOf(subjects, each),
          ...(steps && alone ? { step: step(ofPanel[index - 1], each) } : {}),
        }),
      ),
    }),
  );
}

/** What is written at the ends of the scale needs room. */
function room(measured: readonly Measured[], within: readonly [number, number]): [left_px: number, right_px: number] {
  const texts = measured.flatMap(({ measurement: { values }, described: { level } }) =>
    [values, level.ends ?? []].map((each) => beyond(each, within, numberOf(values))),
  );
  const widest = (side: "below" | "above"): number =>
    Math.max(...texts.map((each) => (each[side] === "" ? 0 : textWidthPx(each[side]) + 4)));
  return [widest("below"), widest("above")];
}

function step(before: Measured | undefined, { measurement, described }: Measured): string {
  if (before === undefined) return "";
  const more = described.level.value - before.described.level.value;
  return ` ${more < 0 ? "−" : "+"}${numberOf(measurement.values)(Math.abs(more))}`;
}
