/** The volumes that a container's body names. */
import type { Json, JsonObject } from "./flag.ts";

export interface NamedVolume {
  readonly name: string;
  readonly driver: string | undefined;
  readonly options: Readonly<Record<string, string>> | undefined;
}

/** Of `-v NAME:…` and `--mount type=volume,source=NAME,…`; a source with a slash is a path. */
export function volumesNamed({ HostConfig }: JsonObject): NamedVolume[] {
  const { Binds, Mounts, VolumeDriver } = object(HostConfig);
  const driver = text(VolumeDriver);
  const bound = objects(Binds, text).flatMap((bind) => {
    const [source = ""] = bind.split(":");
    return source.includes("/") || source === "" ? [] : { name: source, driver, options: undefined };
  });
  const mounted = objects(Mounts, object).flatMap(({ Type, Source, VolumeOptions }) => {
    const { Name, Options } = object(object(VolumeOptions).DriverConfig);
    const name = text(Source);
    const options = Object.entries(object(Options)).map(([key, value]) => [key, String(value)]);
    if (Type !== "volume" || name === undefined) return [];
    return { name, driver: text(Name), options: options.length === 0 ? undefined : Object.fromEntries(options) };
  });
  return [...bound, ...mounted];
}

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
const object = (value: Json | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
const objects = <T>(value: Json | undefined, as: (each: Json) => T | undefined): T[] =>
  Array.isArray(value) ? value.flatMap((each: Json) => as(each) ?? []) : [];
