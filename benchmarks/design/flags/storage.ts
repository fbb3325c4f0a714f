/** Flags about files: what is mounted, where what it writes goes, and its log. */
import { at, BadValue, type Flag, list, many, map, one, type Surroundings, toggle } from "./flag.ts";
import { mount } from "./mount.ts";
import { checkedPair, word } from "./values.ts";

/** `/target` alone is a new volume; a source that begins with a dot is in the caller's folder. */
function bind(value: string, { absolute }: Surroundings): string {
  const [source = "", ...rest] = value.split(":");
  const problem = rest.length > 2 ? "too many colons" : [source, rest[0]].includes("") ? "an empty part" : undefined;
  if (problem !== undefined)
    throw new BadValue(`expected SOURCE:TARGET[:OPTIONS] or TARGET, got ${JSON.stringify(value)} (${problem})`);
  return [source.startsWith(".") ? absolute(source) : source, ...rest].join(":");
}

export const STORAGE_FLAGS: readonly Flag[] = [
  many("volume,v", "Folder, file or volume, SOURCE:TARGET[:ro,…], or TARGET for a new volume", (values, surroundings) => {
    const [mounted, anonymous] = [true, false].map((isMounted) => values.filter((value) => value.includes(":") === isMounted));
    const binds = (mounted ?? []).map((value) => bind(value, surroundings));
    const targets = Object.fromEntries((anonymous ?? []).map((target) => [bind(target, surroundings), {}]));
    return {
      ...(binds.length === 0 ? {} : at("HostConfig.Binds", binds)),
      ...(Object.keys(targets).length === 0 ? {} : { Volumes: targets }),
    };
  }),
  list("mount", "HostConfig.Mounts", mount, "The same in words: type=bind|volume|tmpfs,source=…,target=…"),
  many("tmpfs", "Memory file system, TARGET[:OPTIONS]", (values) =>
    at(
      "HostConfig.Tmpfs",
      Object.fromEntries(
        values.map((value) => {
          const end = value.indexOf(":");
          return end < 0 ? [value, ""] : [value.slice(0, end), value.slice(end + 1)];
        }),
      ),
    ),
  ),
  toggle("read-only", "Mount the root file system read-only", (on) => at("HostConfig.ReadonlyRootfs", on)),
  list("volumes-from", "HostConfig.VolumesFrom", word, "Volumes of another container"),
  one("volume-driver", "HostConfig.VolumeDriver", word, "Driver of new volumes"),
  map("storage-opt", "HostConfig.StorageOpt", "Option of the storage driver, NAME=VALUE", checkedPair),
  one("log-driver", "HostConfig.LogConfig.Type", word, "Log driver, such as local or none"),
  map("log-opt", "HostConfig.LogConfig.Config", "Option of the log driver, NAME=VALUE"),
];
