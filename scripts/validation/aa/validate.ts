/**
 * Does `compare` call engines different that do not differ? `npm run validate:aa [-- --rounds N --blocks N --folder DIR --splits N]`:
 * sessions of two private engines of one version in turns, restarted before each, and of a third that is slower by 20 ms;
 * groups of them through `compare`. Prints in Markdown how often a direction is named and the gate closes, and what it takes
 * to find a difference that is there. Rounds that DIR has count, so that they may be collected in pieces. Exit code 1 when
 * equals are called different more often than chance allows. Root on Debian or Ubuntu.
 */
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { markdownTable } from "markdown-table";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { toolVersion } from "../../../benchmarks/edges/files/tool-version.ts";
import { interruptible } from "../../../benchmarks/edges/terminal/interruptible.ts";
import { A, B, collect, DELAY_MS, DELAYED } from "./collect.ts";
import { mostByChance, shareByChance } from "./error-bound.ts";
import { atRandom, type Groups, inOrder, type RandomIndex, randomIndex, roundsAtRandom, roundsInOrder } from "./groups.ts";
import { levels } from "./levels.ts";
import { type Measured, readMeasured } from "./regroup.ts";
import { commonRounds, completeSessions, type Sides, type Told, tell } from "./tell.ts";

const SIZES = [3, 5, 10] as const;
/** Of each collection that is drawn to see how much the share of splits varies. */
const SPLITS_DRAWN = 100;

const { rounds, blocks, folder, splits, seed } = await yargs(hideBin(process.argv))
  .option("rounds", { type: "number", default: 20 })
  .option("blocks", { type: "number", default: 10 })
  .option("folder", { type: "string", default: join(tmpdir(), "tierbench-aa") })
  .option("splits", { type: "number", default: 300 })
  .option("seed", { type: "number", default: 1 })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);

const percent = (share: number): string => (100 * share).toFixed(1);
const table = (header: string[], rows: string[][]): string =>
  markdownTable([header, ...rows], { align: header.map((_, column) => (column < 1 ? "l" : "r")) });

interface Design {
  readonly name: string;
  readonly sides: Sides;
  /** Sessions of the one engine, or rounds of the two. */
  readonly units: readonly number[];
  readonly random: (units: readonly number[], k: number, splits: number, index: RandomIndex) => Groups[];
  readonly ordered: (units: readonly number[], k: number) => Groups[];
}

function designs(a: Measured, b: Measured): Design[] {
  return [
    {
      name: "one engine",
      sides: { a, b: a, paired: false },
      units: completeSessions(a),
      ...{ random: atRandom, ordered: inOrder },
    },
    {
      name: "two in turns",
      sides: { a, b, paired: true },
      units: commonRounds(a, b),
      ...{ random: roundsAtRandom, ordered: roundsInOrder },
    },
  ];
}

/** @returns whether chance allows all of it */
function printEquals(all: readonly Design[]): boolean {
  let allowed = true;
  const [shares, counts]: [string[][], string[][]] = [[], []];
  for (const { name, sides, units, random, ordered } of all) {
    for (const k of SIZES) {
      const overlapping = random(units, k, splits, randomIndex(seed));
      if (overlapping.length === 0) continue;
      const told = tell(sides, overlapping, toolVersion);
      const chance = shareByChance(units.length, sides.paired, (numbers, index) => random(numbers, k, SPLITS_DRAWN, index));
      const share = (count: number): string => percent(count / told.comparisons);
      shares.push([
        ...[name, `${units.length}`, `${k}`, share(told.warm), share(told.cold), share(told.family), share(told.gate)],
        ...[percent(chance.most), chance.effective.toFixed(1)],
      ]);
      const disjoint = tell(sides, ordered(units, k), toolVersion);
      const most = mostByChance(disjoint.comparisons);
      counts.push([name, `${k}`, ...counted(disjoint), `${most}`]);
      allowed &&= told.family / told.comparisons <= chance.most && told.gate / told.comparisons <= chance.most;
      allowed &&= disjoint.family <= most && disjoint.gate <= most;
    }
  }
  console.log(`\n**Engines that do not differ: groups of k drawn at random, ${splits} splits, called different, in %**\n`);
  const header = ["groups of", "sessions or rounds", "k", "warm", "cold", "either", "gate of 5 %"];
  console.log(table([...header, "at most, by chance", "worth so many independent"], shares));
  console.log("\n**The same in order of collection, without overlap: called different**\n");
  console.log(table(["groups of", "k", "comparisons", "warm", "cold", "either", "gate of 5 %", "at most, by chance"], counts));
  return allowed;
}

const counted = ({ comparisons, warm, cold, family, gate }: Told): string[] =>
  [comparisons, warm, cold, family, gate].map(String);

function printSingle(all: readonly Design[]): boolean {
  const silent = all.map(({ sides, units, ordered }) => tell({ ...sides, paired: false }, ordered(units, 1), toolVersion));
  const [comparisons, none] = [silent.flatMap((told) => told.comparisons), silent.flatMap((told) => told.silent)].map((counts) =>
    counts.reduce((sum, count) => sum + count, 0),
  ) as [number, number];
  console.log(`\nOne session a side: no verdict in ${none} of ${comparisons} comparisons.`);
  return none === comparisons;
}

function printPower(a: Measured, b: Measured, delayed: Measured): void {
  const found = (sides: Sides, groups: readonly Groups[]): string[] => {
    const told = tell(sides, groups, toolVersion);
    return told.comparisons === 0 ? ["none", "none"] : [told.warm, told.family].map((count) => percent(count / told.comparisons));
  };
  const index = randomIndex(seed);
  const kinds: readonly { readonly name: string; readonly sides: Sides; readonly units: readonly number[] }[] = [
    { name: `${DELAY_MS} ms, injected, in turns`, sides: { a: delayed, b, paired: true }, units: commonRounds(delayed, b) },
    { name: "5 %, scaled, in turns", sides: { a, b, paired: true, factor: 1.05 }, units: commonRounds(a, b) },
    { name: "5 %, scaled, one engine", sides: { a, b: a, paired: false, factor: 1.05 }, units: completeSessions(a) },
  ];
  const rows = kinds.flatMap(({ name, sides, units }) =>
    SIZES.flatMap((k) => {
      const groups = (sides.paired ? roundsAtRandom : atRandom)(units, k, splits, index);
      return groups.length === 0 ? [] : [[name, `${units.length}`, `${k}`, ...found(sides, groups)]];
    }),
  );
  console.log("\n**A difference that is there: found, in % of the splits**\n");
  console.log(table(["difference", "sessions or rounds", "k", "warm", "either"], rows));
  console.log("\n**Levels of warm starts**\n");
  const known = [
    { name: "one engine", level: levels(a, completeSessions(a)) },
    { name: "two in turns", level: levels(a, completeSessions(a), b) },
  ];
  console.log(
    table(
      ["sessions", "median (ms)", "SD of the log medians, %", ...SIZES.map((k) => `found in 4 of 5 with k = ${k}`)],
      known.map(({ name, level: { median_ms, sd, smallest } }) => [
        ...[name, median_ms.toFixed(0), percent(sd)],
        ...SIZES.map((k) => `${percent(smallest(k))} % (${(median_ms * smallest(k)).toFixed(0)} ms)`),
      ]),
    ),
  );
}

await interruptible(async (signal) => {
  await collect({ folder, rounds, blocks }, signal, say);
  const [a, b, delayed] = [A, B, DELAYED].map((label) => readMeasured(join(folder, label), toolVersion)) as [
    Measured,
    Measured,
    Measured,
  ];
  const load = loadavg().map((of) => of.toFixed(2));
  const before = a.manifest.sessions.flatMap(({ load_before }) => load_before?.[0] ?? []);
  console.log(
    `${completeSessions(a).length} sessions of ${A}, ${completeSessions(b).length} of ${B}, ${completeSessions(delayed).length} of ${DELAYED}; load average before the sessions ${Math.min(...before).toFixed(1)} to ${Math.max(...before).toFixed(1)}, now ${load.join(", ")}`,
  );
  const all = designs(a, b);
  const allowed = [printSingle(all), printEquals(all)];
  printPower(a, b, delayed);
  if (allowed.includes(false)) {
    console.log("\nMore than chance allows.");
    process.exitCode = 1;
  }
});
