/**
 * Is the partition by cause true? `npm run validate:why [-- --blocks N --only TEXT]`: puts known waits into starts of a private
 * engine of its own, interleaved with starts with nothing put in, and prints in Markdown in which cause, program and phase
 * they came back; then the CPU time on the path against what the kernel accounts to the same programs. Root on Debian or
 * Ubuntu.
 */
import { loadavg } from "node:os";
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { median } from "../../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../../analysis/statistics/sorted-samples.ts";
import { provideImage } from "../../../benchmarks/edges/images/images.ts";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { interruptible } from "../../../benchmarks/edges/terminal/interruptible.ts";
import { SCHEDULER_EVENTS, SCHEDULER_OPTIONS } from "../../../benchmarks/timeline/causes/scheduler-events.ts";
import type { ImageSize } from "../../../research/protocol.ts";
import { leavesOut, type Shift } from "../injection/recovery.ts";
import { startArmedEngine } from "./armed-engine.ts";
import type { ExplainedStart } from "./explained-start.ts";
import { COMMANDS, INJECTIONS } from "./injections.ts";
import { type InjectedBlock, imagesOf, observeInjections } from "./observe-injections.ts";
import { cpuPairs, ofCause, type Recovery, recoveries } from "./recovery.ts";

const {
  blocks: wanted,
  seed,
  only,
} = await yargs(hideBin(process.argv))
  .option("blocks", { type: "number", default: 20 })
  .option("seed", { type: "number", default: 1 })
  .option("only", { type: "string", default: "", describe: "injections whose names contain this" })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);
const injections = INJECTIONS.filter(({ name }) => name.includes(only));

const number = (value: number, digits = 2): string => value.toFixed(digits).replace(/^-(0\.0+)$/, "$1");
const ends = ({ interval }: Shift): string => (interval === null ? "none" : `${number(interval[0])} to ${number(interval[1])}`);
const both = (of: Shift): string => `${number(of.ms)} (${ends(of)})`;
const medianOf = (values: readonly number[]): number => median(sortedSamples(values));
const table = (header: string[], rows: string[][], left: number): void =>
  console.log(`\n${markdownTable([header, ...rows], { align: header.map((_, column) => (column < left ? "l" : "r")) })}`);

function print(blocks: readonly InjectedBlock[]): void {
  const found = recoveries(injections, blocks);
  const load = loadavg().map((of) => number(of));
  console.log(`${blocks.length} blocks, seed ${seed}; load average ${load.join(", ")} at the end`);
  console.log("\nms; Hodges-Lehmann estimates of the differences within blocks, 95 % intervals");
  table(["put in", "must be in", "put in, ms", "found", "median error", "largest error", "total"], found.flatMap(targetRow), 2);
  table(
    ["put in", "total", "`runqueue`", "`cpu`", "`rcu`", "the other causes"],
    found.filter(({ injection }) => injection.target === undefined).map(untargetedRow),
    1,
  );
  printElsewhere(found);
  printCpu(blocks);
  printUnseen(
    "with nothing put in",
    2,
    blocks.flatMap(({ nothing }) => Object.values(nothing)),
  );
  printUnseen(
    "beside a busy loop on every processor",
    5,
    blocks.flatMap(({ injected }) => [...injected].flatMap(([{ amounts }, start]) => (amounts.busy === true ? [start] : []))),
  );
}

function printUnseen(where: string, aim_pct: number, starts: readonly ExplainedStart[]): void {
  if (starts.length === 0) return;
  const unseen = starts.map((start) => (100 * ofCause(start, "unseen")) / start.total_ns);
  console.log(
    `\n\`unseen\` in ${starts.length} starts ${where}: median ${number(medianOf(unseen))} %, largest ${number(Math.max(...unseen))} %; aim for the median: at most ${aim_pct} %`,
  );
}

function targetRow({ injection, put, found, errors_ms, total }: Recovery): string[][] {
  const { target, name } = injection;
  if (target === undefined) return [];
  const sizes = errors_ms.map(Math.abs);
  const place = `\`${target.cause}\`, ${target.phase}`;
  return [[name, place, number(put.ms), both(found), number(medianOf(errors_ms), 3), number(Math.max(...sizes), 3), both(total)]];
}

function untargetedRow({ injection, total, elsewhere, others }: Recovery): string[] {
  const named = (["runqueue", "cpu", "rcu"] as const).map((cause) => both(elsewhere.get(cause) as Shift));
  return [injection.name, both(total), ...named, both(others)];
}

function printElsewhere(found: readonly Recovery[]): void {
  const all = found.flatMap(({ injection, elsewhere }) =>
    // A loop on every processor is everybody's, and another kind of grace period takes more CPU time.
    injection.target === undefined ? [] : [...elsewhere].map(([cause, of]) => ({ injection, cause, ...of })),
  );
  const out = all.filter((of) => leavesOut(of, 0));
  const sure = all.filter(({ adjustedP }) => adjustedP < 0.05);
  console.log(
    `\nEverything that must take nothing, by cause: ${all.length} intervals, of which ${out.length} leave out 0 (by chance: ${number(0.05 * all.length, 1)}); after Holm's adjustment, p < 0.05:\n`,
  );
  for (const of of sure) console.log(`- ${of.injection.name}: \`${of.cause}\` ${both(of)}, p ${of.adjustedP.toPrecision(2)}`);
  if (sure.length === 0) console.log("- none");
}

function printCpu(blocks: readonly InjectedBlock[]): void {
  const pairs = blocks.flatMap(({ nothing, injected }) => [...Object.values(nothing), ...injected.values()]).flatMap(cpuPairs);
  const programs = [...new Set(pairs.map(({ program }) => program))];
  console.log("\nCPU time of the same starts, ms: on the path, and as the kernel accounts it");
  table(
    ["program", "starts", "on the path, median", "accounted, median", "on the path beyond what is accounted, at most"],
    programs.map((program) => {
      const own = pairs.filter((pair) => pair.program === program);
      const beyond = Math.max(...own.map(({ onPath, accounted }) => onPath - accounted));
      return [
        ...[program, String(own.length), number(medianOf(own.map(({ onPath }) => onPath / 1e6)))],
        ...[number(medianOf(own.map(({ accounted }) => accounted / 1e6))), beyond <= 0 ? "never" : number(beyond / 1e6, 3)],
      ];
    }),
    1,
  );
}

await interruptible(async (signal) => {
  await using armed = await startArmedEngine(say);
  await using probe = openTracefs();
  await using _scheduler = await probe.watch({ events: SCHEDULER_EVENTS, options: SCHEDULER_OPTIONS });
  const references = new Map<string, string>();
  for (const name of imagesOf(injections)) {
    const size = name as ImageSize;
    references.set(size, (await provideImage(armed.engine.docker, { kind: "local", name: size }, say, signal)).reference);
  }
  const imageOf = (command: keyof typeof COMMANDS): string => references.get(COMMANDS[command]) as string;
  const blocks = await observeInjections(armed, probe, { injections, blocks: wanted, seed, imageOf }, signal, (done) =>
    say(`block ${done} of ${wanted}`),
  );
  print(blocks);
});
