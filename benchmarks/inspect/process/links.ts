/** Network interfaces as iproute2 prints them (`ip -json -details address`). */
import * as z from "zod";

const link = z.object({
  ifindex: z.int(),
  ifname: z.string(),
  /** Of the other end, in whatever network namespace that is. */
  link_index: z.int().nullish(),
  master: z.string().nullish(),
  mtu: z.int().nullish(),
  operstate: z.string().nullish(),
  address: z.string().nullish(),
  linkinfo: z.object({ info_kind: z.string().nullish() }).nullish(),
  addr_info: z.array(z.object({ local: z.string().nullish(), prefixlen: z.int().nullish() })).nullish(),
});
const links = z.array(z.preprocess((value) => (isEmpty(value) ? undefined : value), link.optional()));

/** iproute2 leaves `{}` in the place of what a filter drops. */
const isEmpty = (value: unknown): boolean => typeof value === "object" && value !== null && Object.keys(value).length === 0;

export interface NetworkInterface {
  readonly name: string;
  readonly kind: string | null;
  readonly mac: string | null;
  readonly mtu: number | null;
  readonly state: string | null;
  readonly addresses: readonly string[];
  /** The other end of a veth pair, in the engine's network, and the bridge that it is on. */
  readonly peer: { readonly name: string; readonly bridge: string | null } | null;
}

/**
 * @param inside text of ip in the container's network
 * @param outside the same in the engine's; `undefined` where that cannot be entered
 * @throws Error when it is not what ip prints
 */
export function networkInterfaces(inside: string, outside: string | undefined): NetworkInterface[] {
  const own = parse(inside);
  const others = outside === undefined ? [] : parse(outside);
  return own.map(({ ifindex, ifname, link_index, mtu, operstate, address, linkinfo, addr_info }) => {
    const kind = linkinfo?.info_kind ?? null;
    // Either end names the other's number.
    const peer =
      kind === "veth" ? others.find((other) => other.ifindex === link_index && other.link_index === ifindex) : undefined;
    return {
      ...{ name: ifname, kind, mac: address ?? null, mtu: mtu ?? null, state: operstate ?? null },
      addresses: (addr_info ?? []).flatMap(({ local, prefixlen }) => (local ? `${local}/${prefixlen ?? ""}` : [])),
      peer: peer === undefined ? null : { name: peer.ifname, bridge: peer.master ?? null },
    };
  });
}

const parse = (text: string) => links.parse(JSON.parse(text)).flatMap((one) => one ?? []);
