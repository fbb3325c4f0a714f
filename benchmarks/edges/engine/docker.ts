/** The Docker edge: one engine, through dockerode. Touches only containers that carry our label. */
import { isIPv4 } from "node:net";
import { hostname, release } from "node:os";
import type Docker from "dockerode";
import type { UnixNs } from "../../../research/units.ts";
import type { Warning } from "../../../research/warning.ts";
import { EngineLost } from "../../design/engine-lost.ts";
import type { JsonObject } from "../../design/flags/flag.ts";
import { checkApi } from "../../design/flags/since-api.ts";
import type { ContainerRequest, ContainerSettings, Engine, Mount, Output, Ready } from "../../design/ports.ts";
import type { AskedUntil } from "../../design/until.ts";
import type { EventMarks } from "../../timeline/event-clock.ts";
import type { Attendant } from "../attendant.ts";
import { readsKernelClock } from "../host/clock.ts";
import { engineStart } from "../host/engine-start.ts";
import { OWNER_LABEL, owner, ownerToken } from "../host/owner.ts";
import { isInContainerOf } from "../probe/own-container.ts";
import { CallError } from "./call-error.ts";
import type { Endpoint } from "./endpoint.ts";
import { openCalls } from "./engine-calls.ts";
import { EngineEvents, TEARDOWN_PATIENCE_MS } from "./engine-events.ts";
import { attachedOutput } from "./output/attached-output.ts";
import { becomesReady } from "./ready/becomes-ready.ts";
import { unreachable } from "./unreachable.ts";

/** Whether a container was made by a call that had no answer. */
const LOOK_PATIENCE_MS = 5_000;

const NO_FLAGS: JsonObject = {};

export class DockerEngine implements Engine {
  readonly url: string;
  readonly docker: Docker;
  local = false;
  readonly #hint: Endpoint["hint"];
  #events: EngineEvents | undefined;
  #created = 0;
  #start: string | undefined;
  #unannounced = 0;
  #api: string | undefined;
  /** Containers whose output is a terminal's: one stream, without frames. */
  readonly #terminals = new Set<string>();
  /** What is missing because a call is refused. */
  readonly #missing = new Map<string, Warning>();

  constructor(url: string, endpoint: Endpoint, attendant: Attendant = {}) {
    this.url = url;
    this.docker = openCalls(endpoint.options, attendant);
    this.#hint = endpoint.hint;
  }

  /** @throws Error in one line: which engine, what is wrong, what to do. */
  async ping(): Promise<void> {
    try {
      await this.docker.ping();
    } catch (error) {
      // A refusal is an answer.
      if (error instanceof CallError && error.refused) return;
      const failure = error as Error & { readonly code?: string };
      throw unreachable(this.url, failure, this.#hint(failure));
    }
  }

  async stillThere(): Promise<void> {
    await this.ping().catch((cause: Error) => {
      throw new EngineLost(cause.message, { cause });
    });
    const start = await engineStart(this.docker);
    if (start !== undefined && this.#start !== undefined && start !== this.#start)
      throw new EngineLost(`the Docker engine at ${this.url} was started again`);
  }

  /** See {@link engineStart}; known when it is open. */
  get startMark(): string | undefined {
    return this.#start;
  }

  /** Subscribes to the engine's events and checks whether its kernel is this machine's; call once, before the first start. */
  async open(): Promise<void> {
    const asked = this.ifAllowed(this.docker.info(), "it is unknown whether the engine's kernel and storage are this machine's");
    const info = ((await asked) ?? {}) as { KernelVersion?: string; Name?: string };
    const sameKernel = info.KernelVersion === release() && (info.Name === hostname() || (await isInContainerOf(this.docker)));
    this.local = this.url.startsWith("unix:") && sameKernel && readsKernelClock();
    this.#start = await engineStart(this.docker);
    await this.listen();
  }

  /** Again, after it was closed. */
  async listen(): Promise<void> {
    this.#events ??= await EngineEvents.listen(this.docker);
    const { problem } = this.#events;
    if (problem !== undefined)
      this.#lack(problem, "the engine's own times are missing, and no container's teardown is waited for");
  }

  /**
   * For calls that a measurement does not depend on: a refusal becomes a warning.
   * @param lost what is missing then
   */
  async ifAllowed<T>(asked: Promise<T>, lost: string): Promise<T | undefined> {
    try {
      return await asked;
    } catch (error) {
      if (!(error instanceof CallError && error.refused)) throw error;
      this.#lack(error, lost);
      return undefined;
    }
  }

  #lack({ call, message }: CallError, lost: string): void {
    const [evidence, ...remedy] = message.split("; ");
    this.#missing.set(call, {
      summary: lost,
      evidence: evidence ?? message,
      remedy: remedy.length === 0 ? "check the engine's log" : remedy.join("; "),
    });
  }

  /** No longer listens to the engine's events. */
  close(): void {
    this.#events?.close();
    this.#events = undefined;
  }

  /** The user's limits and defaults stay in force: only image, command, label and what the experiment or its variant asks for are set. */
  async create({ image, command, settings, body = NO_FLAGS }: ContainerRequest, signal: AbortSignal): Promise<string> {
    await checkApi(body, () => this.#apiVersion());
    this.#created += 1;
    // The name identifies the container when the answer to create was never read.
    const name = `tierbench-${ownerToken}-${this.#created}`;
    try {
      const container = await this.docker.createContainer({
        ...body,
        name,
        Image: image,
        ...(command === undefined ? {} : { Cmd: [...command] }),
        Labels: { ...(body.Labels as JsonObject | undefined), [OWNER_LABEL]: owner },
        ...(settings === undefined
          ? {}
          : { HostConfig: { ...(body.HostConfig as JsonObject | undefined), ...hostConfig(settings) } }),
        abortSignal: signal,
      });
      if (body.Tty === true) this.#terminals.add(container.id);
      return container.id;
    } catch (error) {
      // Without an answer it may have been made all the same.
      if (!(error instanceof CallError && error.statusCode !== undefined)) await this.#removeIfOurs(name);
      throw error;
    }
  }

  async #apiVersion(): Promise<string> {
    this.#api ??= (await this.docker.version()).ApiVersion;
    return this.#api;
  }

  async attach(id: string, signal: AbortSignal): Promise<Output> {
    const container = this.docker.getContainer(id);
    // A proxy that withholds headers still passes a connection that changes its protocol.
    const hijack = this.#events?.withheld === true;
    const attached = await container.attach({ stream: true, stdout: true, stderr: true, hijack, abortSignal: signal });
    return attachedOutput(attached, container, this.#terminals.delete(id));
  }

  async start(id: string, signal: AbortSignal): Promise<void> {
    await this.docker.getContainer(id).start({ abortSignal: signal });
  }

  async wait(id: string, signal: AbortSignal): Promise<number> {
    const { StatusCode } = (await this.docker.getContainer(id).wait({ abortSignal: signal })) as { StatusCode: number };
    return StatusCode;
  }

  becomesReady(id: string, until: AskedUntil, signal: AbortSignal): Promise<Ready> {
    if (until.kind !== "healthy" && !this.local)
      throw new Error(
        `--until ${until.kind} asks the container from the engine's host: run tierbench there, or wait for healthy or log:REGEX`,
      );
    return becomesReady(this.docker, id, until, signal);
  }

  async initOf(id: string): Promise<number | undefined> {
    const { State } = await this.docker.getContainer(id).inspect();
    return State.Pid === 0 ? undefined : State.Pid;
  }

  async stop(id: string, seconds: number | undefined, signal: AbortSignal): Promise<void> {
    await this.docker.getContainer(id).stop({ ...(seconds === undefined ? {} : { t: seconds }), abortSignal: signal });
  }

  async remove(id: string): Promise<void> {
    // The removal of a container waits for its event.
    await this.listen();
    await this.docker.getContainer(id).remove({ force: true, v: true });
  }

  async createVolume(): Promise<AsyncDisposable & { readonly path: string }> {
    const volume = await this.docker.createVolume({ Labels: { [OWNER_LABEL]: owner } });
    const { Mountpoint } = await volume.inspect();
    return {
      path: Mountpoint,
      [Symbol.asyncDispose]: async () => {
        await volume.remove();
      },
    };
  }

  async gatewayOf(id: string): Promise<string> {
    const { NetworkSettings } = await this.docker.getContainer(id).inspect();
    // It has joined no other; Docker calls it `bridge`, Podman `podman`.
    const [bridge] = Object.values(NetworkSettings.Networks);
    const gateway = bridge?.Gateway ?? "";
    if (!isIPv4(gateway)) throw new Error("the engine's default bridge has no IPv4 gateway (bridge: none in its configuration?)");
    return gateway;
  }

  async processorsOf(image: string): Promise<{ image: string; engine: string }> {
    const [{ Architecture }, { Arch }] = await Promise.all([this.docker.getImage(image).inspect(), this.docker.version()]);
    return { image: Architecture, engine: Arch };
  }

  async tornDown(id: string): Promise<void> {
    const announced = await this.#events?.tornDown(id);
    if (announced === false) this.#unannounced += 1;
  }

  /** Calls that the engine refused and events that it did not send so far. */
  warnings(): Warning[] {
    const missing = [...this.#missing.values()];
    if (this.#unannounced === 0 || this.#events?.problem !== undefined) return missing;
    return [
      ...missing,
      {
        summary: `the engine did not announce the removal of ${this.#unannounced} containers`,
        evidence: `events of their removal and of leaving a network did not arrive within ${TEARDOWN_PATIENCE_MS / 1_000} s, or the event stream ended earlier`,
        remedy:
          "the next start may have begun during their teardown, or been delayed; check that the engine keeps events (Podman: events_logger)",
      },
    ];
  }

  leftNetworkAt(id: string): UnixNs | undefined {
    return this.#events?.leftNetworkAt(id);
  }

  eventsOf(id: string): EventMarks {
    return this.#events?.of(id) ?? {};
  }

  async #removeIfOurs(name: string): Promise<void> {
    try {
      const container = this.docker.getContainer(name);
      const { Config } = await container.inspect({ abortSignal: AbortSignal.timeout(LOOK_PATIENCE_MS) });
      if (Config.Labels[OWNER_LABEL] === owner) await container.remove({ force: true, v: true });
    } catch {
      // Never created, or the engine is gone: then `tierbench sweep` finds what may be left.
    }
  }
}

/** An experiment's settings in the engine's terms. */
const hostConfig = ({ network, mounts, cpus, capabilities }: ContainerSettings): Docker.HostConfig => ({
  ...(network === undefined ? {} : { NetworkMode: network }),
  ...(mounts === undefined ? {} : { Mounts: mounts.map(mountConfig) }),
  ...(cpus === undefined ? {} : { NanoCpus: Math.round(cpus * 1e9) }),
  ...(capabilities === undefined ? {} : { CapAdd: [...capabilities] }),
});

const mountConfig = (mount: Mount): Docker.MountConfig[number] => ({
  Type: mount.kind,
  Source: mount.kind === "bind" ? mount.source : "",
  Target: mount.target,
});
