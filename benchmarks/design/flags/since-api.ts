/** Fields that an older engine passes over without a word: docker's client refuses their flags, and so do we. */
import type { JsonObject } from "./flag.ts";

const SINCE = [
  {
    flag: "annotation",
    api: "1.43",
    isIn: ({ HostConfig }) => (HostConfig as JsonObject | undefined)?.Annotations !== undefined,
  },
  {
    flag: "health-start-interval",
    api: "1.44",
    isIn: ({ Healthcheck }) => (Healthcheck as JsonObject | undefined)?.StartInterval !== undefined,
  },
] as const satisfies readonly { flag: string; api: string; isIn: (body: JsonObject) => boolean }[];

/** @param ask for the version of the engine's API, such as `1.41` @throws Error that names the flag */
export async function checkApi(body: JsonObject, ask: () => Promise<string>): Promise<void> {
  const flags = SINCE.filter(({ isIn }) => isIn(body));
  // Most starts have none of them, and a proxy may forbid the question.
  if (flags.length === 0) return;
  const api = await ask();
  for (const { flag, api: needed } of flags)
    if (minor(api) < minor(needed))
      throw new Error(`--${flag} needs an engine with API ${needed} or later, and this one has ${api}`);
}

/** All have been 1.x for ten years. */
const minor = (version: string): number => Number(version.split(".")[1]);
