/** `--mount`: a mount in words, `type=bind,source=…,target=…`, in CSV as docker reads it. */
import { BadValue, type Json, type JsonObject, merged, type Parse, pair, truth } from "./flag.ts";
import { bytes } from "./values.ts";

const TYPES: readonly string[] = ["bind", "volume", "tmpfs", "image", "cluster"];

/** A quoted field may hold commas. */
const fieldsOf = (text: string): string[] =>
  [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );

/** A switch: its name alone is true. */
const on = (field: string, value: string): boolean => (field.includes("=") ? truth(value) : true);

export const mount: Parse = (text, surroundings): Json => {
  let found: JsonObject = { Type: "volume" };
  for (const field of fieldsOf(text)) {
    const [given, value] = pair(field);
    const name = given.trim().toLowerCase();
    const set = (more: JsonObject): void => {
      found = merged(found, more);
    };
    switch (name) {
      case "type":
        if (!TYPES.includes(value)) throw new BadValue(`type=${value} is not known: expected ${TYPES.join(", ")}`);
        set({ Type: value });
        break;
      case "source":
      case "src":
        set({ Source: /^\.\.?($|\/)/.test(value) ? surroundings.absolute(value) : value });
        break;
      case "target":
      case "dst":
      case "destination":
        set({ Target: value });
        break;
      case "readonly":
      case "ro":
        set({ ReadOnly: on(field, value) });
        break;
      case "consistency":
        set({ Consistency: value.toLowerCase() });
        break;
      case "bind-propagation":
        set({ BindOptions: { Propagation: value.toLowerCase() } });
        break;
      case "bind-nonrecursive":
        set({ BindOptions: { NonRecursive: on(field, value) } });
        break;
      case "volume-nocopy":
        set({ VolumeOptions: { NoCopy: on(field, value) } });
        break;
      case "volume-subpath":
        set({ VolumeOptions: { Subpath: value } });
        break;
      case "volume-label":
        set({ VolumeOptions: { Labels: Object.fromEntries([pair(value)]) } });
        break;
      case "volume-driver":
        set({ VolumeOptions: { DriverConfig: { Name: value } } });
        break;
      case "volume-opt":
        set({ VolumeOptions: { DriverConfig: { Options: Object.fromEntries([pair(value)]) } } });
        break;
      case "tmpfs-size":
        set({ TmpfsOptions: { SizeBytes: bytes(value, surroundings) } });
        break;
      case "tmpfs-mode":
        if (!/^[0-7]{1,6}$/.test(value)) throw new BadValue(`tmpfs-mode=${value} is not an octal number`);
        set({ TmpfsOptions: { Mode: Number.parseInt(value, 8) } });
        break;
      default:
        throw new BadValue(`${JSON.stringify(field)} is not understood`);
    }
  }
  if (found.Target === undefined) throw new BadValue(`expected target=PATH in ${JSON.stringify(text)}`);
  if (found.Type === "bind" && found.Source === undefined) throw new BadValue(`expected source=PATH in ${JSON.stringify(text)}`);
  return found;
};
