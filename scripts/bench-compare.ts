/**
 * How fast is `compare`? `npm run bench:compare -- --data FOLDER [--rounds N]`: whole processes of `tierbench compare` of the
 * study's platforms, in turn with a SciPy script that prints the same tables (scripts/bench-scipy.py, without intervals of
 * the effects, phases or adjusted p-values). Prints the ratio of the medians; aim: at most 1.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { median } from "../analysis/statistics/median.ts";
import { sortedSamples } from "../analysis/statistics/sorted-samples.ts";

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const { data, rounds } = await yargs(hideBin(process.argv))
  .option("data", {
    type: "string",
    ...(process.env.TIERBENCH_PAPER_DATA === undefined ? {} : { default: process.env.TIERBENCH_PAPER_DATA }),
    describe: "Folder of the study's platforms (default: $TIERBENCH_PAPER_DATA)",
  })
  .option("rounds", { type: "number", default: 5 })
  .strict()
  .parseAsync();

interface Command {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
}

const giveUp = (message: string): never => {
  console.error(`bench-compare: ${message}`);
  process.exit(2);
};

/** The folders that hold the study's files. */
function platformsIn(folder: string | undefined): string[] {
  if (folder === undefined) return giveUp("where is the study's data? give --data FOLDER or set TIERBENCH_PAPER_DATA");
  const found = existsSync(folder)
    ? readdirSync(folder).filter((name) => existsSync(join(folder, name, "01-startup-latency.csv")))
    : [];
  if (found.length < 2) giveUp(`${folder} holds ${found.length} of the study's platforms, and two are needed`);
  return found.sort().map((name) => join(folder, name));
}

/** The interpreter itself: a version manager's stand-in for it would be timed as well. */
function pythonWithScipy(): string {
  for (const candidate of ["python3", "/usr/bin/python3"]) {
    const { status, stdout } = spawnSync(candidate, ["-c", "import sys, scipy.stats; print(sys.executable)"], {
      encoding: "utf8",
    });
    if (status === 0) return stdout.trim();
  }
  return giveUp("no python3 here has SciPy; install it: apt-get install python3-scipy");
}

function seconds({ name, file, args }: Command): number {
  const begin = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(file, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const elapsed = Number(process.hrtime.bigint() - begin) / 1e9;
  if (status !== 0) giveUp(`${name} failed: ${error?.message ?? stderr.trim()}`);
  return elapsed;
}

const platforms = platformsIn(data);
const tierbench: Command = { name: "tierbench compare", file: fromHere("tierbench"), args: ["compare", ...platforms] };
const scipy: Command = { name: "SciPy", file: pythonWithScipy(), args: [fromHere("bench-scipy.py"), data ?? ""] };

// Once each unmeasured: the files are then in the page cache for both.
for (const command of [tierbench, scipy]) seconds(command);
const [ours, theirs]: [number[], number[]] = [[], []];
for (let round = 0; round < rounds; round += 1) {
  if (round % 2 === 0) ours.push(seconds(tierbench));
  theirs.push(seconds(scipy));
  if (round % 2 === 1) ours.push(seconds(tierbench));
}

const middle = (times: readonly number[]): number => median(sortedSamples(times));
for (const [{ name }, times] of [[tierbench, ours] as const, [scipy, theirs] as const]) {
  console.log(
    `${name}: median ${middle(times).toFixed(2)} s (${Math.min(...times).toFixed(2)}–${Math.max(...times).toFixed(2)}), whole process, ${times.length} interleaved rounds`,
  );
}
console.log(`tierbench / SciPy, ratio of medians: ${(middle(ours) / middle(theirs)).toFixed(2)}; aim: at most 1`);
