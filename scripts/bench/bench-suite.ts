/**
 * How long does the study take, and how precise is it? `npm run bench:suite [-- --engine URL]` measures the study's nine
 * dimensions at its own numbers of trials; `npm run bench:suite -- PLATFORM` takes a platform that was measured before. Prints
 * minutes by experiment beside the study's script, the intervals of the medians beside those of the study's data, and what it
 * makes that conditions share a container.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { readPlatforms } from "../../analysis/edges/reading/read-results.ts";
import { readText } from "../../analysis/edges/reading/read-text.ts";
import { studyOfPlatform } from "../../analysis/edges/reading/study-of-platform.ts";
import { committedResults, toolVersion } from "../../analysis/edges/repository.ts";
import { factor, factorInterval, MISSING, pct } from "../../analysis/samples/numbers.ts";
import type { Platform, StudyPlatform } from "../../analysis/subjects/platform.ts";
import { toSubject } from "../../analysis/subjects/to-subject.ts";
import { paperData } from "../../analysis/testing/paper-data.ts";
import { TABLES } from "../../research/tables/catalogue.ts";
import { DIMENSIONS, type Widths, widthsOf } from "./dimensions.ts";
import { placeInContainer } from "./place-in-container.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const AIM_MINUTES = 12;

const { _: given, engine } = await yargs(hideBin(process.argv)).option("engine", { type: "string" }).strictOptions().parseAsync();
const [platform = await measure()] = given.map(String);

async function measure(): Promise<string> {
  const out = here("../../.cache/bench-suite");
  const label = `suite-${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}`;
  const names = DIMENSIONS.map(({ experiment }) => experiment);
  // One session, as the study measured: like with like.
  const args = ["run", ...names, "--iterations", "50", "--sessions", "1", "--platform", label, "--out", out];
  const run = spawn(here("../tierbench"), [...args, ...(engine === undefined ? [] : ["--engine", engine])], { stdio: "inherit" });
  // It cleans up, and ends; a second one, where Ctrl-C reaches it too, changes nothing.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => run.kill(signal));
  const [code] = (await once(run, "exit")) as [number | null];
  if (code !== 0) process.exit(code ?? 1);
  return join(out, label);
}

const read = (names: readonly string[]) =>
  readPlatforms(names, { resultsFolder: committedResults(), toolVersion: toolVersion() }, (_, error) => {
    throw error;
  });
const [ours] = read([platform]) as [Platform];
const studies = paperData === undefined ? [] : (read(foldersIn(paperData)) as StudyPlatform[]);
if (!("manifest" in ours)) throw new Error(`${platform} was not measured by tierbench`);

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [join(folder, entry.name)] : []));
}

const { measurements } = toSubject(ours);
const theirs = studies.map((study) => ({ label: study.label, measurements: toSubject(study).measurements }));

const print = (header: readonly string[], rows: readonly (readonly string[])[], left = 1): void =>
  console.log(`${markdownTable([header, ...rows], { align: header.map((_, column) => (column < left ? "l" : "r")) })}\n`);

const { sessions } = ours.manifest;
const session = sessions.at(-1);
const planned = sessions.flatMap(({ experiments = [] }) => experiments);
const minutes = (seconds: number | null | undefined): string => (seconds == null ? MISSING : (seconds / 60).toFixed(1));

console.log(`${ours.label}: ${session?.engine.server ?? ""}, ${session?.host.cpu_count ?? ""} CPUs`);
console.log(`load average ${session?.load_before?.join(", ")} before, ${session?.load_after?.join(", ")} after\n`);
/** In all sessions together. */
const timed = DIMENSIONS.map(({ experiment }) => {
  const parts = planned.filter(({ name }) => name === experiment);
  const [first] = parts;
  const known = parts.flatMap(({ seconds }) => seconds ?? []);
  const sumOf = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
  return (
    first && {
      conditions: first.conditions,
      iterations: sumOf(parts.map(({ iterations }) => iterations)),
      seconds: known.length < parts.length ? undefined : sumOf(known),
    }
  );
});
print(
  ["experiment", "conditions", "trials of each", "minutes"],
  timed.map((one, index) => [
    DIMENSIONS[index]?.experiment ?? "",
    String(one?.conditions.length ?? MISSING),
    String(one?.iterations ?? MISSING),
    minutes(one?.seconds),
  ]),
);
const sum = timed.reduce<number | null>((all, one) => (all === null || one?.seconds === undefined ? null : all + one.seconds), 0);
const scripts = studies.map(({ label, run_seconds }) => `${label} ${minutes(run_seconds)}`).join(", ");
console.log(`the study's dimensions: ${minutes(sum)} minutes (aim: at most ${AIM_MINUTES}); the study's script, minutes:`);
console.log(`${scripts === "" ? "its data is not at hand: tierbench paper fetch" : scripts}\n`);

const widths = (found: Widths | null): string =>
  found === null
    ? MISSING
    : found.conditions === 1
      ? `${pct(percent(found.middle))} (n ${found.trials})`
      : `${pct(percent(found.middle))}, widest ${pct(percent(found.widest))} (n ${found.trials})`;
const percent = (share: number | null): number | null => (share === null ? null : 100 * share);

/** What `run study` measured, as the study did; nothing where it was not run. */
const asTheirs = studyOfPlatform(ours);
const theirWay = asTheirs === undefined ? [] : toSubject(asTheirs).measurements;
const noWider = (own: Widths | null, others: readonly (Widths | null)[]): string => {
  const known = others.flatMap((other) => other?.middle ?? []);
  const middle = own?.middle ?? null;
  return middle === null ? MISSING : `${known.filter((other) => middle <= other).length} of ${known.length}`;
};

console.log(
  "Half the 95 % interval of the median in % of the median, of the conditions that both have (the middle one of them); whether ours is no wider is asked where the quantity is the same:",
);
print(
  ["experiment", "ours", ...theirs.map(({ label }) => label), "no wider than"],
  DIMENSIONS.flatMap(({ experiment, metric, studyMetric, like, isSame }) => {
    const own = widthsOf(measurements, experiment, metric, like);
    const others = theirs.map((study) => widthsOf(study.measurements, experiment, studyMetric, () => true));
    const row = [
      `${experiment} ${metric}`,
      widths(own),
      ...others.map(widths),
      isSame ? noWider(own, others) : "another quantity",
    ];
    const alike = widthsOf(theirWay, experiment, studyMetric, () => true);
    const name = `${experiment} ${studyMetric}, the study's own way`;
    return alike === null ? [row] : [row, [name, widths(alike), ...others.map(widths), noWider(alike, others)]];
  }),
);

console.log("Trials that came later in their container over those that were the first in theirs (1: it makes no difference):");
print(
  ["experiment", "first", "later", "ratio", "95 % interval"],
  DIMENSIONS.flatMap(({ experiment, metric }) => {
    const table = TABLES.find(({ name }) => name === experiment);
    const own = measurements.filter((one) => one.experiment === experiment && one.metric === metric);
    if (table === undefined || own.length === 0) return [];
    const file = join(ours.folder, `${experiment}.csv`);
    const containers = table.parse(readText(file, "it was there a moment ago"), file).map(({ container_id }) => container_id);
    const found = placeInContainer(own, containers);
    if (found === null) return [];
    const { ratio, interval } = found.effect;
    const name = `${experiment} ${metric}`;
    return [[name, `${found.first}`, `${found.later}`, factor(ratio), interval === null ? MISSING : factorInterval(interval)]];
  }),
);
