/** The ways to watch a start whose cost is measured. */
import type { Probe } from "../../../research/protocol.ts";
import type { Watch } from "../../start/observer-effect.ts";
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
