/** Asks until a container is ready: the engine of its health, itself of its port or its answer. */
import { hrtime } from "node:process";
import { setTimeout } from "node:timers/promises";
import type Docker from "dockerode";
import { type ClockNs, clockNs } from "../../../../research/units.ts";
import type { Ready } from "../../../design/ports.ts";
import type { AskedUntil } from "../../../design/until.ts";
import { askFrom } from "./ask-from.ts";

/** Between two questions: each makes the engine work. */
const PAUSE_MS = 20;

const now = (): ClockNs => clockNs(hrtime.bigint());

/**
 * Resolves with the first time at which it was ready, and the last at which it was asked and was not.
 * @throws the signal's reason; Error where it cannot be asked at all
 */
export const becomesReady = (docker: Docker, id: string, until: AskedUntil, signal: AbortSignal): Promise<Ready> =>
  until.kind === "healthy" ? healthy(docker.getContainer(id), signal) : answers(docker.getContainer(id), until, signal);

async function healthy(container: Docker.Container, signal: AbortSignal): Promise<Ready> {
  let notYet: ClockNs | undefined;
  for (;;) {
    const begun = now();
    const { State } = await container.inspect({ abortSignal: signal });
    const at = now();
    if (State.Health === undefined || State.Health.Status === "none")
      throw new Error("--until healthy: the container has no health check; give it one with --health-cmd");
    if (State.Health.Status === "unhealthy") throw new Error("the container is unhealthy: its health check failed too often");
    if (State.Health.Status === "healthy") return { at, notYet };
    notYet = begun;
    await setTimeout(PAUSE_MS, undefined, { signal });
  }
}

async function answers(
  container: Docker.Container,
  until: Exclude<AskedUntil, { readonly kind: "healthy" }>,
  signal: AbortSignal,
): Promise<Ready> {
  const { HostConfig, NetworkSettings, State } = await container.inspect({ abortSignal: signal });
  const address = HostConfig.NetworkMode === "host" ? "127.0.0.1" : addressIn(NetworkSettings);
  const question = { port: until.port, ...(until.kind === "port" ? {} : { path: until.path }) };
  if (address !== undefined) return askFrom("engine", State.Pid, { ...question, host: address }, signal);
  return askFrom("container", State.Pid, { ...question, host: "127.0.0.1" }, signal);
}

/** None where it has no network, or is in another container's. */
const addressIn = ({ Networks }: Docker.ContainerInspectInfo["NetworkSettings"]): string | undefined =>
  Object.values(Networks)
    .map(({ IPAddress }) => IPAddress)
    .find((address) => address !== "");
