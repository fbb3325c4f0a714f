/**
 * Does a long run stay as it began? `npm run bench:day [-- --starts N --engine URL]`: one run of `run startup` with so many
 * warm starts, watched from outside through /proc; prints a row for each tenth of it: resident memory, open descriptors, and
 * the time from one row to the next. 2 000 starts take some twelve minutes on an idle machine with two processors: their
 * containers have the host's network, as wiring one would double that and is the engine's work.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { median } from "../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../analysis/statistics/sorted-samples.ts";
import { startupTable } from "../../research/tables/startup.ts";

const TENTHS = 10;
const LOOK_EVERY_MS = 1_000;
const KIB_A_MIB = 1_024;

const { starts, engine } = await yargs(hideBin(process.argv))
  .option("starts", { type: "number", default: 2_000 })
  .option("engine", { type: "string" })
  .strict()
  .parseAsync();

interface Look {
  readonly rows: number;
  readonly memory_kib: number;
  readonly descriptors: number;
}

const folder = mkdtempSync(join(tmpdir(), "tierbench-day-"));
const csv = join(folder, "day", "startup.csv");
const command = fileURLToPath(new URL("../tierbench", import.meta.url));
const run = spawn(
  command,
  [
    ...["run", "startup", "--platform", "day", "--out", folder, "--images", "small", "--iterations", String(starts)],
    ...["--modes", "warm", "--network", "host", "--sessions", "1", ...(engine === undefined ? [] : ["--engine", engine])],
  ],
  { stdio: ["ignore", "ignore", "inherit"] },
);
const looks: Look[] = [];
const look = (): void => {
  try {
    const lines = readFileSync(csv, "latin1").split("\n").length - 2;
    const status = readFileSync(`/proc/${run.pid}/status`, "utf8");
    const memory_kib = Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1]);
    looks.push({ rows: lines, memory_kib, descriptors: readdirSync(`/proc/${run.pid}/fd`).length });
  } catch {
    // It has not begun, or has just ended.
  }
};
const timer = setInterval(look, LOOK_EVERY_MS);
const code = await new Promise<number | null>((resolve) => run.once("close", resolve));
clearInterval(timer);
const rows = startupTable.parse(readFileSync(csv, "utf8"), csv);
rmSync(folder, { recursive: true, force: true });

const times = rows.map(({ started_unix_ns }) => Number(started_unix_ns / 1_000n) / 1e3);
console.log(`exit code ${code}; ${rows.length} rows, ${rows.filter(({ outcome }) => outcome === "ok").length} ok`);
console.log("| rows | resident memory (MiB) | descriptors | from row to row (ms, median) |\n| --: | --: | --: | --: |");
for (let tenth = 1; tenth <= TENTHS; tenth += 1) {
  const [from, to] = [Math.floor(((tenth - 1) * rows.length) / TENTHS), Math.floor((tenth * rows.length) / TENTHS)];
  const seen = looks.filter((each) => each.rows > from && each.rows <= to);
  const gaps = times.slice(from, to).flatMap((at, index, part) => (index === 0 ? [] : [at - (part[index - 1] as number)]));
  if (seen.length === 0 || gaps.length === 0) continue;
  const of = (value: (one: Look) => number): number => median(sortedSamples(seen.map(value)));
  console.log(
    `| ${to} | ${(of(({ memory_kib }) => memory_kib) / KIB_A_MIB).toFixed(0)} | ${of(({ descriptors }) => descriptors).toFixed(0)} | ${median(sortedSamples(gaps)).toFixed(0)} |`,
  );
}
console.log(
  `load average ${loadavg()
    .map((one) => one.toFixed(2))
    .join(", ")}`,
);
process.exitCode = code ?? 1;
