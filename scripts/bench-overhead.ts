/**
 * What does looking cost? `npm run bench:overhead [-- --pairs N]`: starts with and without the kernel probe, in pairs of
 * random order, timed by the client in both; prints the ratio of the medians with a 95 % bootstrap interval over pairs.
 */

import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { quantileSorted } from "simple-statistics";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { machineClock } from "../benchmarks/edges/clock.ts";
import { eventsProbe } from "../benchmarks/edges/events-probe.ts";
import { findEngine } from "../benchmarks/edges/find-engine.ts";
import { provideImage } from "../benchmarks/edges/images.ts";
import { openTracefs } from "../benchmarks/edges/tracefs.ts";
import { observeStart } from "../benchmarks/experiments/startup.ts";
import type { KernelProbe } from "../benchmarks/ports.ts";
import { STARTUP } from "../research/protocol.ts";
import { elapsedNs, toMilliseconds } from "../research/units.ts";

const RESAMPLES = 10_000;
const WARMUP_PAIRS = 5;
const {
  pairs,
  engine: url,
  seed,
} = await yargs(hideBin(process.argv))
  .option("pairs", { type: "number", default: 200 })
  .option("seed", { type: "number", default: 1 })
  .option("engine", { type: "string" })
  .strict()
  .parseAsync();

const random = xoroshiro128plus(seed);
const below = (count: number): number => uniformInt(random, 0, count - 1);
const say = (line: string): void => console.error(line);
const never = new AbortController().signal;

await using found = await findEngine(url, true, say);
await found.engine.open();
const { reference } = await provideImage(found.engine.docker, { kind: "local", name: "small" }, say, never);
const request = { image: reference, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };

/**
 * From create_sent to the first byte, by the client's own clock: the same measure with and without the probe. The probe is
 * opened for each traced start anew: an instance that merely stands by has its tracepoints armed, and costs already.
 */
async function startMs(traced: boolean): Promise<number> {
  await using probe: KernelProbe = traced ? openTracefs() : eventsProbe;
  const { client, outcome, problem } = await observeStart({ engine: found.engine, probe, clock: machineClock }, request, never);
  if (outcome !== "ok" || client.first_byte === undefined) throw new Error(`a start went wrong: ${problem}`);
  return toMilliseconds(elapsedNs(client.create_sent, client.first_byte));
}

const sample: { traced: number; plain: number }[] = [];
for (let pair = -WARMUP_PAIRS; pair < pairs; pair += 1) {
  const tracedFirst = below(2) === 0;
  const first = await startMs(tracedFirst);
  const second = await startMs(!tracedFirst);
  if (pair >= 0) sample.push(tracedFirst ? { traced: first, plain: second } : { traced: second, plain: first });
  if (pair % 50 === 0) say(`pair ${pair}/${pairs}`);
}

const median = (values: number[]): number =>
  quantileSorted(
    values.sort((a, b) => a - b),
    0.5,
  );
const ratio = (of: readonly { traced: number; plain: number }[]): number =>
  median(of.map(({ traced }) => traced)) / median(of.map(({ plain }) => plain));
const resampled = Array.from({ length: RESAMPLES }, () =>
  ratio(sample.map(() => sample[below(sample.length)] as (typeof sample)[number])),
).sort((a, b) => a - b);
const [low, high] = [quantileSorted(resampled, 0.025), quantileSorted(resampled, 0.975)];
console.log(
  `median without probe ${median(sample.map(({ plain }) => plain)).toFixed(1)} ms, with ${median(sample.map(({ traced }) => traced)).toFixed(1)} ms, ${pairs} interleaved pairs`,
);
console.log(
  `traced / untraced, ratio of medians: ${ratio(sample).toFixed(4)} (95 % CI ${low.toFixed(4)}–${high.toFixed(4)}, percentile bootstrap over pairs, B = ${RESAMPLES}); aim: within 0.98–1.02`,
);
