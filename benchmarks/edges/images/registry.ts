/**
 * Images of our own in a registry: pushed once, pulled and removed again and again, always under our own names. No
 * credentials are sent, and none are read.
 */
import { once } from "node:events";
import { hrtime } from "node:process";
import { createInterface } from "node:readline";
import type Docker from "dockerode";
import * as z from "zod";
import { clockNs } from "../../../research/units.ts";
import type { PullMessage, Registry } from "../../design/ports.ts";
import type { DockerEngine } from "../engine/docker.ts";
import { IMAGE_LABEL, OWNER_LABEL, owner } from "../host/owner.ts";
import { readable } from "../streams.ts";
import { commitLayer } from "./image-store.ts";
import { followed } from "./images.ts";
import { startRegistry } from "./registry-container.ts";

/** Go's message, as engines are written in Go. Docker trusts its loopback, Podman does not. */
const HTTPS_WANTED = "server gave HTTP response to HTTPS client";

/** On the engine's loopback, so that no internet is in what is measured. @throws Error when it does not come up */
export async function openOwnRegistry(engine: DockerEngine, say: (line: string) => void, signal: AbortSignal): Promise<Registry> {
  const own = await startRegistry(engine, say, signal);
  const images = openImages(engine.docker, (name) => `${own.address}/tierbench/pull-${name}:1`, say);
  return {
    ...images,
    publish: (image, signal) =>
      images.publish(image, signal).catch((cause: Error) => {
        if (!cause.message.includes(HTTPS_WANTED)) throw cause;
        throw new Error(
          `the engine expects https from the registry at ${own.address}, which is on its own loopback and speaks http: allow it there (Podman: [[registry]] with location = "127.0.0.1" and insecure = true in registries.conf)`,
          { cause },
        );
      }),
    [Symbol.asyncDispose]: async () => {
      await images[Symbol.asyncDispose]();
      await own[Symbol.asyncDispose]();
    },
  };
}

/** In a shared registry the name must be unique to this run; characters that a tag may not have are replaced. */
const TAG = owner.replace(/[^\w.-]/g, "-").slice(-128);

/**
 * What is pushed stays there: the engine has no call that deletes it.
 * @param registry HOST[:PORT]/NAMESPACE, as the engine reaches it
 */
export function openRegistryAt(docker: Docker, registry: string, say: (line: string) => void): Registry {
  const images = openImages(docker, (name) => `${registry}/tierbench-pull-${name}:${TAG}`, say);
  return {
    ...images,
    publish: (image, signal) =>
      images.publish(image, signal).catch((cause: Error) => {
        signal.throwIfAborted();
        throw new Error(
          `image ${image.name} could not be pushed to ${registry}: ${cause.message}; name a registry that takes pushes without a login, by https, or by http on the engine's own loopback`,
          { cause },
        );
      }),
  };
}

function openImages(docker: Docker, referenceOf: (name: string) => string, say: (line: string) => void): Registry {
  const published = new Set<string>();
  return {
    publish: async ({ name, from, layers }, signal) => {
      const reference = referenceOf(name);
      say(`Pushing ${reference}`);
      published.add(reference);
      await publish(docker, name, from, layers, reference, signal);
      return reference;
    },
    pull: (reference, onMessage, signal) => pull(docker, reference, onMessage, signal),
    forget: (reference) => remove(docker, reference),
    [Symbol.asyncDispose]: async () => {
      for (const reference of published) await remove(docker, reference);
    },
  };
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
    const changes = [`LABEL ${IMAGE_LABEL}=pull-${name} ${OWNER_LABEL}=${owner}`];
    const files = await container.export();
    // The tag goes with the name: Podman reads no `tag` here.
    const answer = (await docker.importImage(files as unknown as string, { repo: to, changes } as never)) as unknown;
    await followed(docker, answer as NodeJS.ReadableStream);
  } finally {
    await container.remove({ force: true, v: true });
  }
}

const splitTag = (reference: string): [string, string] => {
  const colon = reference.lastIndexOf(":");
  return [reference.slice(0, colon), reference.slice(colon + 1)];
};

/** By our own name alone; a missing image counts as removed. */
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

const LONGEST_SHOWN = 80;

function readMessage(line: string): z.infer<typeof message> | undefined {
  try {
    return message.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

async function pull(
  docker: Docker,
  reference: string,
  onMessage: (message: PullMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  const stream = readable(await docker.pull(reference, { abortSignal: signal }));
  const lines = createInterface({ input: stream });
  let failure: string | undefined;
  lines.on("line", (line) => {
    const at = clockNs(hrtime.bigint());
    const said = readMessage(line);
    if (said === undefined) {
      failure ??= `a message of its progress cannot be read: ${JSON.stringify(line.slice(0, LONGEST_SHOWN))}`;
      return;
    }
    const { id, status, error, progressDetail } = said;
    failure ??= error;
    onMessage({ at, id, status, total: progressDetail?.total });
  });
  await once(lines, "close");
  signal.throwIfAborted();
  if (failure !== undefined) throw new Error(`${reference} could not be pulled: ${failure}`);
}
