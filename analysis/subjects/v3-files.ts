/**
 * The nine raw files that accompany arXiv:2602.15214 ("v3" is what the study's script calls their format): how each is
 * read, and what it measures. Every measured column is a metric under its own name, so that it is never mistaken for one of
 * ours: the study's `startup_ms` lasts until `docker run` has returned, our `total_ms` until the entrypoint acts.
 */
import { type Column, type ColumnsOf, count, decimal, oneOf, orWord, positive, text } from "../../research/csv/cells.ts";
import { rowKeys } from "../../research/csv/keys.ts";
import type { OnCaution } from "../../research/csv/records.ts";
import type { ExperimentName } from "../../research/protocol.ts";
import { type Check, defineTable, type ReadableTable, type Table } from "../../research/table.ts";
import type { Measurement } from "./measurement.ts";

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

interface Declaration<R extends { readonly iteration: number }, M extends keyof R & string> {
  readonly table: Table<R>;
  readonly experiment: ExperimentName;
  readonly factors: (row: R) => Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<M, Metric>>;
}

type Gathered = Measurement & Record<"values" | "blocks" | "rows", number[]>;

/** What the study's script writes where it could not measure. */
const NOT_MEASURED = "N/A";

const iteration = count("pass over the conditions, as the study numbers it");
/** Nothing in these files lasts a day, writes a terabyte a second, or needs a hundred terabytes. */
const MOST: Readonly<Record<string, number>> = { ms: 86_400_000, "MB/s": 1_000_000, "%": 100_000, MB: 100_000_000 };
/** No process, message or write takes no time; where the study's script could not read a number, it wrote 0. */
const measured = (description: string, unit: "ms" | "MB/s" | "%" | "MB"): Column<number | null> =>
  orWord(positive(description, unit, MOST[unit] as number), NOT_MEASURED);
/** What was computed as the difference of two times, and set to 0 where it was negative. */
const clamped = (description: string): Column<number | null> => {
  const column = decimal(description, "ms", 0);
  const most = MOST.ms as number;
  const parse = (cell: string): number | undefined => {
    const value = column.parse(cell);
    return value === undefined || value > most ? undefined : value;
  };
  return orWord({ ...column, expected: `${column.expected}, at most ${most}`, parse }, NOT_MEASURED);
};
const difference = (description: string, unit: string): Column<number | null> => orWord(decimal(description, unit), NOT_MEASURED);
const image = text("image, with _ for :", /^[A-Za-z0-9][\w.:/@-]{0,127}$/, "an image's name");
const storage = oneOf(["overlayfs", "volume"], "where the files lie");

const lower = (unit: string): Metric => ({ unit, better: "lower" });
const higher = (unit: string): Metric => ({ unit, better: "higher" });
/** A value that should meet a target is neither better high nor better low. */
const neither = (unit: string): Metric => ({ unit, better: null });

/** People make such files with programs of their own. What is measured may be missing; every other column tells rows apart. */
function studyTable<R>(name: string, description: string, columns: ColumnsOf<R>, checks: readonly Check<R>[] = []): Table<R> {
  const keys = (Object.keys(columns) as (keyof R & string)[]).filter((column) => columns[column].parse(NOT_MEASURED) !== null);
  return defineTable(name, description, columns, { author: "others", checks: () => [rowKeys(keys), ...checks] });
}

/** Two decimals, cut off or rounded. */
const CENT = 0.01;
const within = (bound: number, a: number, b: number): boolean => Math.abs(a - b) <= bound * (1 + 1e-9);

export const V3_FILES: readonly V3File[] = [
  v3File({
    table: studyTable("01-startup-latency", "`docker run --rm` around a command that ends at once.", {
      iteration,
      image,
      mode: oneOf(["warm", "cold"], "cold: after caches were dropped"),
      startup_ms: measured("wall time of docker run, removal included", "ms"),
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
  }),
  v3File({
    table: studyTable(
      "03-cpu-throttling",
      "A counting loop under a CPU limit, timed by a clock of whole seconds.",
      {
        iteration,
        target_pct: positive("the limit", "%", MOST["%"] as number),
        measured_pct: measured("loops relative to those without a limit", "%"),
        variance_pct: difference("measured less target", "%"),
      },
      [
        ({ target_pct, measured_pct, variance_pct }) =>
          measured_pct !== null && variance_pct !== null && !within(CENT, measured_pct - target_pct, variance_pct)
            ? `variance_pct ${variance_pct} is not measured_pct ${measured_pct} less target_pct ${target_pct}`
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
      write_speed_mbps: measured("number before the unit that dd prints", "MB/s"),
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
  }),
  v3File({
    table: studyTable("06-image-pull-time", "`docker pull` of an image that was removed before.", {
      iteration,
      image,
      pull_time_ms: measured("wall time of docker pull", "ms"),
    }),
    experiment: "pull",
    factors: ({ image }) => ({ image }),
    metrics: { pull_time_ms: lower("ms") },
  }),
  v3File({
    table: studyTable("07-namespace-overhead", "`unshare` with a command that ends at once, as a process.", {
      iteration,
      operation: text("what was timed", /^\w{1,64}$/, "a name"),
      duration_ms: measured("wall time of the process, two forks of the clock included", "ms"),
    }),
    experiment: "namespaces",
    factors: ({ operation }) => ({ operation }),
    metrics: { duration_ms: lower("ms") },
  }),
  v3File({
    table: studyTable("08-network-latency", "ping from a container to a host on the internet.", {
      iteration,
      mode: oneOf(["bridge", "host"], "the container's network"),
      avg_rtt_ms: measured("average round trip as ping prints it", "ms"),
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
        per_container_mem_mb: measured("the total divided by the number of containers", "MB"),
        total_mem_mb: measured("sum over the containers", "MB"),
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

function v3File<R extends { readonly iteration: number }, M extends keyof R & string>({
  table,
  experiment,
  factors,
  metrics,
}: Declaration<R, M>): V3File {
  return {
    file: `${table.name}.csv`,
    experiment,
    table,
    write: (rows) => table.header + rows.map((row) => table.formatRow(row as R)).join(""),
    read(pieces, file, onCaution) {
      const found = new Map<string, Gathered>();
      let [rows, missing] = [0, 0];
      for (const row of table.read(pieces, file, onCaution)) {
        rows += 1;
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
      return { measurements: [...found.values()], missing, rows };
    },
  };
}
