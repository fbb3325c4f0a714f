/**
 * What does looking cost? `npm run bench:overhead [-- --rounds N --probe tracefs --probe sidecar]`: starts that nobody watches,
 * that Docker's events are listened to and that each kernel probe watches, in rounds of random order, timed by the client in
 * all; prints for each the ratio of its median to that of the unwatched with a 95 % bootstrap interval over rounds, and the
 * ratio within rounds, which a machine that is busier at one time than at another disturbs less.
 */
import { loadavg } from "node:os";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { ratioOfMedians } from "../../analysis/statistics/effects/ratio-of-medians.ts";
import { walshAverage } from "../../analysis/statistics/effects/walsh-average.ts";
import { median } from "../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../analysis/statistics/sorted-samples.ts";
import { findEngine } from "../../benchmarks/edges/engine/find-engine.ts";
import { machineClock } from "../../benchmarks/edges/host/clock.ts";
import { provideImage } from "../../benchmarks/edges/images/images.ts";
import { unwatched, watchedBy } from "../../benchmarks/edges/probe/watches.ts";
import { interruptible } from "../../benchmarks/edges/terminal/interruptible.ts";
import { startRounds } from "../../benchmarks/start/observer-effect.ts";
import { STARTUP } from "../../research/protocol.ts";

const KERNEL_PROBES = ["tracefs", "sidecar"] as const;

const {
  rounds,
  engine: url,
  seed,
  probe: wanted,
} = await yargs(hideBin(process.argv))
  .option("rounds", { type: "number", default: 200 })
  .option("seed", { type: "number", default: 1 })
  .option("probe", { choices: KERNEL_PROBES, array: true, default: KERNEL_PROBES })
  .option("engine", { type: "string" })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);
const fixed = (ends: readonly number[]): string => ends.map((end) => end.toFixed(4)).join("–");

await interruptible(async (signal) => {
  await using found = await findEngine(url, true, say);
  const { engine } = found;
  await engine.open();
  const { reference } = await provideImage(engine.docker, { kind: "local", name: "small" }, say, signal);
  const request = { image: reference, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
  const probes = ["events", ...wanted] as const;
  const watches = [unwatched(engine), ...probes.map((probe) => watchedBy(probe, engine, signal))];
  const observed = await startRounds({ engine, clock: machineClock, watches, request, rounds, seed }, signal);
  const medianMs = (watch: number): string => median(sortedSamples(observed.map((round) => round[watch] as number))).toFixed(1);
  console.log(`nobody watches: median ${medianMs(0)} ms; ${rounds} rounds; aim for tracefs: within 0.99–1.01`);
  for (const [index, probe] of probes.entries()) {
    const pairs = observed.map((round) => [round[index + 1] as number, round[0] as number] as const);
    const ratio = ratioOfMedians(pairs, { seed });
    if (ratio === null) return;
    const within = walshAverage(pairs.map(([watched, alone]) => [Math.log(watched), Math.log(alone)]));
    console.log(
      `${probe}: median ${medianMs(index + 1)} ms; ratio of medians ${ratio.estimate.toFixed(4)} (95 % CI ${fixed(ratio.interval)}, ${ratio.method} bootstrap over rounds); within rounds ${Math.exp(within.pseudomedian).toFixed(4)} (95 % CI ${within.interval === null ? "none" : fixed(within.interval.map(Math.exp))}, Walsh averages of logarithms)`,
    );
  }
  console.log(
    `load average ${loadavg()
      .map((of) => of.toFixed(2))
      .join(", ")}`,
  );
});
