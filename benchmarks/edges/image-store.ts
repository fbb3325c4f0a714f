/** Images that are made for an experiment: a command is run in a container, what it wrote is committed as a layer. */
import type Docker from "dockerode";
import type { DerivedImage, ImageStore } from "../ports.ts";
import { followedOutput } from "./followed-output.ts";
import { imageExists } from "./images.ts";
import { IMAGE_LABEL, OWNER_LABEL, owner } from "./owner.ts";

export const openImageStore = (docker: Docker, say: (line: string) => void): ImageStore => ({
  derive: async (recipe, signal) => {
    const repo = `tierbench/${recipe.name}`;
    const reference = `${repo}:${recipe.recipe}`;
    if (!(await isMadeFrom(docker, reference, recipe.from))) {
      say(`making image ${recipe.name}, once`);
      await commit(docker, recipe, repo, signal);
    }
    return reference;
  },
});

/** The base may have been built anew since. */
async function isMadeFrom(docker: Docker, reference: string, base: string): Promise<boolean> {
  if (!(await imageExists(docker, reference))) return false;
  const layers = async (of: string): Promise<string[]> => (await docker.getImage(of).inspect()).RootFS.Layers ?? [];
  const [own, below] = [await layers(reference), await layers(base)];
  return below.every((layer, index) => own[index] === layer);
}

async function commit(docker: Docker, { name, from, command, recipe }: DerivedImage, repo: string, signal: AbortSignal) {
  const container = await docker.createContainer({ Image: from, Cmd: [...command], Labels: { [OWNER_LABEL]: owner } });
  try {
    const output = await container.attach({ stream: true, stdout: true, stderr: true });
    const said = followedOutput(container.modem, output);
    await container.start();
    const { StatusCode } = (await container.wait({ abortSignal: signal })) as { StatusCode: number };
    if (StatusCode !== 0) throw new Error(`image ${name} could not be made: exit code ${StatusCode}, ${await said}`);
    // The container's labels would become the image's: it is no container of a run, but an image of ours.
    const changes = [`LABEL ${IMAGE_LABEL}=${name} ${OWNER_LABEL}=`];
    await container.commit({ repo, tag: recipe, changes });
  } finally {
    await container.remove({ force: true, v: true });
  }
}
