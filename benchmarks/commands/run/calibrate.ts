/** `run --calibrate`: what each probe costs on this machine today, for the session's entry in platform.json. */
import type { ImageDescription, Session } from "../../../research/manifest.ts";
import { PROBES, type Probe, STARTUP } from "../../../research/protocol.ts";
import type { DockerEngine } from "../../edges/engine/docker.ts";
import { machineClock } from "../../edges/host/clock.ts";
import type { ProbeWish } from "../../edges/probe/choose-probe.ts";
import { explainedBy, unwatched, watchedBy } from "../../edges/probe/watches.ts";
import { type RatioOfMedians, startRounds } from "../../start/observer-effect.ts";

export interface CalibrationPlan {
  readonly engine: DockerEngine;
  readonly wish: ProbeWish;
  /** `undefined` when no image is started at all. */
  readonly image: ImageDescription | undefined;
  readonly iterations: number;
  /** Whether the scheduler's events are watched, too: of them the cost is measured apart. */
  readonly withScheduler: boolean;
  readonly seed: number;
  readonly ratioOfMedians: RatioOfMedians;
  readonly say: (line: string) => void;
}

/** With `--precision` the iterations are a cap that is seldom reached. */
const MOST_ROUNDS = 200;

/**
 * Call it while no probe of this process is open.
 * @throws Error when no kernel probe is available, or a start fails
 */
export async function calibrate(
  { engine, wish, image, iterations, withScheduler, seed, ratioOfMedians, say }: CalibrationPlan,
  signal: AbortSignal,
): Promise<Pick<Session, "observer_effect">> {
  if (image === undefined) return {};
  const { probes, problems } = await thoseThatWork(engine, wish, signal);
  if (probes.every((probe) => probe === "events"))
    throw new Error(`--calibrate has no probe to measure: ${problems.join("; ")}; leave it out here`);
  const rounds = Math.min(iterations, MOST_ROUNDS);
  const kernels = withScheduler ? probes.filter((probe) => probe !== "events") : [];
  const ways = [
    ...probes.map((probe) => ({ probe, watch: watchedBy(probe, engine, signal), more: {} })),
    ...kernels.map((probe) => ({ probe, watch: explainedBy(probe, engine, signal), more: { scheduler: true } })),
  ];
  const named = ways.map(({ probe, more }) => ("scheduler" in more ? `${probe} with the scheduler's events` : probe));
  say(`Measuring the cost of each probe: ${rounds} rounds of starts (off, ${named.join(", ")}).`);
  for (const problem of problems) say(`not calibrated: ${problem}`);
  const request = { image: image.reference, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };
  const watches = [unwatched(engine), ...ways.map(({ watch }) => watch)];
  const observed = await startRounds({ engine, clock: machineClock, watches, request, rounds, seed }, signal);
  await engine.listen();
  return {
    observer_effect: ways.map(({ probe, more }, index) => {
      const found = ratioOfMedians(observed.map((round) => [round[index + 1] as number, round[0] as number]));
      return {
        ...{ probe, baseline: "off", image: image.name, pairs: rounds, ...more },
        traced_over_untraced: found?.estimate ?? null,
        interval: found === null ? null : [found.interval[0], found.interval[1]],
      };
    }),
  };
}

/** The probes that the options allow, each opened once. */
async function thoseThatWork(engine: DockerEngine, { wanted, mayStartSidecar }: ProbeWish, signal: AbortSignal) {
  const wished = PROBES.filter((probe) => wanted === "auto" || probe === wanted || probe === "events");
  const allowed = wished.filter((probe) => probe !== "sidecar" || mayStartSidecar);
  const probes: Probe[] = [];
  const problems: string[] = [];
  for (const probe of allowed) {
    try {
      await using _probe = await watchedBy(probe, engine, signal)();
      probes.push(probe);
    } catch (error) {
      signal.throwIfAborted();
      problems.push((error as Error).message);
    }
  }
  return { probes, problems };
}
