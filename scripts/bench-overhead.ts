/**
 * What does looking cost? `npm run bench:overhead [-- --pairs N --probe tracefs|sidecar]`: starts with and without the kernel probe, in pairs of
 * random order, timed by the client in both; prints the ratio of the medians with a 95 % bootstrap interval over pairs, and
 * the ratio within pairs, which a machine that is busier at one time than at another disturbs less.
 */
import { loadavg } from "node:os";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { median } from "../analysis/statistics/median.ts";
import { ratioOfMedians } from "../analysis/statistics/ratio-of-medians.ts";
import { sortedSamples } from "../analysis/statistics/sorted-samples.ts";
import { walshAverage } from "../analysis/statistics/walsh-average.ts";
import { chooseProbe } from "../benchmarks/edges/choose-probe.ts";
import { machineClock } from "../benchmarks/edges/clock.ts";
import { eventsProbe } from "../benchmarks/edges/events-probe.ts";
import { findEngine } from "../benchmarks/edges/find-engine.ts";
import { provideImage } from "../benchmarks/edges/images.ts";
import { interruptible } from "../benchmarks/edges/interruptible.ts";
import { startPairs } from "../benchmarks/observer-effect.ts";
import { STARTUP } from "../research/protocol.ts";

const {
  pairs,
  engine: url,
  seed,
  probe: wanted,
} = await yargs(hideBin(process.argv))
  .option("pairs", { type: "number", default: 200 })
  .option("seed", { type: "number", default: 1 })
  .option("probe", { choices: ["tracefs", "sidecar"] as const, default: "tracefs" as const })
  .option("engine", { type: "string" })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);

await interruptible(async (signal) => {
  await using found = await findEngine(url, true, say);
  const { engine } = found;
  await engine.open();
  const { reference } = await provideImage(engine.docker, { kind: "local", name: "small" }, say, signal);
  const request = { image: reference, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
  const wish = { wanted, mayStartSidecar: true };
  const openProbe = async () => (await chooseProbe(wish, engine, () => undefined, signal)).probe;
  const observed = await startPairs(
    { engine, clock: machineClock, openProbe, noProbe: eventsProbe, request, pairs, seed },
    signal,
  );
  const [traced, untraced] = [0, 1].map((of) => median(sortedSamples(observed.map((pair) => pair[of] as number))).toFixed(1));
  console.log(`probe ${wanted}: median without ${untraced} ms, with ${traced} ms, ${pairs} interleaved pairs`);
  const ratio = ratioOfMedians(observed, { seed });
  if (ratio === null) return;
  const [low, high] = ratio.interval;
  console.log(
    `traced / untraced, ratio of medians: ${ratio.estimate.toFixed(4)} (95 % CI ${low.toFixed(4)}–${high.toFixed(4)}, ${ratio.method} bootstrap over pairs); aim: within 0.99–1.01`,
  );
  const { pseudomedian, interval } = walshAverage(observed.map(([with_, without]) => [Math.log(with_), Math.log(without)]));
  const ends = interval === null ? "none" : interval.map((end) => Math.exp(end).toFixed(4)).join("–");
  console.log(
    `traced / untraced within pairs: ${Math.exp(pseudomedian).toFixed(4)} (95 % CI ${ends}, Walsh averages of logarithms)`,
  );
  console.log(
    `load average ${loadavg()
      .map((of) => of.toFixed(2))
      .join(", ")}`,
  );
});
