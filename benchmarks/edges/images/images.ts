/** The images to start: ours, built from packages and imported once; the paper's, pulled by digest; the user's. */
import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type Docker from "dockerode";
import * as z from "zod";
import type { ImageDescription } from "../../../research/manifest.ts";
import { STARTUP } from "../../../research/protocol.ts";
import type { ImageChoice } from "../../design/image-choice.ts";
import { isThere } from "../engine/call-error.ts";
import { makeTemporaryFolder } from "../files/temporary-folders.ts";
import { IMAGE_LABEL } from "../host/owner.ts";
import { working } from "../terminal/status-line.ts";
import { configDigest, layersDigest } from "./image-digests.ts";

const run = promisify(execFile);
const IMAGES_SCRIPT = fileURLToPath(new URL("../../../scripts/images", import.meta.url));
/** Raise it when scripts/images builds something different. */
const RECIPE = "1";

/** Docker's words for when an image is pulled; an image of ours never is. */
export type Pull = "never" | "missing" | "always";

interface ImageWish {
  /** Of a command that has the option; an image that is not there is refused without it. */
  readonly pull?: Pull;
  /** What is started in it, `undefined` for its own command; the protocol's where nothing is said. */
  readonly command?: readonly string[] | undefined;
}

/**
 * Makes sure that the engine has an image, and describes it.
 * @throws Error that says which image is missing and what to do
 */
export async function provideImage(
  docker: Docker,
  choice: ImageChoice,
  say: (line: string) => void,
  signal: AbortSignal,
  { pull, ...starts }: ImageWish = {},
): Promise<ImageDescription> {
  signal.throwIfAborted();
  const command = "command" in starts ? starts.command : STARTUP.command;
  switch (choice.kind) {
    case "local":
      return describe(docker, choice.name, await provideLocal(docker, choice.name, say, signal), command);
    case "paper":
      return describe(docker, choice.name, await pullByDigest(docker, choice.tag, say, signal), command);
    case "own":
      if (pull === "always" || (pull === "missing" && !(await imageExists(docker, choice.reference))))
        await pullAsNamed(docker, choice.reference, say, signal);
      if (!(await imageExists(docker, choice.reference)))
        throw new Error(
          `the engine has no image ${choice.reference}: ${pull === undefined ? `docker pull ${choice.reference}` : "--pull missing"} fetches it`,
        );
      return describe(docker, choice.name, choice.reference, command);
    default:
      return choice satisfies never;
  }
}

/** @throws Error when the registry does not have it, or cannot be reached */
async function pullAsNamed(docker: Docker, reference: string, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  // Without a tag the engine would pull all of them.
  const tagged = /[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`;
  say(`Pulling ${tagged}`);
  try {
    await followed(docker, await docker.pull(tagged, { abortSignal: signal }));
  } catch (cause) {
    throw new Error(`image ${tagged} cannot be pulled: ${(cause as Error).message}`, { cause });
  }
}

/** Where the local images cannot be built (no Debian), the registry's busybox serves as well. */
const REGISTRY_HELPER = "busybox:stable";

/**
 * An image that holds /bin/busybox, for the helper container.
 * @throws Error when it can neither be built nor pulled
 */
export async function provideHelperImage(docker: Docker, say: (line: string) => void, signal: AbortSignal): Promise<string> {
  try {
    return await provideLocal(docker, "small", say, signal);
  } catch (error) {
    signal.throwIfAborted();
    return pullByDigest(docker, REGISTRY_HELPER, say, signal).catch(() => {
      throw error;
    });
  }
}

/** One of the images of scripts/images, built and imported when the engine does not have it yet. */
export async function provideLocal(
  docker: Docker,
  name: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const reference = localReference(name);
  if (await imageExists(docker, reference)) return reference;
  const folder = await makeTemporaryFolder("image");
  try {
    const tar = join(folder, `${name}.tar`);
    say(`Building image ${name} from packages, once.`);
    using _working = working(`Building image ${name}`);
    await run(IMAGES_SCRIPT, ["build", name, tar], { maxBuffer: 64 << 20, signal }).catch((error: { stderr?: string }) => {
      throw new Error(
        `image ${name} could not be built: ${error.stderr?.trim().split("\n").at(-1) ?? error}; or name an image that the engine has: --images NAME=REF`,
        { cause: error },
      );
    });
    return await importLocal(docker, name, tar);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How an engine knows one of the images of scripts/images. */
export const localReference = (name: string): string => `tierbench/${name}:${RECIPE}`;

/** @param tar as scripts/images has built it @returns its reference */
export async function importLocal(docker: Docker, name: string, tar: string): Promise<string> {
  const reference = localReference(name);
  // Import is POST /images/create with a body: dockerode sends the tar, the changes become the image's configuration.
  // The tag goes with the name: Podman reads no `tag` here, and would name the image :latest.
  const options = { repo: reference, changes: [`LABEL ${IMAGE_LABEL}=${name}`, 'CMD ["/bin/sh"]'] };
  const answer = (await docker.importImage(
    createReadStream(tar) as unknown as string,
    options as never,
  )) as unknown as NodeJS.ReadableStream;
  await followed(docker, answer);
  return reference;
}

const distribution = z.object({ Descriptor: z.object({ digest: z.string() }) });

/** Asks the registry, through the engine, what the tag means today, and pulls that. */
async function pullByDigest(docker: Docker, tag: string, say: (line: string) => void, signal: AbortSignal): Promise<string> {
  try {
    const { Descriptor } = distribution.parse(await docker.getImage(tag).distribution());
    const reference = `${tag.split(":")[0]}@${Descriptor.digest}`;
    if (await imageExists(docker, reference)) return reference;
    say(`Pulling ${reference}`);
    using shown = working(`Pulling ${tag}`);
    await followed(docker, await docker.pull(reference, { abortSignal: signal }), (message) => shown.tell(pulled(message)));
    return reference;
  } catch (cause) {
    throw new Error(
      `image ${tag} cannot be pulled (${(cause as Error).message}): without a registry use --images local, or name an image that the engine has: --images NAME=REF`,
      { cause },
    );
  }
}

const failure = z.object({ error: z.string().optional() });

const pullMessage = z.object({
  status: z.string().optional(),
  id: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).optional(),
});
/** `Downloading 3f8a 12 of 40 MB`, as much of it as the engine says. */
function pulled(said: unknown): string {
  const { status = "", id = "", progressDetail: { current, total } = {} } = pullMessage.safeParse(said).data ?? {};
  const amount = current === undefined || !total ? "" : ` ${(current / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB`;
  return `${status} ${id}${amount}`.trim();
}

/** Waits for a stream of progress messages to end. @throws Error when one of them is an error */
export const followed = (
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onMessage: (message: unknown) => void = () => undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const ended = (error: Error | null, messages?: readonly unknown[]): void => {
      // An error of the engine is a message like the others: the answer had begun by then.
      const said = messages?.map((message) => failure.safeParse(message).data?.error).find((text) => text !== undefined);
      if (error || said !== undefined) reject(error ?? new Error(said));
      else resolve();
    };
    docker.modem.followProgress(stream, ended, onMessage);
  });

export const imageExists = (docker: Docker, reference: string): Promise<boolean> => isThere(docker.getImage(reference).inspect());

async function describe(
  docker: Docker,
  name: string,
  reference: string,
  command: readonly string[] | undefined,
): Promise<ImageDescription> {
  const { Size, RepoDigests, RootFS, Config } = await docker.getImage(reference).inspect();
  const layers_digest = layersDigest(RootFS?.Layers ?? []);
  return {
    name,
    reference,
    // An id would hold the date of an import. So does what a containerd image store has here of an image that was never in a
    // registry: images are compared by their layers.
    digest: RepoDigests?.[0]?.split("@")[1] ?? layers_digest,
    layers_digest,
    config_digest: configDigest(Config),
    executes: [...[Config.Entrypoint ?? []].flat(), ...(command ?? Config.Cmd ?? [])],
    size_bytes: Size,
  };
}
