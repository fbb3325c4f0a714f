/**
 * How fast is the analysis? `npm run bench:analysis [-- --rows 12000 100000 300000 1000000]`: whole processes of
 * `compare` on the study's platforms beside a SciPy script that prints the study's kind of tables, in turns; and of
 * `analyze --format json` over synthetic platforms of growing size, with their peak memory, and what a row costs at each
 * size beside the one before it: near 1 when the time grows linearly. Up to 12 000 rows the shares have intervals, which is
 * more work than the rows themselves; that size is included to show that it takes no longer than a million.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { toolVersion } from "../../analysis/edges/repository.ts";
import { ratio } from "../../analysis/statistics/effects/ratio.ts";
import { median } from "../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../analysis/statistics/sorted-samples.ts";
import { paperData } from "../../analysis/testing/paper-data.ts";
import { writeSyntheticPlatform } from "../testing/synthetic-platform.ts";

const command = fileURLToPath(new URL("../tierbench", import.meta.url));

const { rows: sizes, seed } = await yargs(hideBin(process.argv))
  .option("rows", { type: "number", array: true, default: [12_000, 100_000, 300_000, 1_000_000] })
  .option("seed", { type: "number", default: 1 })
  .strict()
  .parseAsync();

interface Usage {
  readonly seconds: number;
  /** Peak resident memory of the process. */
  readonly bytes: number;
}

/** Runs the command as a user would; the process itself says at its end what memory it took. */
function measure(args: readonly string[]): Usage {
  const onExit = `process.on("exit",()=>console.error("maxRSS",process.resourceUsage().maxRSS))`;
  const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(onExit)}` };
  const begin = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(command, args, { env, encoding: "utf8", maxBuffer: 1 << 30 });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const kibibytes = /^maxRSS (\d+)$/m.exec(stderr)?.[1];
  if (status !== 0 || kibibytes === undefined) throw new Error(`tierbench ${args.join(" ")} failed: ${error ?? stderr}`);
  return { seconds, bytes: Number(kibibytes) * 1024 };
}

function analyzeSynthetic(rows: number): Usage & { readonly fileBytes: number } {
  const folder = mkdtempSync(join(tmpdir(), "tierbench-bench-"));
  try {
    writeSyntheticPlatform(folder, rows, seed, toolVersion());
    return { ...measure(["analyze", folder, "--format", "json"]), fileBytes: statSync(join(folder, "startup.csv")).size };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ROUNDS = 15;

interface Times {
  readonly wall_s: number;
  /** Of the whole process, user and system: what a busy machine changes least. */
  readonly cpu_s: number;
}

function times(program: string, args: readonly string[]): Times {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1';
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", program, ...args], { encoding: "utf8" });
  const [wall_s, user, system] = stderr.trim().split(" ").map(Number);
  if (status !== 0 || wall_s === undefined || user === undefined || system === undefined) {
    throw new Error(`${program} ${args.join(" ")} failed: exit code ${status}; run it by hand`);
  }
  return { wall_s, cpu_s: user + system };
}

/** In turns, so that what disturbs the machine disturbs both. */
function compareBesideSciPy(data: string): void {
  const folders = readdirSync(data, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [join(data, entry.name)] : [],
  );
  const script = fileURLToPath(new URL("compare.py", import.meta.url));
  const rounds = Array.from({ length: ROUNDS + 1 }, () => ({
    ours: times(command, ["compare", ...folders]),
    scipy: times("python3", [script, ...folders]),
  })).slice(1); // the first fills the caches
  for (const clock of ["wall_s", "cpu_s"] as const) {
    const a = sortedSamples(rounds.map(({ ours }) => ours[clock]));
    const b = sortedSamples(rounds.map(({ scipy }) => scipy[clock]));
    const { ratio: factor, interval } = ratio(a, b);
    console.log(
      `${clock}: compare / SciPy = ${factor.toFixed(2)} (95 % CI ${interval?.map((end) => end.toFixed(2)).join("–")}), ${ROUNDS} rounds, medians ${median(a).toFixed(2)} and ${median(b).toFixed(2)}`,
    );
  }
}

const hasSciPy = spawnSync("python3", ["-c", "import scipy.stats"]).status === 0;
console.log("compare on the study's platforms, whole process, beside the study's kind of tables by SciPy (aim: at most 1)");
if (paperData === undefined) console.log("left out: the study's data is missing; name its folder in TIERBENCH_PAPER_DATA");
else if (!hasSciPy) console.log("left out: python3 has no SciPy here");
else compareBesideSciPy(paperData);

const MEGABYTE = 1e6;
console.log("analyze --format json, whole process (aim: 1 000 000 rows in at most 10 s and 1 GB, linear)");
let before: number | null = null;
for (const rows of sizes) {
  const { seconds, bytes, fileBytes } = analyzeSynthetic(rows);
  const perRow = seconds / rows;
  const ratio = before === null ? "" : `, ${(perRow / before).toFixed(2)}× the size before`;
  console.log(
    `${rows} rows (${(fileBytes / MEGABYTE).toFixed(0)} MB): ${seconds.toFixed(2)} s, peak ${(bytes / MEGABYTE).toFixed(0)} MB, ${(perRow * 1e6).toFixed(1)} µs a row${ratio}`,
  );
  before = perRow;
}
