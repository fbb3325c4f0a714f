/** What an engine says of a container that was made with flags, less what it says of one without. */
import { createHash } from "node:crypto";
import type { Json, JsonObject } from "./flag.ts";

/** Different in every container. */
const ITS_OWN: readonly string[] = ["Labels", "Hostname"];
/** A profile is longer than all else together. */
const LONGEST = 300;

/** Values of the environment may be secrets: their names are kept. */
export function settingsThatDiffer(settings: JsonObject, plain: JsonObject): Record<string, Json> {
  const different = Object.entries(settings).filter(
    ([name, value]) => !ITS_OWN.includes(name) && JSON.stringify(value) !== JSON.stringify(plain[name]),
  );
  return Object.fromEntries(different.map(([name, value]) => [name, name === "Env" ? namesOf(value) : shortened(value)]));
}

const namesOf = (value: Json): Json =>
  Array.isArray(value) ? value.map((variable: Json) => String(variable).split("=", 1)[0] ?? "") : null;

function shortened(value: Json): Json {
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "string" || value.length <= LONGEST) return value;
  return `${value.slice(0, 60)}… (${value.length} characters, sha256:${createHash("sha256").update(value).digest("hex")})`;
}
