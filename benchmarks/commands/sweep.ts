/** `sweep`: removes what an interrupted run left behind, and nothing else. */
import { findEngine } from "../edges/engine/find-engine.ts";
import { sweepContainers, sweepImages, sweepVolumes } from "../edges/engine/sweep.ts";
import { sweepInstances } from "../edges/probe/tracefs.ts";
import { sweepLaunchFolders } from "../edges/programs/launch-folder.ts";
import { say } from "./engine-options.ts";

export async function sweep(options: { engine: string | undefined }): Promise<void> {
  await using found = await findEngine(options.engine, false, say);
  const { removed, kept } = await sweepContainers(found.engine.docker);
  for (const { id, why } of kept) console.log(`left alone: container ${id} (${why})`);
  const volumes = await sweepVolumes(found.engine.docker);
  const images = await sweepImages(found.engine.docker);
  const instances = sweepInstances();
  const folders = await sweepLaunchFolders();
  for (const line of [
    ...removed.map((id) => `removed container ${id}`),
    ...volumes.map((name) => `removed volume ${name}`),
    ...images.map((reference) => `removed image ${reference}`),
    ...instances.map((name) => `removed trace instance ${name}`),
    ...folders.map((folder) => `removed folder ${folder}`),
  ])
    console.log(line);
  if (removed.length + volumes.length + images.length + instances.length + folders.length === 0) console.log("nothing to sweep");
}
