/** What an interrupted run left on an engine: found by our label alone, and removed only when its process is gone. */
import type Docker from "dockerode";
import type { Leftover } from "../files/leftover.ts";
import { HELPER_LABEL, OWNER_LABEL, owner, ownerState } from "../host/owner.ts";
import { removeContainer } from "./remove-container.ts";

const HELPER_PATIENCE_S = 5;

/** The names that edges/registry.ts gives. */
const PUBLISHED = /^(127\.0\.0\.1:\d+\/)?tierbench\/pull-|\/tierbench-pull-[a-z]+:[^/]+$/;

/** Containers, then the volumes that they may have used, then images. */
export async function* sweepEngine(docker: Docker): AsyncGenerator<Leftover> {
  yield* sweepContainers(docker);
  yield* sweepVolumes(docker);
  yield* sweepImages(docker);
}

export async function* sweepContainers(docker: Docker): AsyncGenerator<Leftover> {
  const ours = await docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) });
  for (const { Id, Labels } of ours) {
    const id = Id.slice(0, 12);
    const what = `container ${id}`;
    const label = Labels[OWNER_LABEL] ?? "";
    switch (ownerState(label)) {
      case "gone":
        yield { what, remove: () => removeOne(docker.getContainer(Id), Labels[HELPER_LABEL] !== undefined) };
        break;
      case "alive":
        yield { what, kept: "its run is still in progress" };
        break;
      case "elsewhere":
        yield {
          what,
          kept: `made on another host, or on this one in another container or under another name, ${JSON.stringify(label.slice(0, 80))}; remove it with docker rm -f ${id} if that run is over`,
        };
        break;
    }
  }
}

/** A helper takes its trace instance with it when it is asked to end, and is then removed by the engine. */
async function removeOne(container: Docker.Container, isHelper: boolean): Promise<void> {
  if (isHelper) await container.stop({ t: HELPER_PATIENCE_S }).catch(() => undefined);
  await removeContainer(container);
}

async function* sweepVolumes(docker: Docker): AsyncGenerator<Leftover> {
  const { Volumes } = await docker.listVolumes({ filters: JSON.stringify({ label: [OWNER_LABEL] }) as never });
  for (const { Name, Labels } of Volumes ?? [])
    if (ownerState(Labels?.[OWNER_LABEL] ?? "") === "gone")
      yield { what: `volume ${Name.slice(0, 12)}`, remove: () => docker.getVolume(Name).remove() };
}

/** Images that were made for a registry of ours; those that are kept for later runs have no owner. */
async function* sweepImages(docker: Docker): AsyncGenerator<Leftover> {
  const images = await docker.listImages({ filters: JSON.stringify({ label: [OWNER_LABEL] }) });
  for (const { Labels, RepoTags } of images)
    if (ownerState(Labels?.[OWNER_LABEL] ?? "") === "gone")
      for (const reference of (RepoTags ?? []).filter((tag) => PUBLISHED.test(tag)))
        yield { what: `image ${reference}`, remove: () => docker.getImage(reference).remove() };
}

/** What this process itself has on an engine, told as it is removed: the engine went away before it could be. */
export async function* removeOwn(docker: Docker): AsyncGenerator<string> {
  const ours = await docker.listContainers({ all: true, filters: JSON.stringify({ label: [`${OWNER_LABEL}=${owner}`] }) });
  for (const { Id } of ours) {
    await removeContainer(docker.getContainer(Id));
    yield `container ${Id.slice(0, 12)}`;
  }
}
