/**
 * The study's seven figures as it published them: its bars and numbers, drawn by us from its data. What they show, and how each
 * number is found, is that of its program for figures (research/generate-docker-compose.py of its repository).
 */
import { left, right } from "../../format/document/document.ts";
import { FIGURE_SEVEN, type TypedIn } from "../../paper/figure-seven.ts";
import { fixed } from "../../paper/python-rounding.ts";
import { mean } from "../../statistics/one-sample/mean.ts";
import { median } from "../../statistics/one-sample/median.ts";
import { standardDeviation } from "../../statistics/one-sample/standard-deviation.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import type { Subject } from "../../subjects/subject.ts";
import type { FigureName } from "../catalogue.ts";
import { AXIS_PX, HEAD_PX, type Strip } from "../page/flow.ts";
import { type Absent, type Drawing, figure, type Table } from "../parts/figure.ts";
import type { Panel } from "../parts/spec.ts";
import { PLATFORM_STYLES, TIER_COLOURS } from "../parts/theme.ts";
import { type Bar, barDomain, barPanel, boxPanel, ROW_PX } from "./panels.ts";

type Published = (subjects: readonly Subject[]) => Drawing | Absent;

const SAYS = "As published: its bars and numbers, drawn by us from its data.";
const COLOURS = PLATFORM_STYLES.slice(1).map(({ colour }) => colour);
const Z = 1.96;

interface Group {
  readonly condition: string;
  readonly platform: string;
  readonly values: readonly number[];
}

/** By condition, then by platform; conditions without a value are left out. */
function groups(subjects: readonly Subject[], metric: string, shows: (condition: string) => boolean): Group[] {
  const found = subjects.flatMap(({ label: platform, measurements }) =>
    measurements
      .filter((each) => each.metric === metric && shows(each.condition) && each.values.length > 0)
      .map(({ condition, values }) => ({ condition, platform, values })),
  );
  const conditions = [...new Set(found.map(({ condition }) => condition))];
  return conditions.flatMap((condition) => found.filter((group) => group.condition === condition));
}

interface BarFigure {
  readonly title: string;
  readonly notes: string;
  readonly metric: string;
  readonly shows?: (condition: string) => boolean;
  readonly value: (values: readonly number[]) => number;
  readonly interval: boolean;
  readonly axis: string;
  readonly decimals: number;
}

const bars =
  ({ title, notes, metric, shows = () => true, value, interval, axis, decimals }: BarFigure): Published =>
  (subjects) => {
    const found = groups(subjects, metric, shows);
    if (found.length === 0) return { absent: `${metric} was not measured` };
    const platforms = [...new Set(found.map(({ platform }) => platform))];
    const drawn = found.map(({ condition, platform, values }) => {
      const half = interval ? (Z * (standardDeviation(sortedSamples(values)) ?? 0)) / Math.sqrt(values.length) : null;
      const at = value(values);
      const colour = COLOURS[platforms.indexOf(platform) % COLOURS.length] as string;
      return {
        condition,
        n: values.length,
        bar: { platform, value: at, half, label: fixed(at, decimals), colour } satisfies Bar,
      };
    });
    const conditions = [...new Set(drawn.map(({ condition }) => condition))];
    const domain = barDomain(drawn.map(({ bar }) => bar));
    return figure({
      title,
      caption: [SAYS, notes],
      leftOut: [],
      strips: conditions.map((condition) => {
        const ofCondition = drawn.filter((each) => each.condition === condition).map(({ bar }) => bar);
        return stripOf(ofCondition, (part, shown) => barPanel(condition, part, domain, shown ? axis : null));
      }),
      tables: [
        tableOf(
          title,
          drawn.map(({ condition, n, bar }) => [
            ...[bar.platform, condition, `${n}`, fixed(bar.value, decimals)],
            bar.half === null ? "" : fixed(bar.half, decimals),
          ]),
        ),
      ],
    });
  };

/** A row a bar or box; all strips of a figure share a scale. */
const stripOf = <T>(rows: readonly T[], panel: (rows: readonly T[], axis: boolean) => Panel): Strip => ({
  ...{ scale: "published", rows: rows.length, row_px: ROW_PX, head_px: HEAD_PX, axis_px: AXIS_PX },
  draw: ({ from, to, axis }) => panel(rows.slice(from, to), axis),
});

const tableOf = (caption: string, rows: readonly (readonly string[])[]): Table => ({
  kind: "table",
  caption: `${caption}, as published`,
  columns: [left("platform"), left("condition"), right("n"), right("bar"), right("± as drawn")],
  rows,
});

const meanOf = (values: readonly number[]): number => mean(sortedSamples(values));

const boxes =
  (
    title: string,
    notes: string,
    metric: string,
    shows: (condition: string) => boolean,
    axis: string,
    target: number | null,
  ): Published =>
  (subjects) => {
    const found = groups(subjects, metric, shows);
    if (found.length === 0) return { absent: `${metric} was not measured` };
    const conditions = [...new Set(found.map(({ condition }) => condition))];
    const domain: [number, number] = [0, 1.02 * Math.max(...found.flatMap(({ values }) => values))];
    return figure({
      title,
      caption: [SAYS, notes],
      leftOut: [],
      strips: conditions.map((condition) => {
        const ofCondition = found.filter((group) => group.condition === condition);
        return stripOf(ofCondition, (part, shown) => boxPanel(condition, part, domain, shown ? axis : null, target));
      }),
      tables: [
        tableOf(
          title,
          found.map(({ platform, condition, values }) => [
            platform,
            condition,
            `${values.length}`,
            fixed(median(sortedSamples(values)), 2),
            "",
          ]),
        ),
      ],
    });
  };

const warm = (condition: string): boolean => condition.endsWith(" warm");

/** Of numbers that were typed in: a bar the study has no measurement for says so. */
const decomposition: Published = (subjects) => {
  const typed: Readonly<Record<string, TypedIn>> = FIGURE_SEVEN;
  const known = subjects.flatMap(({ label }) => {
    const numbers = typed[label];
    return numbers === undefined ? [] : [{ platform: label, ...numbers }];
  });
  if (known.length === 0) return { absent: "its numbers are typed in, for the study's own platforms alone" };
  const rows = known.flatMap(({ platform, namespaces_ms, start_ms, measured }) => {
    const share = fixed((100 * namespaces_ms) / start_ms, 1);
    const doubt = measured ? "" : ", TYPED IN: not measured";
    return [
      { part: "namespace creation", platform, value: namespaces_ms, label: `${fixed(namespaces_ms, 1)} ms (${share} %)${doubt}` },
      {
        part: "all the rest, named runtime overhead",
        platform,
        value: start_ms - namespaces_ms,
        label: `${fixed(start_ms - namespaces_ms, 1)} ms`,
      },
    ];
  });
  const parts = [...new Set(rows.map(({ part }) => part))];
  const barOf = ({ platform, value, label }: (typeof rows)[number], colour: string): Bar => ({
    platform,
    value,
    half: null,
    label,
    colour,
  });
  const domain = barDomain(rows.map((row) => barOf(row, "")));
  return figure({
    title: "Container startup decomposition (alpine, warm start)",
    caption: [
      SAYS,
      "All numbers of this figure are typed into the program that draws it. Two are means of a process that makes two namespaces, one was never measured; the rest is the mean of docker run less that. No part of a start was timed.",
    ],
    leftOut: [],
    strips: parts.map((part, index) => {
      const colour = index === 0 ? TIER_COLOURS.process : TIER_COLOURS.daemon;
      const ofPart = rows.filter((row) => row.part === part).map((row) => barOf(row, colour));
      return stripOf(ofPart, (shown, axis) => barPanel(part, shown, domain, axis ? "ms" : null));
    }),
    tables: [
      tableOf(
        "Container startup decomposition",
        rows.map(({ platform, part, label }) => [platform, part, "", label, ""]),
      ),
    ],
  });
};

/** In the study's order, each with the figure of ours that answers the same question. */
export const PUBLISHED_FIGURES: readonly { readonly name: string; readonly draw: Published; readonly ours: FigureName }[] = [
  {
    name: "fig1-startup-latency",
    ours: "warm-start-latency",
    draw: bars({
      ...{ title: "Warm start latency", notes: "Means; whiskers: 1.96 standard errors.", metric: "startup_ms", shows: warm },
      ...{ value: meanOf, interval: true, axis: "ms", decimals: 0 },
    }),
  },
  {
    name: "fig2-startup-variance",
    ours: "start-distribution",
    draw: boxes("Startup latency distribution", "Boxes: quartiles; whiskers: 1.5 box widths.", "startup_ms", warm, "ms", null),
  },
  {
    name: "fig3-cpu-throttling",
    ours: "cpu-throttling",
    draw: boxes(
      "CPU throttling accuracy",
      "Boxes as in figure 2; dashed: the target.",
      "measured_pct",
      () => true,
      "% of loops without a limit",
      50,
    ),
  },
  {
    name: "fig4-write-performance",
    ours: "write-performance",
    draw: bars({
      ...{
        title: "Sequential write performance",
        notes: "Medians; whiskers: 1.96 standard errors of the mean. The unit of most OverlayFS values was cut off.",
      },
      ...{
        metric: "write_speed_mbps",
        value: (values) => median(sortedSamples(values)),
        interval: true,
        axis: "MB/s",
        decimals: 1,
      },
    }),
  },
  {
    name: "fig5-network-latency",
    ours: "network-latency",
    draw: bars({
      ...{ title: "Network latency", notes: "Means, without whiskers.", metric: "avg_rtt_ms" },
      ...{ value: meanOf, interval: false, axis: "ms", decimals: 2 },
    }),
  },
  {
    name: "fig6-pull-time",
    ours: "pull-time",
    draw: bars({
      ...{ title: "Image pull time", notes: "Means in seconds, without whiskers.", metric: "pull_time_ms" },
      ...{ value: (values) => meanOf(values) / 1000, interval: false, axis: "s", decimals: 2 },
    }),
  },
  { name: "fig7-overhead-decomposition", ours: "startup-tiers", draw: decomposition },
];
