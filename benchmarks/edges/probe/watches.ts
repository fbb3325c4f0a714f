/** The ways to watch a start whose cost is measured. */
import type { Probe } from "../../../research/protocol.ts";
import type { Watch } from "../../start/observer-effect.ts";
import { SCHEDULER_EVENTS, SCHEDULER_OPTIONS } from "../../timeline/causes/scheduler-events.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { chooseProbe } from "./choose-probe.ts";
import { eventsProbe } from "./events-probe.ts";

/** Nothing listens to the engine's events until the container is removed. */
export const unwatched =
  (engine: DockerEngine): Watch =>
  async () => {
    engine.close();
    return eventsProbe;
  };

/** The engine's events are listened to as in a session, and a kernel probe is opened. */
export const watchedBy =
  (probe: Probe, engine: DockerEngine, signal: AbortSignal): Watch =>
  async () => {
    await engine.listen();
    return (await chooseProbe({ wanted: probe, mayStartSidecar: true }, engine, () => undefined, signal)).probe;
  };

/** The same with the scheduler's events beside its own, as `why` watches: they end with the probe. */
export const explainedBy =
  (probe: Probe, engine: DockerEngine, signal: AbortSignal): Watch =>
  async () => {
    const opened = await watchedBy(probe, engine, signal)();
    const scheduler = await opened.watch({ events: SCHEDULER_EVENTS, options: SCHEDULER_OPTIONS });
    return {
      ...opened,
      [Symbol.asyncDispose]: async () => {
        await scheduler[Symbol.asyncDispose]();
        await opened[Symbol.asyncDispose]();
      },
    };
  };
