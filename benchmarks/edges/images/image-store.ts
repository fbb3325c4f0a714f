/** Images that are made for an experiment: a command is run in a container, what it wrote is committed as a layer. */
import type Docker from "dockerode";
import type { DerivedImage, ImageStore } from "../../design/ports.ts";
import { followedOutput } from "../engine/output/followed-output.ts";
import { IMAGE_LABEL, OWNER_LABEL, owner } from "../host/owner.ts";
import { imageExists } from "./images.ts";

export const openImageStore = (docker: Docker, say: (line: string) => void): ImageStore => ({
  derive: async (recipe, signal) => {
    const reference = `tierbench/${recipe.name}:${recipe.recipe}`;
    if (!(await isMadeFrom(docker, reference, recipe.from))) {
      say(`Making image ${recipe.name}, once.`);
      // Without an owner: it is kept for later runs, no sweep is to remove it.
      await commitLayer(docker, recipe, { reference, owner: "" }, signal);
    }
    return reference;
  },
});

/** The base may have been rebuilt since. */
async function isMadeFrom(docker: Docker, reference: string, base: string): Promise<boolean> {
  if (!(await imageExists(docker, reference))) return false;
  const layers = async (of: string): Promise<string[]> => (await docker.getImage(of).inspect()).RootFS?.Layers ?? [];
  const [own, below] = [await layers(reference), await layers(base)];
  return below.every((layer, index) => own[index] === layer);
}

/**
 * Runs a command in a container of an image; what it wrote becomes another image's layer.
 * @throws Error with the command's last words
 */
export async function commitLayer(
  docker: Docker,
  { name, from, command }: Omit<DerivedImage, "recipe">,
  to: { readonly reference: string; readonly owner: string },
  signal: AbortSignal,
): Promise<void> {
  const [repo, tag] = to.reference.split(":");
  const container = await docker.createContainer({
    ...{ Image: from, Cmd: [...command], Labels: { [OWNER_LABEL]: owner } },
    // What a layer holds is here already; wiring a network takes most of a start.
    HostConfig: { NetworkMode: "none" },
  });
  try {
    const output = await container.attach({ stream: true, stdout: true, stderr: true });
    const said = followedOutput(container.modem, output);
    await container.start();
    const { StatusCode } = (await container.wait({ abortSignal: signal })) as { StatusCode: number };
    if (StatusCode !== 0) throw new Error(`image ${name} could not be made: exit code ${StatusCode}, ${await said}`);
    // The container's labels become the image's where nothing else is said.
    await container.commit({ repo, tag, changes: [`LABEL ${IMAGE_LABEL}=${name} ${OWNER_LABEL}=${to.owner}`] });
  } finally {
    await container.remove({ force: true, v: true });
  }
}
