/** Figures of one experiment: a panel a condition, in it a strip of dots for each platform. */

import { grouped } from "../../samples/grouped.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import type { Subject } from "../../subjects/subject.ts";
import { axisScale, axisTitle } from "../parts/axis-scale.ts";
import { defectNotes } from "../parts/defect-notes.ts";
import { dotPanel } from "../parts/dot-panel.ts";
import { MOST_DOTS } from "../parts/dot-stack.ts";
import { CONFIDENCE, type Figure, figure, sizes } from "../parts/figure.ts";
import { byFactors, conditionName, type Measured, measuredBy } from "../parts/measured.ts";
import { sampleTable } from "../parts/sample-table.ts";
import { shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { isOtherwise, studyNotes } from "../parts/study-notes.ts";

interface DotFigure {
  readonly title: string;
  readonly experiment: string;
  /** Which of the experiment's measurements are shown; all, unless it is given. */
  readonly shows?: (measurement: Measurement) => boolean;
  /** Factors that are the same in all that is shown, and need no mention. */
  readonly unnamed?: readonly string[];
  /** Where the values of a condition should be. */
  readonly target?: (measurement: Measurement) => number | null;
  /** How far apart the values must be for a logarithmic axis; far, unless it is given. */
  readonly logFromRatio?: number;
  /** Said first in the subtitle, unless all that is shown was measured otherwise. */
  readonly lead: string;
}

export const dotFigure =
  (declared: DotFigure): Figure =>
  (subjects: readonly Subject[]) => {
    const { title, experiment, shows = () => true, lead } = declared;
    const { measured, leftOut } = measuredBy(subjects, experiment, shows);
    if (measured.length === 0) return { absent: leftOut.join("; ") };
    const counts = measured.map(({ measurement }) => measurement.values.length);
    const metrics = grouped(measured, ({ measurement: { metric, unit } }) => `${metric} ${unit}`);
    return figure({
      title,
      notes: [
        ...(measured.every(({ measurement }) => isOtherwise(measurement)) ? [] : [lead]),
        Math.max(...counts) > MOST_DOTS ? `A dot is one trial, or one of ${MOST_DOTS} quantiles of more.` : "A dot is one trial.",
        `Stroke below: median with its ${CONFIDENCE} confidence interval (order statistics). ${sizes(counts)}.`,
        ...studyNotes(measured.map(({ measurement }) => measurement)),
        ...defectNotes(subjects, measured),
      ],
      leftOut,
      panels: [...metrics.values()].flatMap((ofMetric) => metricPanels(ofMetric, declared)),
      tables: [sampleTable(title, measured)],
    });
  };

/** The panels of one metric share a scale: one a condition, or a single one where there is only one platform to tell apart. */
function metricPanels(measured: readonly Measured[], { unnamed = [], target = () => null, logFromRatio }: DotFigure): Panel[] {
  const targets = measured.flatMap(({ measurement }) => target(measurement) ?? []);
  const scale = axisScale([...measured.flatMap(({ measurement }) => measurement.values), ...targets], logFromRatio);
  const { metric, unit } = (measured[0] as Measured).measurement;
  const condition = ({ measurement }: Measured): string => conditionName(measurement, unnamed);
  const platform = (each: Measured): string => each.platform;
  const alone = new Set(measured.map(platform)).size === 1;
  const [titled, named] = alone ? [platform, condition] : [condition, platform];
  // A platform may lack a condition that stands between two of another's.
  const order = byFactors(measured.map(({ measurement }) => measurement));
  const inOrder = measured.toSorted((a, b) => order.indexOf(a.measurement) - order.indexOf(b.measurement));
  const panels = [...grouped(inOrder, titled)];
  const titles = shortTitles(panels.map(([title]) => title));
  return panels.map(([title, ofPanel], index) =>
    dotPanel({
      title: titles(title),
      samples: ofPanel.map((each) => ({
        name: named(each),
        values: each.measurement.values,
        unit,
        target: target(each.measurement),
      })),
      scale,
      axisTitle: index === panels.length - 1 ? axisTitle(metric, unit, scale) : null,
    }),
  );
}
