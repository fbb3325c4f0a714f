/** What the engine makes of the flags of each variant: a container of it is made, described and removed, without a start. */

import type { DescribedVariant } from "../../../../research/manifest.ts";
import type { JsonObject } from "../../../design/flags/flag.ts";
import { settingsThatDiffer } from "../../../design/flags/settings.ts";
import { recordedFlags, type Salt, type Variant } from "../../../design/flags/variants.ts";
import type { DockerEngine } from "../docker.ts";

/** Where no field of it is given, the engine leaves its defaults unsaid. */
const DEFAULTS: JsonObject = { HostConfig: {} };

/** @param image in which they are started @param salt of hidden values @throws the signal's reason */
export async function describeVariants(
  engine: DockerEngine,
  image: string,
  variants: readonly Variant[],
  salt: Salt,
  signal: AbortSignal,
): Promise<DescribedVariant[]> {
  const plain = await inspected(engine, image, DEFAULTS, signal);
  const described: DescribedVariant[] = [];
  for (const { name, flags, body } of variants) {
    const own = { name, flags: recordedFlags(flags, salt) };
    try {
      described.push({
        ...own,
        settings: settingsThatDiffer(await inspected(engine, image, { ...DEFAULTS, ...body }, signal), plain),
      });
    } catch (error) {
      signal.throwIfAborted();
      described.push({ ...own, settings: null, problem: (error as Error).message });
    }
  }
  return described;
}

async function inspected(engine: DockerEngine, image: string, body: JsonObject, signal: AbortSignal): Promise<JsonObject> {
  const id = await engine.create({ image, command: undefined, body }, signal);
  try {
    const { Config, HostConfig } = await engine.docker.getContainer(id).inspect();
    return JSON.parse(JSON.stringify({ ...Config, ...HostConfig })) as JsonObject;
  } finally {
    await engine.remove(id);
  }
}
