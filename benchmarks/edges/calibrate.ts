/** `run --calibrate`: what the kernel probe costs on this machine today, for the session's entry in platform.json. */
import type { ImageDescription, Session } from "../../research/manifest.ts";
import { STARTUP } from "../../research/protocol.ts";
import { type RatioOfMedians, startPairs } from "../observer-effect.ts";
import { machineClock } from "./clock.ts";
import type { DockerEngine } from "./docker.ts";
import { eventsProbe } from "./events-probe.ts";
import { openTracefs } from "./tracefs.ts";

export interface CalibrationPlan {
  readonly engine: DockerEngine;
  /** `undefined` when no image is started at all. */
  readonly image: ImageDescription | undefined;
  readonly iterations: number;
  readonly seed: number;
  readonly ratioOfMedians: RatioOfMedians;
  readonly say: (line: string) => void;
}

/** The interval is then some 1 % wide on a quiet machine. */
const MOST_PAIRS = 200;

/**
 * Call it while no probe of this process is open.
 * @throws Error when the engine's kernel can not be traced from here, or a start goes wrong
 */
export async function calibrate(
  { engine, image, iterations, seed, ratioOfMedians, say }: CalibrationPlan,
  signal: AbortSignal,
): Promise<Pick<Session, "observer_effect">> {
  if (image === undefined) return {};
  if (!engine.local) throw new Error("--calibrate needs the engine's kernel to be this machine's: leave it out here");
  const pairs = Math.min(iterations, MOST_PAIRS);
  say(`measuring what the probe costs: ${pairs} pairs of starts`);
  const request = { image: image.reference, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
  const observed = await startPairs(
    { engine, clock: machineClock, openProbe: openTracefs, noProbe: eventsProbe, request, pairs, seed },
    signal,
  );
  const found = ratioOfMedians(observed);
  return {
    observer_effect: {
      probe: "tracefs",
      image: image.name,
      pairs,
      traced_over_untraced: found?.estimate ?? null,
      interval: found === null ? null : [found.interval[0], found.interval[1]],
    },
  };
}
