/** A registry of our own: docker-registry in a container with the host's network, on the loopback of wherever the engine is. */
import { setTimeout } from "node:timers/promises";
import type { DockerEngine } from "../engine/docker.ts";
import { provideLocal } from "./images.ts";

/** It says which port it was given; what it stores lies on a volume that goes with its container. */
const SERVE = ["sh", "-c", "exec docker-registry serve /etc/registry.yml 2>&1"];
const STORAGE = { kind: "volume", target: "/registry" } as const;
const LISTENS = /listening on (127\.0\.0\.1:\d+)/;
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 50;

export interface RegistryContainer extends AsyncDisposable {
  readonly id: string;
  /** `127.0.0.1:PORT`, on the engine's host. */
  readonly address: string;
}

/** @throws Error when the image cannot be built or the registry does not come up */
export async function startRegistry(
  engine: DockerEngine,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<RegistryContainer> {
  const image = await provideLocal(engine.docker, "registry", say, signal);
  const id = await engine.create({ image, command: SERVE, settings: { network: "host", mounts: [STORAGE] } }, signal);
  try {
    return { id, address: await started(engine, id, signal), [Symbol.asyncDispose]: () => engine.remove(id) };
  } catch (error) {
    await engine.remove(id);
    throw error;
  }
}

async function started(engine: DockerEngine, id: string, signal: AbortSignal): Promise<string> {
  const output = await engine.attach(id, signal);
  await engine.start(id, signal);
  try {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await setTimeout(LOOK_EVERY_MS, undefined, { signal })) {
      const said = output
        .chunks()
        .map(({ text }) => text)
        .join("");
      const address = LISTENS.exec(said)?.[1];
      if (address !== undefined) return address;
    }
    const words = output.chunks().at(-1)?.text.trim() ?? "nothing";
    throw new Error(`the registry does not come up within ${PATIENCE_MS / 1_000} s; it said ${words}`);
  } finally {
    output.close();
  }
}
