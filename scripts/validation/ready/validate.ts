/**
 * Does asking disturb, and is the bound true? `npm run validate:ready [-- --rounds N]`: starts of a listener that stamps
 * itself, in rounds of random order: nobody asks it, or its port is waited for by the kernel's word, by connections alone, or
 * until it answers HTTP. Prints in Markdown when it listened by its own clock, the ratio to when nobody asks, and how often the
 * bound held.
 */
import { loadavg } from "node:os";
import { markdownTable } from "markdown-table";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { walshAverage } from "../../../analysis/statistics/effects/walsh-average.ts";
import { median } from "../../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../../analysis/statistics/sorted-samples.ts";
import { findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { machineClock } from "../../../benchmarks/edges/host/clock.ts";
import { provideImage } from "../../../benchmarks/edges/images/images.ts";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { interruptible } from "../../../benchmarks/edges/terminal/interruptible.ts";
import { shuffled } from "../../../research/shuffled.ts";
import { isBounded, type Listened, observeListener, WAY_NAMES, type WayOfAsking } from "./observe-listeners.ts";

const {
  rounds: wanted,
  seed,
  engine: url,
} = await yargs(hideBin(process.argv))
  .option("rounds", { type: "number", default: 100 })
  .option("seed", { type: "number", default: 1 })
  .option("engine", { type: "string" })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);

type Round = Readonly<Record<WayOfAsking, Listened>>;

const ms = (ns: number, digits = 1): string => (ns / 1e6).toFixed(digits);
const medianMs = (values: readonly number[], digits?: number): string => ms(median(sortedSamples(values)), digits);

function row(way: WayOfAsking, rounds: readonly Round[], resolution: number): string[] {
  const listened = rounds.map((round) => round[way]);
  const own = listened.map(({ after }) => after);
  if (way === "nobody") return [way, medianMs(own), "", "", "", ""];
  const pairs = rounds.map((round) => [Math.log(round[way].after), Math.log(round.nobody.after)] as const);
  const { pseudomedian, interval } = walshAverage(pairs);
  const ends = interval === null ? "none" : interval.map((end) => Math.exp(end).toFixed(3)).join("–");
  const held = listened.filter((each) => isBounded(each, resolution)).length;
  return [
    ...[way, medianMs(own), Math.exp(pseudomedian).toFixed(3), ends, `${held} of ${listened.length}`],
    medianMs(
      listened.map(({ error }) => error ?? Number.NaN),
      3,
    ),
  ];
}

await interruptible(async (signal) => {
  await using found = await findEngine(url, true, say);
  const { engine } = found;
  await engine.open();
  await using probe = openTracefs();
  const { reference } = await provideImage(engine.docker, { kind: "local", name: "large" }, say, signal);
  const random = xoroshiro128plus(seed);
  const rounds: Round[] = [];
  // The first warms up.
  for (let round = 0; round <= wanted; round += 1) {
    const seen: Partial<Record<WayOfAsking, Listened>> = {};
    for (const way of shuffled(WAY_NAMES, (size) => uniformInt(random, 0, size - 1)))
      seen[way] = await observeListener({ engine, probe, clock: machineClock }, reference, way, signal);
    if (round > 0) rounds.push(seen as Round);
  }
  console.log(
    `${wanted} rounds, seed ${seed}; load average ${loadavg()
      .map((of) => of.toFixed(2))
      .join(", ")} at the end\n`,
  );
  console.log(
    markdownTable(
      [
        ["waited for by", "listens after (ms)", "ratio within rounds", "95 % CI", "bound holds", "median bound (ms)"],
        ...WAY_NAMES.map((way) => row(way, rounds, probe.resolution)),
      ],
      { align: ["l", "r", "r", "r", "r", "r"] },
    ),
  );
});
