/** What starts wait for: the mean time of each phase, stacked by cause. Means, because they add up and medians do not. */

import { PHASE_NAMES, type PhaseName } from "../../../research/phases.ts";
import type { Engine } from "../../../research/text/phase-words.ts";
import { CAUSE_NAMES, CAUSES_OF_TIME, type Cause, causeVerb } from "../../../research/why/causes.ts";
import { left, right } from "../../format/document/document.ts";
import { ms, pct, pctInterval, roundPct } from "../../samples/numbers.ts";
import { shareIntervals } from "../../samples/share.ts";
import type { Interval } from "../../statistics/interval.ts";
import { mean } from "../../statistics/one-sample/mean.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import { sum } from "../../statistics/sum.ts";
import { type CauseTimes, ofEachStart } from "../../subjects/causes/cause-times.ts";
import { conditionKey } from "../../subjects/key.ts";
import type { Measurement } from "../../subjects/measurement.ts";
import { engineOf, type Subject } from "../../subjects/subject.ts";
import { sessionsIn } from "../../summaries/described.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../page/flow.ts";
import { absentFor } from "../page/left-out.ts";
import { markKey, markReasons, marksOf } from "../page/marks.ts";
import { ticks } from "../parts/axis-scale.ts";
import { CONFIDENCE, type Figure, fewTrials, figure, sizes, type Table } from "../parts/figure.ts";
import { nameBefore, textWidthPx } from "../parts/fit-text.ts";
import { byFactors } from "../parts/measured.ts";
import { inTitle, shortTitles } from "../parts/short-names.ts";
import type { Panel } from "../parts/spec.ts";
import { FONT_PX, INK, PLOT_WIDTH_PX } from "../parts/theme.ts";
import { phaseName } from "../parts/tier-colours.ts";
import { causeColours, causeLegend } from "./cause-colours.ts";
import { shownOf } from "./shown-of.ts";

const ROW_PX = 13;
const BAR_PX = 9;
const GAP_PX = 5;
/** Between names and numbers. */
const MOST_LABELS = 5;

interface CauseShare {
  readonly cause: Cause;
  readonly mean_ms: number;
  readonly share_pct: number;
  readonly share_ci: Interval | null;
}

interface Shown {
  readonly platform: string;
  readonly condition: string;
  /** Of the totals. */
  readonly measurement: Measurement;
  readonly engine: Engine | undefined;
  readonly causes: readonly CauseTimes[];
  /** Largest first. */
  readonly shares: readonly CauseShare[];
  readonly phases: readonly PhaseName[];
  readonly marks: string;
}

export const causesOfTime: Figure = (subjects) => {
  const { shown, leftOut } = shownOf(subjects, ofPlatform, "measurement of why");
  const [first] = shown;
  if (first === undefined) return absentFor(leftOut);
  const layout = layOut(shown);
  const counts = shown.map(({ measurement }) => measurement.values.length);
  return figure({
    title: finding(shown, first),
    caption: [
      "What a start waits for: mean time of each phase, by the cause of every nanosecond on the critical path; means add up, medians do not.",
      "Recorded with the scheduler's events, which cost time: the totals are not those of startup.",
      `The table has the share of each cause with its ${CONFIDENCE} confidence interval (Fieller's). ${sizes(counts)}.`,
      ...markReasons(subjects, shown),
    ],
    key: [...markKey(shown.map(({ marks }) => marks)), ...fewTrials(counts)],
    leftOut,
    legend: causeLegend(new Set(shown.flatMap(({ causes }) => causes.map(({ cause }) => cause)))),
    strips: shown.map((each) => strip(each, layout)),
    tables: shown.flatMap((each) => [shareTable(each), phaseTable(each)]),
  });
};

function ofPlatform(subject: Subject): Shown[] {
  const { label, measurements, conditions } = subject;
  const totals = measurements.filter(
    ({ experiment, metric, values }) => experiment === "why" && metric === "total_ms" && values.length > 0,
  );
  return byFactors(totals).map((measurement) => {
    const causes = conditions.get(conditionKey(measurement))?.causes ?? [];
    const seen = new Set(causes.map(({ phase }) => phase));
    return {
      ...{ platform: label, condition: measurement.condition, measurement, engine: engineOf(subject), causes },
      shares: sharesOf(measurement.values, sessionsIn(subject, measurement), causes),
      phases: PHASE_NAMES.filter((phase) => seen.has(phase)),
      marks: marksOf([subject], { platform: label, measurement }),
    };
  });
}

function sharesOf(totals_ms: readonly number[], sessions: readonly number[] | null, causes: readonly CauseTimes[]): CauseShare[] {
  const intervalOf = shareIntervals(totals_ms, sessions);
  return CAUSE_NAMES.flatMap((cause) => {
    const own = causes.filter((times) => times.cause === cause);
    if (own.length === 0) return [];
    const times_ms = ofEachStart(own, totals_ms.length);
    const all = sum(times_ms);
    return [
      {
        ...{ cause, mean_ms: all / totals_ms.length, share_pct: (100 * all) / sum(totals_ms) },
        share_ci: intervalOf(times_ms),
      },
    ];
  }).sort((a, b) => b.mean_ms - a.mean_ms);
}

/** The cause that takes most of the first condition. */
function finding(shown: readonly Shown[], { shares, condition, platform }: Shown): string {
  const [largest] = shares;
  const where = inTitle(
    shown.map((each) => each.platform),
    platform,
  );
  if (largest === undefined) return `What a start of ${condition} waits for${where}`;
  return `${roundPct(largest.share_pct)} % of a start of ${condition} ${causeVerb(largest.cause)}${where}`;
}

const timeIn = ({ causes, measurement }: Shown, phase: PhaseName, cause?: Cause): number =>
  sum(
    causes
      .filter((times) => times.phase === phase && (cause === undefined || times.cause === cause))
      .map(({ times_ms }) => sum(times_ms)),
  ) / measurement.values.length;

const nameOf = ({ engine }: Shown, phase: PhaseName): string => phaseName({ phase, encloses: [] }, engine);

interface Layout {
  readonly end_ms: number;
  readonly bars_px: readonly [number, number];
  readonly titles: (title: string) => string;
}

function layOut(shown: readonly Shown[]): Layout {
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => textWidthPx(text)));
  const times = shown.flatMap((each) => each.phases.map((phase) => timeIn(each, phase)));
  return {
    end_ms: Math.max(...times),
    bars_px: [
      widest(shown.flatMap((each) => each.phases.map((phase) => nameOf(each, phase)))) + GAP_PX,
      PLOT_WIDTH_PX - widest(times.map(ms)) - GAP_PX,
    ],
    titles: shortTitles(shown.map(titleOf)),
  };
}

function titleOf({ platform, condition, measurement, marks }: Shown): string {
  return `${nameBefore(platform)}, ${condition}: mean ${ms(mean(sortedSamples(measurement.values)))} ms${marks}`;
}

const strip = (shown: Shown, layout: Layout): Strip => ({
  ...{ scale: "time", rows: shown.phases.length, row_px: ROW_PX, head_px: HEAD_PX, axis_px: AXIS_PX, whole: true },
  draw: ({ from, to, axis }) => bars(shown, shown.phases.slice(from, to), layout, axis),
});

function bars(shown: Shown, phases: readonly PhaseName[], { end_ms, bars_px, titles }: Layout, last: boolean): Panel {
  const rows = phases.map((phase) => ({ phase: nameOf(shown, phase), number: ms(timeIn(shown, phase)) }));
  const segments = phases.flatMap((phase) => {
    let begin_ms = 0;
    return CAUSE_NAMES.flatMap((cause) => {
      const time = timeIn(shown, phase, cause);
      if (time === 0) return [];
      const name = nameOf(shown, phase);
      const segment = { phase: name, cause, begin_ms, end_ms: begin_ms + time };
      begin_ms = segment.end_ms;
      return [{ ...segment, words: `${name} (${phase}): ${CAUSES_OF_TIME[cause].label} ${ms(time)} ms in the mean` }];
    });
  });
  const x = { type: "quantitative" as const, scale: { domain: [0, end_ms], range: [...bars_px], nice: false } };
  const bare = { labels: false, ticks: false, domain: false, title: null };
  const text = { type: "text" as const, fontSize: FONT_PX.text, baseline: "middle" as const, color: INK };
  return {
    title: { text: titles(titleOf(shown)), fontSize: FONT_PX.text, offset: 2 },
    width: PLOT_WIDTH_PX,
    height: { step: ROW_PX, for: "position" },
    data: { values: rows },
    encoding: { y: { field: "phase", type: "nominal", sort: null, axis: null, scale: { padding: 0 } } },
    layer: [
      {
        data: { values: segments },
        mark: { type: "bar", height: BAR_PX },
        encoding: {
          x: {
            ...x,
            field: "begin_ms",
            axis: {
              ...(last ? { title: "mean time (ms; lower is better)" } : bare),
              grid: true,
              ...ticks({ type: "linear", domain: [0, end_ms] }, MOST_LABELS),
            },
          },
          x2: { field: "end_ms" },
          color: causeColours,
          description: { field: "words" },
        },
      },
      { mark: { ...text, align: "left" }, encoding: { x: { value: 0 }, text: { field: "phase" } } },
      { mark: { ...text, align: "right" }, encoding: { x: { value: PLOT_WIDTH_PX }, text: { field: "number" } } },
    ],
  };
}

const shareTable = ({ platform, condition, measurement, shares }: Shown): Table => ({
  kind: "table",
  caption: `${platform}, ${condition}: causes' shares of the summed time of ${measurement.values.length} starts with their 95 % confidence intervals (Fieller, cause and total together)`,
  columns: [left("cause"), left("in words"), right("mean ms"), right("share %"), right("95 % CI")],
  rows: shares.map(({ cause, mean_ms, share_pct, share_ci }) => [
    ...[cause, CAUSES_OF_TIME[cause].label, ms(mean_ms), pct(share_pct)],
    pctInterval(share_ci, ""),
  ]),
});

function phaseTable(shown: Shown): Table {
  const causes = shown.shares.map(({ cause }) => cause);
  return {
    kind: "table",
    caption: `${shown.platform}, ${shown.condition}: mean time of each phase by cause, ms`,
    columns: [left("phase"), ...[...causes, "total"].map((name) => right(name))],
    rows: shown.phases.map((phase) => [
      phase,
      ...causes.map((cause) => ms(timeIn(shown, phase, cause))),
      ms(timeIn(shown, phase)),
    ]),
  };
}
