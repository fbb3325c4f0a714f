/** What `run study` measured of a platform, as the study's files have it: rows of ours → text of theirs. */
import type { Session } from "../../../research/manifest.ts";
import type { ImageSize } from "../../../research/protocol.ts";
import type { StudyDimension, studyDimensionsTable } from "../../../research/tables/study/dimensions.ts";
import { roundTripOf, speedOf } from "../../../research/tables/study/printed.ts";
import type { studyPullTable } from "../../../research/tables/study/pull.ts";
import type { studyColdTable, studyWarmTable } from "../../../research/tables/study/starts.ts";
import type { Nanoseconds } from "../../../research/units.ts";
import { V3_FILES } from "../v3-files.ts";
import { differenceMs, measuredPct, totalMemory } from "./dimension-metrics.ts";

type RowOf<T> = T extends { readonly parse: (...args: never[]) => (infer Row)[] } ? Row : never;

type DimensionRow = RowOf<typeof studyDimensionsTable>;

/** The rows of each table that is there, in the order of their file. */
export interface StudyRows {
  readonly "study-warm"?: readonly RowOf<typeof studyWarmTable>[];
  readonly "study-cold"?: readonly RowOf<typeof studyColdTable>[];
  readonly "study-dimensions"?: readonly DimensionRow[];
  readonly "study-pull"?: readonly RowOf<typeof studyPullTable>[];
}

/** @returns text by the file's name; no file where nothing of it was measured */
export function studyTexts(rows: StudyRows, sessions: readonly Session[]): ReadonlyMap<string, string> {
  const of = (name: StudyDimension): readonly DimensionRow[] =>
    (rows["study-dimensions"] ?? []).filter(({ dimension, warmup }) => dimension === name && !warmup);
  const files: readonly (readonly [file: string, rows: readonly object[]])[] = [
    ["01-startup-latency.csv", startups(rows, sessions)],
    [
      "02-copyup-overhead.csv",
      bySubject(of("copy-up"), (row) => ({ file_size_mb: Number(row.subject), copyup_ms: clamped(row) })),
    ],
    ["03-cpu-throttling.csv", bySubject(of("cpu-throttling"), throttling)],
    [
      "04-write-performance.csv",
      bySubject(of("write"), ({ subject, printed }) => ({ mode: subject, write_speed_mbps: speedOf(printed) })),
    ],
    [
      "05-metadata-operations.csv",
      bySubject(of("metadata"), (row) => ({ mode: row.subject, file_count: FILES, duration_ms: clamped(row) })),
    ],
    ["06-image-pull-time.csv", pulls(rows, sessions)],
    [
      "07-namespace-overhead.csv",
      bySubject(of("namespaces"), ({ subject, wall_ns }) => ({ operation: subject, duration_ms: inMs(wall_ns) })),
    ],
    [
      "08-network-latency.csv",
      bySubject(of("network"), ({ subject, printed }) => ({ mode: subject, avg_rtt_ms: roundTripOf(printed) })),
    ],
    ["09-memory-efficiency.csv", bySubject(of("memory"), memory)],
  ];
  return new Map(files.flatMap(([file, its]) => (its.length === 0 ? [] : [[file, textOf(file, its)] as const])));
}

const FILES = 500;

/** In the order of their file, each condition counted by itself. */
function numbered<R>(rows: readonly R[], condition: (row: R) => string, cells: (row: R) => object): object[] {
  const counts = new Map<string, number>();
  return rows.map((row) => {
    const iteration = (counts.get(condition(row)) ?? 0) + 1;
    counts.set(condition(row), iteration);
    return { iteration, ...cells(row) };
  });
}

const bySubject = (rows: readonly DimensionRow[], cells: (row: DimensionRow) => object): object[] =>
  numbered(rows, ({ subject }) => subject, cells);

/** In the order in which they were measured, which is not the study's: another would look like drift. */
const startups = (rows: StudyRows, sessions: readonly Session[]): object[] =>
  (["warm", "cold"] as const).flatMap((mode) =>
    numbered(
      (rows[`study-${mode}`] ?? []).filter(({ warmup }) => !warmup),
      ({ image }) => image,
      ({ image, session, outcome, wall_ns }) => ({
        image: imageName(image, session, sessions, `study-${mode}`),
        mode,
        startup_ms: outcome === "ok" ? inMs(wall_ns) : null,
      }),
    ),
  );

const pulls = (rows: StudyRows, sessions: readonly Session[]): object[] =>
  numbered(
    (rows["study-pull"] ?? []).filter(({ warmup }) => !warmup),
    ({ image }) => image,
    ({ image, session, wall_ns }) => ({
      image: imageName(image, session, sessions, "study-pull"),
      pull_time_ms: inMs(wall_ns),
    }),
  );

/** Negative differences are 0 in the study's files. */
function clamped(row: DimensionRow): number | null {
  const difference = differenceMs(row);
  return difference === null ? null : Math.max(0, hundredths(difference));
}

function throttling(row: DimensionRow): object {
  const [target_pct, measured] = [Number(row.subject), measuredPct(row)];
  const measured_pct = measured === null ? null : hundredths(measured);
  return { target_pct, measured_pct, variance_pct: measured_pct === null ? null : rounded(measured_pct - target_pct) };
}

function memory(row: DimensionRow): object {
  const [container_count, total] = [Number(row.subject), totalMemory(row)];
  const total_mem_mb = total === null ? null : rounded(total);
  const per_container_mem_mb = total_mem_mb === null ? null : hundredths(total_mem_mb / container_count);
  return { container_count, per_container_mem_mb, total_mem_mb };
}

function textOf(file: string, rows: readonly object[]): string {
  const declared = V3_FILES.find((each) => each.file === file);
  if (declared === undefined) throw new RangeError(`the study has no file ${file}`);
  return declared.write(rows);
}

const inMs = (time: Nanoseconds | null): number | null => (time === null ? null : hundredths(time / 1e6));

/** The study's script cuts its numbers off after two decimals. */
const hundredths = (value: number): number => Math.trunc(value * 100) / 100;
/** Of numbers with few decimals, whose sums and differences have no more. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** As platform.json names it: an image of the study's has the study's own name. */
const imageName = (size: ImageSize, session: number, sessions: readonly Session[], experiment: string): string =>
  sessions
    .find((each) => each.session === session)
    ?.experiments?.find(({ name }) => name === experiment)
    ?.images?.find(({ conditions }) => conditions.includes(size))?.name ?? size;
