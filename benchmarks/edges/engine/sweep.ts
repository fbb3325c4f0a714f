/** Removes containers and volumes that an interrupted run left behind: by our label alone, and only when their maker is gone. */
import type Docker from "dockerode";
import { HELPER_LABEL, OWNER_LABEL, ownerState } from "../host/owner.ts";
import { removeContainer } from "./remove-container.ts";

const HELPER_PATIENCE_S = 5;

/** The names that edges/registry.ts gives. */
const PUBLISHED = /^(127\.0\.0\.1:\d+\/)?tierbench\/pull-|\/tierbench-pull-[a-z]+:[^/]+$/;

export interface Swept {
  readonly removed: readonly string[];
  readonly kept: readonly { readonly id: string; readonly why: string }[];
}

export async function sweepContainers(docker: Docker): Promise<Swept> {
  const removed: string[] = [];
  const kept: { id: string; why: string }[] = [];
  const ours = await docker.listContainers({ all: true, filters: JSON.stringify({ label: [OWNER_LABEL] }) });
  for (const { Id, Labels } of ours) {
    const id = Id.slice(0, 12);
    const label = Labels[OWNER_LABEL] ?? "";
    switch (ownerState(label)) {
      case "gone":
        // A helper takes its trace instance with it when it is asked to end, and is then removed by the engine.
        if (Labels[HELPER_LABEL] !== undefined)
          await docker
            .getContainer(Id)
            .stop({ t: HELPER_PATIENCE_S })
            .catch(() => undefined);
        await removeContainer(docker.getContainer(Id));
        removed.push(id);
        break;
      case "alive":
        kept.push({ id, why: "its run is still in progress" });
        break;
      case "elsewhere":
        kept.push({
          id,
          why: `made on another host, or on this one under another name, ${JSON.stringify(label.slice(0, 80))}; remove it with docker rm -f ${id} if that run is over`,
        });
        break;
    }
  }
  return { removed, kept };
}

/** Volumes with our label whose maker is gone; call it after the containers that may use them are removed. */
export async function sweepVolumes(docker: Docker): Promise<string[]> {
  const { Volumes } = await docker.listVolumes({ filters: JSON.stringify({ label: [OWNER_LABEL] }) as never });
  const left = (Volumes ?? []).filter(({ Labels }) => ownerState(Labels?.[OWNER_LABEL] ?? "") === "gone");
  for (const { Name } of left) await docker.getVolume(Name).remove();
  return left.map(({ Name }) => Name.slice(0, 12));
}

/** Images that were made for a registry of ours by a run that is gone; those that are kept for later runs have no owner. */
export async function sweepImages(docker: Docker): Promise<string[]> {
  const images = await docker.listImages({ filters: JSON.stringify({ label: [OWNER_LABEL] }) });
  const left = images
    .filter(({ Labels }) => ownerState(Labels?.[OWNER_LABEL] ?? "") === "gone")
    .flatMap(({ RepoTags }) => (RepoTags ?? []).filter((reference) => PUBLISHED.test(reference)));
  for (const reference of left) await docker.getImage(reference).remove();
  return left;
}
