/**
 * How large is the package, and how long does it take to begin? `npm run bench:package [-- --rounds N]`: packs it, installs it
 * into a temporary folder as `npm install --global` does, and runs it there, in turns with a bare `node -e 0` and with the
 * checkout's command; prints medians, the time beyond Node's own within rounds, and the processor time of each, which a busy
 * machine lengthens less, also as a multiple of the bare one's.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { walshAverage } from "../../analysis/statistics/effects/walsh-average.ts";
import { median } from "../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../analysis/statistics/sorted-samples.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));
const SUITE = join(checkout, "results/debian12-docker20-suite");

interface Run {
  readonly args: readonly string[];
  /** In seconds. */
  readonly aim?: number;
  /** Of the installed package, where it is not this. */
  readonly of?: "node" | "checkout";
}

const RUNS: Readonly<Record<string, Run>> = {
  "node -e 0": { args: ["-e", "0"], of: "node" },
  "tierbench --version": { args: ["--version"], aim: 0.25 },
  "tierbench --help": { args: ["--help"] },
  "tierbench analyze SUITE": { args: ["analyze", SUITE], aim: 0.5 },
  "analyze SUITE in the checkout": { args: ["analyze", SUITE], aim: 0.5, of: "checkout" },
};

const { rounds } = await yargs(hideBin(process.argv)).option("rounds", { type: "number", default: 20 }).strict().parseAsync();

/** Processor time of the children that have ended, in s: of Linux alone, which counts hundredths (proc(5), cutime and cstime). */
function ofChildren(): number {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return Number.NaN;
  }
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

const folder = mkdtempSync(join(tmpdir(), "tierbench-bench-"));
// What Node compiles of the package, not the user's.
process.env.XDG_CACHE_HOME = folder;
try {
  const output = execFileSync("npm", ["pack", checkout, "--json", "--foreground-scripts=false"], {
    ...({ cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] } as const),
  });
  const [packed] = JSON.parse(output) as [Packed];
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  console.log(`tarball ${megabytes(packed.size)}, unpacked ${megabytes(packed.unpackedSize)}, ${packed.entryCount} files`);
  const prefix = join(folder, "prefix");
  const install = ["install", "--global", "--prefix", prefix, "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
  execFileSync("npm", [...install, join(folder, packed.filename)], { cwd: folder, stdio: "ignore" });
  const installed = join(prefix, "lib/node_modules/tierbench/scripts/tierbench.mjs");
  const commands = { node: [], checkout: [join(checkout, "scripts/tierbench.mjs")], package: [installed] };
  const times = Object.keys(RUNS).map((): number[] => []);
  const processor = times.map(() => 0);
  // The first round fills the page cache.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, { args, of = "package" }] of Object.values(RUNS).entries()) {
      const [began, spent] = [process.hrtime.bigint(), ofChildren()];
      const { status, stderr } = spawnSync(execPath, [...commands[of], ...args], { encoding: "utf8" });
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
      if (round === 0) continue;
      times[index]?.push(seconds);
      processor[index] = (processor[index] as number) + ofChildren() - spent;
    }
  }
  const [bare = []] = times;
  console.log(
    markdownTable(
      [
        ["command", "median (s)", "aim (s)", "beyond Node's own (s)", "95 % CI", "processor (s, mean)", "× node -e 0"],
        ...Object.entries(RUNS).map(([name, { aim }], index) => {
          const own = times[index] as number[];
          const { pseudomedian, interval } = walshAverage(own.map((seconds, round) => [seconds, bare[round] as number]));
          return [
            ...[name, median(sortedSamples(own)).toFixed(3), aim === undefined ? "" : `≤ ${aim}`],
            ...(index === 0 ? ["", ""] : [pseudomedian.toFixed(3), interval?.map((end) => end.toFixed(3)).join("–") ?? "none"]),
            ((processor[index] as number) / rounds).toFixed(3),
            ((processor[index] as number) / (processor[0] as number)).toFixed(1),
          ];
        }),
      ],
      { align: ["l", "r", "r", "r", "r", "r", "r"] },
    ),
  );
  console.log(
    `${rounds} rounds in turns; load average ${loadavg()
      .map((of) => of.toFixed(2))
      .join(", ")}`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
