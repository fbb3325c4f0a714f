/**
 * How long do all figures take? `npm run bench:figures [-- --rounds N]`: whole processes of `figures` on the study's raw
 * data, in turn with scripts/bench/study-figures.py, which draws the study's seven with matplotlib; the ratio of the medians.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { median } from "../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../analysis/statistics/sorted-samples.ts";
import { paperData } from "../../analysis/testing/paper-data.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { rounds } = await yargs(hideBin(process.argv)).option("rounds", { type: "number", default: 5 }).strict().parseAsync();

if (paperData === undefined)
  throw new Error("the study's raw data is not at hand: run `tierbench paper fetch`, or name its folder in TIERBENCH_PAPER_DATA");
const data = paperData;
const platforms = readdirSync(data, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? join(data, entry.name) : [],
);

/** The first Python that has matplotlib. */
const python = ["python3", "/usr/bin/python3"].find((name) => spawnSync(name, ["-c", "import matplotlib"]).status === 0);
const out = mkdtempSync(join(tmpdir(), "tierbench-bench-"));
const contestants = {
  figures: [here("../tierbench"), "figures", ...platforms, "--out", join(out, "ours")],
  ...(python === undefined ? {} : { matplotlib: [python, here("study-figures.py"), data, join(out, "theirs")] }),
};

/** Wall time of the whole process, in seconds. */
function run([command, ...args]: readonly string[]): number {
  const begin = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(command as string, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} failed: ${error ?? stderr}`);
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

const seconds = new Map<string, number[]>(Object.keys(contestants).map((name) => [name, []]));
try {
  // One round is not counted: the files and programs are not in memory yet.
  for (let round = 0; round <= rounds; round += 1) {
    const turn = Object.entries(contestants);
    for (const [name, command] of round % 2 === 0 ? turn : turn.reverse()) {
      const taken = run(command);
      if (round > 0) seconds.get(name)?.push(taken);
    }
  }
  const count = (folder: string, kind: string): number =>
    readdirSync(join(out, folder)).filter((name) => name.endsWith(kind)).length;
  const middle = (name: string): number => median(sortedSamples(seconds.get(name) as number[]));
  const kinds = (folder: string): string => ["png", "pdf"].map((kind) => `${count(folder, kind)} ${kind}`).join(", ");
  console.log(
    `figures, whole process: median ${middle("figures").toFixed(2)} s of ${rounds} (${kinds("ours")}, and SVG, specification, table)`,
  );
  if (python === undefined) console.log("no python3 with matplotlib is at hand: nothing to compare with");
  else {
    console.log(`matplotlib, whole process: median ${middle("matplotlib").toFixed(2)} s of ${rounds} (${kinds("theirs")})`);
    console.log(`ratio of the medians: ${(middle("figures") / middle("matplotlib")).toFixed(2)}× (aim: at most 0.5×)`);
  }
} finally {
  rmSync(out, { recursive: true });
}
