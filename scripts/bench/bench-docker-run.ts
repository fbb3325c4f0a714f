/**
 * What does `docker run` cost when it is watched? `npm run bench:docker-run [-- --rounds N]`: the docker command speaking with the
 * engine itself, through the socket that stamps its calls, and with the kernel's trace beside, in rounds of random order; prints
 * for each the ratio of its median to that of the first with a 95 % bootstrap interval over rounds, and the ratio within rounds.
 */
import { loadavg } from "node:os";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { ratioOfMedians } from "../../analysis/statistics/effects/ratio-of-medians.ts";
import { walshAverage } from "../../analysis/statistics/effects/walsh-average.ts";
import { median } from "../../analysis/statistics/one-sample/median.ts";
import { sortedSamples } from "../../analysis/statistics/sorted-samples.ts";
import { blocksOf } from "../../benchmarks/design/schedule.ts";
import { findEngine } from "../../benchmarks/edges/engine/find-engine.ts";
import { provideImage } from "../../benchmarks/edges/images/images.ts";
import { eventsProbe } from "../../benchmarks/edges/probe/events-probe.ts";
import { openTracefs } from "../../benchmarks/edges/probe/tracefs.ts";
import { openDockerCommand } from "../../benchmarks/edges/programs/docker-command.ts";
import { interruptible } from "../../benchmarks/edges/terminal/interruptible.ts";
import { STARTUP } from "../../research/protocol.ts";
import { elapsedNs, toMilliseconds } from "../../research/units.ts";

const WAYS = ["alone", "its calls stamped", "calls and kernel"] as const;
const KERNEL = WAYS.indexOf("calls and kernel");
const WARMUP_ROUNDS = 2;

const {
  rounds,
  engine: url,
  seed,
} = await yargs(hideBin(process.argv))
  .option("rounds", { type: "number", default: 100 })
  .option("seed", { type: "number", default: 1 })
  .option("engine", { type: "string" })
  .strict()
  .parseAsync();
const say = (line: string): void => console.error(line);
const fixed = (ends: readonly number[]): string => ends.map((end) => end.toFixed(4)).join("–");

await interruptible(async (signal) => {
  await using found = await findEngine(url, true, say);
  const { engine } = found;
  await engine.open();
  const { reference: image } = await provideImage(engine.docker, { kind: "local", name: "small" }, say, signal);
  await using docker = await openDockerCommand(engine);
  const { command, timeout } = STARTUP;
  const timed = async (way: number): Promise<number> => {
    signal.throwIfAborted();
    // Opened for each start: a probe that is merely open costs time.
    await using probe = way === KERNEL ? openTracefs() : eventsProbe;
    await probe.begin();
    const { began, ended, problem } = await docker.run({ image, command, timeout }, way > 0);
    await probe.end();
    if (problem !== undefined) throw new Error(problem);
    return toMilliseconds(elapsedNs(began, ended));
  };
  const observed: number[][] = [];
  for (const { conditions, warmup } of blocksOf([[...WAYS.keys()]], rounds, WARMUP_ROUNDS, seed).flatMap(
    ({ trials }) => trials,
  )) {
    const times: number[] = [];
    for (const way of conditions) times[way] = await timed(way);
    if (!warmup) observed.push(times);
  }
  for (const [way, name] of WAYS.entries()) {
    const middle = median(sortedSamples(observed.map((times) => times[way] as number))).toFixed(1);
    const pairs = observed.map((times) => [times[way] as number, times[0] as number] as const);
    const ratio = way === 0 ? null : ratioOfMedians(pairs, { seed });
    if (ratio === null) {
      console.log(`${name}: median ${middle} ms; ${rounds} rounds`);
      continue;
    }
    const within = walshAverage(pairs.map(([watched, alone]) => [Math.log(watched), Math.log(alone)]));
    console.log(
      `${name}: median ${middle} ms; ratio of medians ${ratio.estimate.toFixed(4)} (95 % CI ${fixed(ratio.interval)}, ${ratio.method} bootstrap over rounds); within rounds ${Math.exp(within.pseudomedian).toFixed(4)} (95 % CI ${within.interval === null ? "none" : fixed(within.interval.map(Math.exp))}, Walsh averages of logarithms)`,
    );
  }
  console.log(
    `load average ${loadavg()
      .map((of) => of.toFixed(2))
      .join(", ")}`,
  );
});
