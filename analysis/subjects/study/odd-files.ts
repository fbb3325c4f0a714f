/** What in the study's files does not fit what its script does, or another of its files: it may be so, and a reader should know. */
import { count } from "../../../research/text/count.ts";
import { median } from "../../statistics/one-sample/median.ts";
import { sortedSamples } from "../../statistics/sorted-samples.ts";
import type { StudyFile } from "../platform.ts";

export interface OddFile {
  readonly file: string;
  /** In a sentence without its end. */
  readonly what: string;
}

/** What the script was given, not what it measured: the condition's part that has it, and the study's own. */
const GIVEN = {
  "02-copyup-overhead.csv": ["file", "100 MB"],
  "03-cpu-throttling.csv": ["limit", "50 %"],
  "05-metadata-operations.csv": ["files", "500 files"],
  "09-memory-efficiency.csv": ["containers", "3 containers"],
} as const satisfies Readonly<Record<string, readonly [factor: string, own: string]>>;
/** A design of one's own has as many trials of each; a cell that was changed stands alone. */
const FEW = 0.25;
/** No round trip on the earth takes a second, by a satellite neither. */
const ROUND_TRIP_MS = 1_000;
/** `ping` sends ten requests in as many seconds, and waits as long for what is not answered: no average is longer. */
const GIVEN_UP_MS = 60_000;

export function oddFiles(files: readonly StudyFile[]): OddFile[] {
  return [...files.flatMap(oddGiven), ...slowerThanStarts(files), ...slowRoundTrips(files)];
}

function oddGiven({ file, content }: StudyFile): OddFile[] {
  const given = file in GIVEN ? GIVEN[file as keyof typeof GIVEN] : undefined;
  if (given === undefined || "problem" in content) return [];
  const [factor, own] = given;
  // By the condition's trials: a file may have several metrics of each.
  const trials = new Map<string, number>();
  const [{ metric } = { metric: "" }] = content.measurements;
  for (const each of content.measurements) {
    const value = each.factors[factor] ?? "";
    if (each.metric === metric) trials.set(value, (trials.get(value) ?? 0) + each.values.length);
  }
  const most = Math.max(...trials.values());
  const strange = [...trials].find(([, rows]) => rows < most * FEW);
  if (strange !== undefined) {
    const [usual] = [...trials].find(([, rows]) => rows === most) as [string, number];
    return [
      { file, what: `${count(strange[1], "row")} with ${strange[0]}, ${count(most, "row")} with ${usual}: which of them is it?` },
    ];
  }
  const others = [...trials.keys()];
  return others.length === 0 || others.includes(own)
    ? []
    : [{ file, what: `${others.join(", ")} in all rows; the study's script has ${own}` }];
}

/** A container's start makes namespaces, and many processes beside. */
function slowerThanStarts(files: readonly StudyFile[]): OddFile[] {
  const [starts, namespaces] = [medianOf(files, "startup_ms"), medianOf(files, "duration_ms", "07-namespace-overhead.csv")];
  if (starts === null || namespaces === null || namespaces.median <= starts.median) return [];
  const what = `a process with namespaces takes ${rounded(namespaces.median)} ms, a container's start, which makes them too, ${rounded(starts.median)} ms; is it in another unit?`;
  return [{ file: namespaces.file, what }];
}

function slowRoundTrips(files: readonly StudyFile[]): OddFile[] {
  const trips = medianOf(files, "avg_rtt_ms");
  if (trips === null) return [];
  const { file, median, most } = trips;
  if (median > ROUND_TRIP_MS)
    return [{ file, what: `round trips of ${rounded(median)} ms, more than by satellite; are they in another unit?` }];
  return most > GIVEN_UP_MS ? [{ file, what: `a round trip of ${rounded(most)} ms, for which ping does not wait` }] : [];
}

const rounded = (ms: number): number => Math.round(ms);

/** Over all conditions. */
function medianOf(
  files: readonly StudyFile[],
  metric: string,
  only?: string,
): { file: string; median: number; most: number } | null {
  for (const { file, content } of files) {
    if ("problem" in content || (only !== undefined && file !== only)) continue;
    const values = content.measurements.flatMap((each) => (each.metric === metric ? each.values : []));
    if (values.length > 0) return { file, median: median(sortedSamples(values)), most: values.reduce((a, b) => Math.max(a, b)) };
  }
  return null;
}
