/** Flags about a container's network. */
import { at, BadValue, type Flag, type JsonObject, list, many, merged, one, toggle } from "./flag.ts";
import { extraHost, ip, word } from "./values.ts";

/** A port or a range of them. */
interface Ports {
  readonly from: number;
  readonly to: number;
}

function ports(text: string, whole: string): Ports {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const range = { from: Number(from), to: Number(to) };
  if (!(range.from >= 1 && range.to >= range.from && range.to <= 65_535))
    throw new BadValue(`${JSON.stringify(text)} in ${JSON.stringify(whole)} is no port: expected 1 to 65535, or a range`);
  return range;
}

/** `PORT[-PORT][/PROTOCOL]` → each of them as the API names it. */
function exposed(text: string): string[] {
  const [range = "", protocol = "tcp"] = text.split("/");
  if (!["tcp", "udp", "sctp"].includes(protocol.toLowerCase()))
    throw new BadValue(`${JSON.stringify(protocol)} in ${JSON.stringify(text)} is not tcp, udp or sctp`);
  const { from, to } = ports(range, text);
  return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}/${protocol.toLowerCase()}`);
}

const expose = (names: readonly string[]): JsonObject => ({ ExposedPorts: Object.fromEntries(names.map((name) => [name, {}])) });

/** `[[IP:][HOSTPORT]:]PORT[/PROTOCOL]`, both ports as ranges of one length, or several host ports for one of the container. */
function publish(text: string): JsonObject {
  const found = /^(?:(?:(\[[0-9a-fA-F:]+\]|[^:[\]]*):)?([\d-]*):)?([\d-]+(?:\/\w+)?)$/.exec(text);
  if (found === null) throw new BadValue(`expected [[IP:]HOSTPORT:]PORT[/PROTOCOL], got ${JSON.stringify(text)}`);
  const [, address = "", hostPorts = "", inside = ""] = found;
  const HostIp = address.replace(/^\[|\]$/g, "");
  if (HostIp !== "") ip(HostIp);
  const names = exposed(inside);
  const host = hostPorts === "" ? undefined : ports(hostPorts, text);
  const count = host === undefined ? 0 : host.to - host.from + 1;
  if (host !== undefined && count !== names.length && names.length !== 1)
    throw new BadValue(`${JSON.stringify(text)} has ${count} ports of the host for ${names.length} of the container`);
  const bindings = names.map((name, index): [string, JsonObject[]] => {
    // One port of several is for the engine to choose.
    const free = names.length === 1 && host !== undefined && count > 1 ? `${host.from}-${host.to}` : undefined;
    return [name, [{ HostIp, HostPort: host === undefined ? "" : (free ?? `${host.from + index}`) }]];
  });
  return { ...expose(names), HostConfig: { PortBindings: Object.fromEntries(bindings) } };
}

/** Where settings of a container's place in its network are kept until its network is known. */
export const ENDPOINT = "NetworkingConfig.EndpointsConfig.*";

export const NETWORK_FLAGS: readonly Flag[] = [
  many("network", "Network: none, host, bridge, container:ID, or one that the engine has", networkMode),
  many("net", "The same as --network", networkMode),
  list("network-alias", `${ENDPOINT}.Aliases`, word, "Another name within its network"),
  list("net-alias", `${ENDPOINT}.Aliases`, word, "The same as --network-alias"),
  one("ip", `${ENDPOINT}.IPAMConfig.IPv4Address`, ip, "IPv4 address"),
  one("ip6", `${ENDPOINT}.IPAMConfig.IPv6Address`, ip, "IPv6 address"),
  one("mac-address", "MacAddress", word, "MAC address"),
  many("publish,p", "Port of the host, [[IP:]HOSTPORT:]PORT[/PROTOCOL]", (values) => values.map(publish).reduce(merged, {})),
  toggle("publish-all,P", "Publish all exposed ports", (on) => at("HostConfig.PublishAllPorts", on)),
  many("expose", "Port that the container listens on", (values) => expose(values.flatMap(exposed))),
  list("add-host", "HostConfig.ExtraHosts", extraHost, "Line of /etc/hosts, HOST:IP"),
  list("dns", "HostConfig.Dns", ip, "Name server"),
  list("dns-search", "HostConfig.DnsSearch", word, "Domain in which names are looked up"),
  list("dns-option", "HostConfig.DnsOptions", word, "Option of the resolver"),
];

function networkMode(values: readonly string[]): JsonObject {
  const distinct = [...new Set(values)];
  if (distinct.length > 1) throw new BadValue(`only one network is supported, got ${distinct.join(" and ")}`);
  const [name = ""] = distinct;
  if (name === "" || /[=,\s]/.test(name)) throw new BadValue(`expected the name of a network, got ${JSON.stringify(name)}`);
  return at("HostConfig.NetworkMode", name);
}
