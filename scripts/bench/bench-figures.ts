/**
 * How long do figures take? `npm run bench:figures [-- --rounds N]`: whole processes of `figures` on the study's raw data, all
 * that it allows in every format and the study's seven in PNG and PDF, in turn with scripts/bench/study-figures.py, which draws
 * the seven with matplotlib.
 * Ratios within rounds, of the time that passes and of the processors' time, which a busy machine moves less.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import type { FigureName } from "../../analysis/figures/catalogue.ts";
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
/** As many as the study has. It measured no tiers: its starts in order stand for their decomposition. */
const SEVEN: readonly FigureName[] = [
  ...(["warm-start-latency", "start-distribution", "cpu-throttling", "write-performance", "network-latency"] as const),
  ...(["pull-time", "collection-order"] as const),
];
const contestants: Readonly<Record<string, readonly string[]>> = {
  all: [here("../tierbench"), "figures", ...platforms, "--out", join(out, "all")],
  seven: [
    here("../tierbench"),
    "figures",
    ...platforms,
    "--only",
    ...SEVEN,
    "--format",
    "png",
    "pdf",
    "--out",
    join(out, "seven"),
  ],
  ...(python === undefined ? {} : { matplotlib: [python, here("study-figures.py"), data, join(out, "matplotlib")] }),
};

interface Taken {
  readonly wall_s: number;
  readonly processors_s: number;
}

/** Of the whole process with all that it starts. */
function run(command: readonly string[]): Taken {
  const timed = ["-c", 'TIMEFORMAT="%R %U %S"; time "$@"', "bash", ...command];
  const { status, stderr, error } = spawnSync("bash", timed, { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  if (status !== 0) throw new Error(`${command[0]} failed: ${error ?? stderr}`);
  const [wall_s, user_s, system_s] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number) as [number, number, number];
  return { wall_s, processors_s: user_s + system_s };
}

const taken = new Map<string, Taken[]>(Object.keys(contestants).map((name) => [name, []]));
try {
  // One round is not counted: the files and programs are not in memory yet.
  for (let round = 0; round <= rounds; round += 1) {
    const turn = Object.entries(contestants);
    for (const [name, command] of round % 2 === 0 ? turn : turn.reverse()) {
      const once = run(command);
      if (round > 0) taken.get(name)?.push(once);
    }
  }
  const count = (folder: string, kind: string): number =>
    readdirSync(join(out, folder)).filter((name) => name.endsWith(kind)).length;
  const kinds = (folder: string): string =>
    ["svg", "png", "pdf"].flatMap((kind) => (count(folder, kind) > 0 ? `${count(folder, kind)} ${kind}` : [])).join(", ");
  const middle = (values: readonly number[]): number => median(sortedSamples(values));
  const of = (name: string, part: keyof Taken): number[] => (taken.get(name) ?? []).map((each) => each[part]);
  /** Within rounds. */
  const ratio = (name: string, part: keyof Taken): string =>
    middle(of(name, part).map((value, round) => value / (of("matplotlib", part)[round] as number))).toFixed(2);
  console.log(
    `${rounds} rounds; load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(", ")}`,
  );
  for (const name of Object.keys(contestants)) {
    const medians = `median ${middle(of(name, "wall_s")).toFixed(2)} s, of the processors ${middle(of(name, "processors_s")).toFixed(2)} s`;
    const others = name === "matplotlib" ? "" : ", and specification, caption, table";
    console.log(`${name} (${kinds(name)}${others}): ${medians}`);
  }
  if (python === undefined) console.log("no python3 with matplotlib is at hand: nothing to compare with");
  else
    for (const [name, most] of [
      ["seven", 0.5],
      ["all", 1],
    ] as const)
      console.log(
        `${name} / matplotlib: ${ratio(name, "wall_s")}×, of the processors ${ratio(name, "processors_s")}× (aim: at most ${most}×)`,
      );
} finally {
  rmSync(out, { recursive: true });
}
