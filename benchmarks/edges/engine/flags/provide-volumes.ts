/** Named volumes of starts: those that are missing are made here, with our label, and removed at the end; others are used and left. */
import type Docker from "dockerode";
import type { JsonObject } from "../../../design/flags/flag.ts";
import { type NamedVolume, volumesNamed } from "../../../design/flags/volumes-named.ts";
import { OWNER_LABEL, owner } from "../../host/owner.ts";
import { isThere } from "../call-error.ts";

/** @throws Error when the engine does not make one of them */
export async function provideVolumes(docker: Docker, ...bodies: readonly JsonObject[]): Promise<AsyncDisposable> {
  const named = new Map(bodies.flatMap(volumesNamed).map((volume) => [volume.name, volume]));
  const made: string[] = [];
  const remove = async (): Promise<void> => {
    for (const name of made.splice(0)) await docker.getVolume(name).remove();
  };
  try {
    for (const volume of named.values()) {
      if (await isThere(docker.getVolume(volume.name).inspect())) continue;
      await docker.createVolume(described(volume));
      made.push(volume.name);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { [Symbol.asyncDispose]: remove };
}

const described = ({ name, driver, options }: NamedVolume): Docker.VolumeCreateOptions => ({
  ...{ Name: name, Labels: { [OWNER_LABEL]: owner } },
  ...(driver === undefined ? {} : { Driver: driver }),
  ...(options === undefined ? {} : { DriverOpts: options }),
});
