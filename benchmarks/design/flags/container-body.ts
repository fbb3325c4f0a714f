/** Flags with their values → the body of `POST /containers/create`. */
import { MisuseError } from "../../../research/misuse.ts";
import { FLAGS } from "./catalogue.ts";
import { BadValue, type JsonObject, merged, type Surroundings } from "./flag.ts";

/** A flag that was typed, by its long name. */
export interface GivenFlag {
  readonly name: string;
  readonly value: string;
}

/**
 * What the flags set, in the engine's words.
 * @throws MisuseError that names the flag
 */
export function containerBody(given: readonly GivenFlag[], surroundings: Surroundings): JsonObject {
  const body = FLAGS.reduce<JsonObject>((sum, flag) => {
    const values = given.flatMap(({ name, value }) => (name === flag.name ? value : []));
    if (values.length === 0) return sum;
    try {
      return merged(sum, flag.body(values, surroundings));
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      throw new MisuseError(`--${flag.name}: ${error.message}`, { cause: error });
    }
  }, {});
  checkTogether(given, body);
  return withEndpoint(body);
}

/** What docker's own command line refuses before it asks an engine. */
function checkTogether(given: readonly GivenFlag[], body: JsonObject): void {
  const names = new Set(given.map(({ name }) => name));
  const health = [...names].find((name) => name.startsWith("health-"));
  if (names.has("no-healthcheck") && health !== undefined)
    throw new MisuseError(`--no-healthcheck and --${health} exclude each other: leave one of them out`);
  const { LogConfig: log } = (body.HostConfig ?? {}) as JsonObject;
  if ((log as JsonObject | undefined)?.Type === "none" && names.has("log-opt"))
    throw new MisuseError("--log-driver none takes no --log-opt");
  if (names.has("network") && names.has("net")) throw new MisuseError("--net is --network: leave one of them out");
}

/** What is set of the container's place in its network goes under that network's name; a network has its entry, as docker sends it. */
function withEndpoint(body: JsonObject): JsonObject {
  const { NetworkingConfig: networking, ...rest } = body;
  const mode = ((body.HostConfig ?? {}) as JsonObject).NetworkMode as string | undefined;
  const endpoint = ((networking as JsonObject | undefined)?.EndpointsConfig as JsonObject | undefined)?.["*"];
  const isNamed = mode !== undefined && !/^(none|host|bridge|default|container:.*)$/.test(mode);
  if (endpoint !== undefined && !isNamed)
    throw new MisuseError("an address or an alias is for a network that the engine was told to make: name it with --network");
  return isNamed ? { ...rest, NetworkingConfig: { EndpointsConfig: { [mode]: endpoint ?? {} } } } : rest;
}
