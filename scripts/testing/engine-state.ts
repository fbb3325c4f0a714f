/** All that an engine has and says of it: what only looks leaves it as it was. */
import type Docker from "dockerode";

export async function engineState(docker: Docker): Promise<object> {
  const [containers, images, volumes, networks] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listImages({ all: true }),
    docker.listVolumes(),
    docker.listNetworks(),
  ]);
  const byId = <T extends { readonly Id: string }>(all: readonly T[]): T[] => all.toSorted((a, b) => (a.Id < b.Id ? -1 : 1));
  return {
    containers: await Promise.all(byId(containers).map(({ Id }) => described(docker, Id))),
    images: byId(images),
    volumes: volumes.Volumes.toSorted((a, b) => (a.Name < b.Name ? -1 : 1)),
    networks: await Promise.all(byId(networks).map(({ Id }) => docker.getNetwork(Id).inspect())),
  };
}

/** The engine lists mounts in another order each time. */
async function described(docker: Docker, id: string): Promise<object> {
  const said = await docker.getContainer(id).inspect();
  return { ...said, Mounts: said.Mounts.toSorted((a, b) => (a.Destination < b.Destination ? -1 : 1)) };
}
