/**
 * The nine raw files that accompany arXiv:2602.15214 ("v3" is what the study's script calls their format): how each is
 * read, and what it measures. Every measured column is a metric under its own name, so that it is never mistaken for one of
 * ours: the study's `startup_ms` lasts until `docker run` has returned, our `total_ms` until the entrypoint acts.
 */
import { between, count, oneOf, text } from "../../research/csv/cells.ts";
import type { OnCaution } from "../../research/csv/records.ts";
import type { ExperimentName } from "../../research/protocol.ts";
import type { ReadableTable, Table } from "../../research/table.ts";
import type { Measurement } from "./measurement.ts";
import { tooFast, type Work } from "./study/too-fast.ts";
import {
  CENT,
  clamped,
  difference,
  iteration,
  LEAST,
  MOST,
  measured,
  NOT_MEASURED,
  type Numbered,
  PROCESS_MS,
  ROUND_TRIP_MS,
  START_MS,
  studyTable,
  within,
} from "./study/v3-columns.ts";

export interface V3File {
  readonly file: string;
  readonly experiment: ExperimentName;
  /** Its columns stand in the order in which the study's script writes them. */
  readonly table: ReadableTable;
  /**
   * One measurement for each condition and measured column, the conditions in order of first appearance.
   * @throws TableError for a file that is not as declared
   */
  readonly read: (pieces: Iterable<string>, file: string, onCaution?: OnCaution) => V3Content;
  /** @param rows of the table @returns the text of the file */
  readonly write: (rows: readonly object[]) => string;
}

export interface V3Content {
  readonly measurements: readonly Measurement[];
  /** Rows in which a word stands for a measurement. */
  readonly missing: number;
  readonly rows: number;
}

type Metric = Pick<Measurement, "unit" | "better" | "work">;

interface Declaration<R extends Numbered, M extends keyof R & string> {
  readonly table: Table<R>;
  readonly experiment: ExperimentName;
  readonly factors: (row: R) => Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<M, Metric>>;
  /** Where times are differences, of which a single one may be anything. */
  readonly work?: Work<R>;
}

type Gathered = Measurement & Record<"values" | "blocks" | "rows", number[]>;

const image = text("image, with _ for :", /^[A-Za-z0-9][\w.:/@-]{0,127}$/, "an image's name");
const storage = oneOf(["overlayfs", "volume"], "where the files lie");

const lower = (unit: string): Metric => ({ unit, better: "lower" });
const higher = (unit: string): Metric => ({ unit, better: "higher" });
/** A value that should meet a target is neither better high nor better low. */
const neither = (unit: string): Metric => ({ unit, better: null });

export const V3_FILES: readonly V3File[] = [
  v3File({
    table: studyTable("01-startup-latency", "`docker run --rm` around a command that ends at once.", {
      iteration,
      image,
      mode: oneOf(["warm", "cold"], "cold: after caches were dropped"),
      startup_ms: measured("wall time of docker run, removal included", "ms", START_MS),
    }),
    experiment: "startup",
    factors: ({ image, mode }) => ({ image, mode }),
    metrics: { startup_ms: lower("ms") },
  }),
  v3File({
    table: studyTable("02-copyup-overhead", "Writing a new file of a given size, less an empty start.", {
      iteration,
      file_size_mb: count("size of the file in MB", 1),
      copyup_ms: clamped("difference of two container runs, negative ones set to 0"),
    }),
    experiment: "copy-up",
    factors: ({ file_size_mb }) => ({ file: `${file_size_mb} MB` }),
    metrics: { copyup_ms: lower("ms") },
    // No single process writes new files at 20 GB/s.
    work: { column: "copyup_ms", least_ms: ({ file_size_mb }) => (file_size_mb / 20_000) * 1e3 },
  }),
  v3File({
    table: studyTable(
      "03-cpu-throttling",
      "A counting loop under a CPU limit, timed by a clock of whole seconds.",
      {
        iteration,
        target_pct: between("the limit", "%", LEAST, MOST["%"] as number),
        measured_pct: measured("loops relative to those without a limit", "%", LEAST),
        variance_pct: difference("measured less target", "%"),
      },
      [
        ({ target_pct, measured_pct, variance_pct }) =>
          measured_pct !== null && variance_pct !== null && !within(CENT, measured_pct - target_pct, variance_pct)
            ? `variance_pct ${variance_pct} is not measured_pct ${measured_pct} less target_pct ${target_pct}`
            : undefined,
        ({ measured_pct, variance_pct }) =>
          measured_pct === null && variance_pct !== null
            ? {
                ...{ column: "variance_pct", value: `${variance_pct}`, expected: `${NOT_MEASURED}, as of measured_pct` },
                why: "it is measured_pct less target_pct",
              }
            : undefined,
      ],
    ),
    experiment: "cpu-throttling",
    factors: ({ target_pct }) => ({ limit: `${target_pct} %` }),
    metrics: { measured_pct: neither("%"), variance_pct: neither("%") },
  }),
  v3File({
    table: studyTable("04-write-performance", "256 MB written by dd, the number that dd prints for its speed.", {
      iteration,
      mode: storage,
      write_speed_mbps: measured("number before the unit that dd prints", "MB/s", LEAST),
    }),
    experiment: "write",
    factors: ({ mode }) => ({ storage: mode }),
    metrics: { write_speed_mbps: { ...higher("MB/s"), work: 256 } },
  }),
  v3File({
    table: studyTable("05-metadata-operations", "Creating files.", {
      iteration,
      mode: storage,
      file_count: count("files created", 1),
      duration_ms: clamped("difference of two container runs, negative ones set to 0"),
    }),
    experiment: "metadata",
    factors: ({ mode, file_count }) => ({ storage: mode, files: `${file_count} files` }),
    metrics: { duration_ms: lower("ms") },
    // No shell makes a file in two microseconds: to open and to close it takes one of them, even where nothing is created.
    work: { column: "duration_ms", least_ms: ({ file_count }) => (file_count * 2) / 1e3 },
  }),
  v3File({
    table: studyTable("06-image-pull-time", "`docker pull` of an image that was removed before.", {
      iteration,
      image,
      pull_time_ms: measured("wall time of docker pull", "ms", START_MS),
    }),
    experiment: "pull",
    factors: ({ image }) => ({ image }),
    metrics: { pull_time_ms: lower("ms") },
  }),
  v3File({
    table: studyTable("07-namespace-overhead", "`unshare` with a command that ends at once, as a process.", {
      iteration,
      operation: text("what was timed", /^\w{1,64}$/, "a name"),
      duration_ms: measured("wall time of the process, two forks of the clock included", "ms", PROCESS_MS),
    }),
    experiment: "namespaces",
    factors: ({ operation }) => ({ operation }),
    metrics: { duration_ms: lower("ms") },
  }),
  v3File({
    table: studyTable("08-network-latency", "ping from a container to a host on the internet.", {
      iteration,
      mode: oneOf(["bridge", "host"], "the container's network"),
      avg_rtt_ms: measured("average round trip as ping prints it", "ms", ROUND_TRIP_MS),
    }),
    experiment: "network",
    factors: ({ mode }) => ({ network: mode }),
    metrics: { avg_rtt_ms: lower("ms") },
  }),
  v3File({
    table: studyTable(
      "09-memory-efficiency",
      "Memory of containers of one image, as the engine reports it.",
      {
        iteration,
        container_count: count("containers at once", 1),
        per_container_mem_mb: measured("the total divided by the number of containers", "MB", LEAST),
        total_mem_mb: measured("sum over the containers", "MB", LEAST),
      },
      [
        ({ container_count, per_container_mem_mb, total_mem_mb }) =>
          per_container_mem_mb !== null &&
          total_mem_mb !== null &&
          !within(CENT, total_mem_mb / container_count, per_container_mem_mb)
            ? `per_container_mem_mb ${per_container_mem_mb} is not total_mem_mb ${total_mem_mb} divided by ${container_count}`
            : undefined,
      ],
    ),
    experiment: "memory",
    factors: ({ container_count }) => ({ containers: `${container_count} containers` }),
    metrics: { per_container_mem_mb: lower("MB"), total_mem_mb: lower("MB") },
  }),
];

function v3File<R extends Numbered, M extends keyof R & string>({
  table,
  experiment,
  factors,
  metrics,
  work,
}: Declaration<R, M>): V3File {
  return {
    file: `${table.name}.csv`,
    experiment,
    table,
    write: (rows) => table.header + rows.map((row) => table.formatRow(row as R)).join(""),
    read(pieces, file, onCaution) {
      const found = new Map<string, Gathered>();
      let [rows, missing] = [0, 0];
      const fast = work && tooFast(work);
      for (const row of table.read(pieces, file, onCaution)) {
        rows += 1;
        fast?.add(row);
        const condition = Object.values(factors(row)).join(" ");
        let complete = true;
        for (const metric of Object.keys(metrics) as M[]) {
          const value = row[metric] as number | null;
          const key = JSON.stringify([condition, metric]);
          const measurement: Gathered = found.get(key) ?? {
            ...{ experiment, factors: factors(row), condition, metric, ...metrics[metric] },
            ...{ values: [], blocks: [], rows: [] },
          };
          found.set(key, measurement);
          if (value === null) {
            complete = false;
            continue;
          }
          measurement.values.push(value);
          measurement.blocks.push(row.iteration);
          measurement.rows.push(rows);
        }
        if (!complete) missing += 1;
      }
      fast?.refuse(file);
      return { measurements: [...found.values()], missing, rows };
    },
  };
}
