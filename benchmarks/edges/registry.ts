/**
 * A registry of our own: docker-registry in a container with the host's network, on the loopback of wherever the engine is.
 * So no internet is in what is measured. Only images under our own names are pushed, pulled and removed.
 */
import { once } from "node:events";
import { hrtime } from "node:process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import type Docker from "dockerode";
import { z } from "zod";
import { clockNs } from "../../research/units.ts";
import type { PullMessage, Registry } from "../ports.ts";
import type { DockerEngine } from "./docker.ts";
import { commitLayer } from "./image-store.ts";
import { followed, provideLocal } from "./images.ts";
import { IMAGE_LABEL, OWNER_LABEL, owner } from "./owner.ts";

/** It says which port it was given; what it stores lies on a volume that goes with its container. */
const SERVE = ["sh", "-c", "exec docker-registry serve /etc/registry.yml 2>&1"];
const STORAGE = { kind: "volume", target: "/registry" } as const;
const LISTENS = /listening on (127\.0\.0\.1:\d+)/;
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** @throws Error when the image can not be built or the registry does not come up */
export async function openRegistry(engine: DockerEngine, say: (line: string) => void, signal: AbortSignal): Promise<Registry> {
  const { docker } = engine;
  const image = await provideLocal(docker, "registry", say, signal);
  const id = await engine.create({ image, command: SERVE, settings: { network: "host", mounts: [STORAGE] } }, signal);
  const published = new Set<string>();
  const close = async (): Promise<void> => {
    for (const reference of published) await remove(docker, reference);
    await engine.remove(id);
  };
  try {
    const address = await started(engine, id, signal);
    return {
      publish: async ({ name, from, layers }, publishSignal) => {
        say(`pushing image ${name} to a registry of our own`);
        const reference = `${address}/tierbench/pull-${name}:1`;
        published.add(reference);
        await publish(docker, name, from, layers, reference, publishSignal);
        return reference;
      },
      pull: (reference, onMessage, pullSignal) => pull(docker, reference, onMessage, pullSignal),
      forget: (reference) => remove(docker, reference),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
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

/** All files of an image as one layer, which is like no other, and the layers above. What is made on the way is removed. */
async function publish(
  docker: Docker,
  name: string,
  from: string,
  layers: readonly (readonly string[])[],
  reference: string,
  signal: AbortSignal,
): Promise<void> {
  const stages = Array.from({ length: layers.length + 1 }, (_, stage) => `tierbench/pull-${name}:stage-${stage}`);
  try {
    await flatten(docker, name, from, stages[0] as string);
    for (const [index, command] of layers.entries()) {
      const to = { reference: stages[index + 1] as string, owner };
      await commitLayer(docker, { name: `pull-${name}`, from: stages[index] as string, command }, to, signal);
    }
    const [repo, tag] = splitTag(reference);
    await docker.getImage(stages.at(-1) as string).tag({ repo, tag });
    const pushed = await docker.getImage(reference).push({ authconfig: { username: "", password: "" }, abortSignal: signal });
    await followed(docker, pushed);
  } finally {
    for (const made of [reference, ...stages.reverse()]) await remove(docker, made);
  }
}

async function flatten(docker: Docker, name: string, from: string, to: string): Promise<void> {
  const container = await docker.createContainer({ Image: from, Cmd: ["true"], Labels: { [OWNER_LABEL]: owner } });
  try {
    const [repo, tag] = splitTag(to);
    const changes = [`LABEL ${IMAGE_LABEL}=pull-${name} ${OWNER_LABEL}=${owner}`];
    const files = await container.export();
    const answer = (await docker.importImage(files as unknown as string, { repo, tag, changes } as never)) as unknown;
    await followed(docker, answer as NodeJS.ReadableStream);
  } finally {
    await container.remove({ force: true, v: true });
  }
}

const splitTag = (reference: string): [string, string] => {
  const colon = reference.lastIndexOf(":");
  return [reference.slice(0, colon), reference.slice(colon + 1)];
};

/** By our own name alone; an image that is not there is removed already. */
async function remove(docker: Docker, reference: string): Promise<void> {
  await docker
    .getImage(reference)
    .remove()
    .catch((error: { statusCode?: number }) => {
      if (error.statusCode !== 404) throw error;
    });
}

const message = z.object({
  id: z.string().optional(),
  status: z.string().default(""),
  error: z.string().optional(),
  progressDetail: z.object({ total: z.number().optional() }).optional(),
});

async function pull(
  docker: Docker,
  reference: string,
  onMessage: (message: PullMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  const stream = (await docker.pull(reference, { abortSignal: signal })) as Readable;
  const lines = createInterface({ input: stream });
  let failure: string | undefined;
  lines.on("line", (line) => {
    const at = clockNs(hrtime.bigint());
    const { id, status, error, progressDetail } = message.parse(JSON.parse(line));
    failure ??= error;
    onMessage({ at, id, status, total: progressDetail?.total });
  });
  await once(lines, "close");
  signal.throwIfAborted();
  if (failure !== undefined) throw new Error(`${reference} could not be pulled: ${failure}`);
}
