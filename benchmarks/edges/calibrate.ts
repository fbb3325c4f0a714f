/** `run --calibrate`: what the kernel probe costs on this machine today, for the session's entry in platform.json. */
import type { ImageDescription, Session } from "../../research/manifest.ts";
import { type Probe, STARTUP } from "../../research/protocol.ts";
import { type RatioOfMedians, startPairs } from "../observer-effect.ts";
import { chooseProbe, type ProbeWish } from "./choose-probe.ts";
import { machineClock } from "./clock.ts";
import type { DockerEngine } from "./docker.ts";
import { eventsProbe } from "./events-probe.ts";

export interface CalibrationPlan {
  readonly engine: DockerEngine;
  readonly wish: ProbeWish;
  /** `undefined` when no image is started at all. */
  readonly image: ImageDescription | undefined;
  readonly iterations: number;
  readonly seed: number;
  readonly ratioOfMedians: RatioOfMedians;
  readonly say: (line: string) => void;
}

/** With `--precision` the iterations are a cap that is seldom reached. */
const MOST_PAIRS = 200;

/**
 * Call it while no probe of this process is open.
 * @throws Error when no kernel probe is to be had, or a start goes wrong
 */
export async function calibrate(
  { engine, wish, image, iterations, seed, ratioOfMedians, say }: CalibrationPlan,
  signal: AbortSignal,
): Promise<Pick<Session, "observer_effect">> {
  if (image === undefined) return {};
  const pairs = Math.min(iterations, MOST_PAIRS);
  say(`measuring what the probe costs: ${pairs} pairs of starts`);
  let name: Probe | undefined;
  const openProbe = async () => {
    // Said once is enough; the session's own choice of a probe says it.
    const { probe, reason } = await chooseProbe(wish, engine, () => undefined, signal);
    if (probe.name === "events") throw new Error(`--calibrate has nothing to measure: ${reason}; leave it out here`);
    name = probe.name;
    return probe;
  };
  const request = { image: image.reference, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
  const observed = await startPairs(
    { engine, clock: machineClock, openProbe, noProbe: eventsProbe, request, pairs, seed },
    signal,
  );
  const found = ratioOfMedians(observed);
  if (name === undefined) return {};
  return {
    observer_effect: {
      probe: name,
      image: image.name,
      pairs,
      traced_over_untraced: found?.estimate ?? null,
      interval: found === null ? null : [found.interval[0], found.interval[1]],
    },
  };
}
