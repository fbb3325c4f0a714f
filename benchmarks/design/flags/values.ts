/** The values of flags, as docker's command line reads them. */
import { isIP } from "node:net";
import { BadValue, type Json, type Parse } from "./flag.ts";

const bad = (expected: string, value: string): BadValue => new BadValue(`expected ${expected}, got ${JSON.stringify(value)}`);

/** As it is. */
export const word: Parse = (value) => value;

const UNITS = "bkmgtp";

/** `256m`, `1.5 GiB`: binary multiples, rounded down to bytes (go-units, RAMInBytes). */
export const bytes: Parse = (value) => {
  const found = /^(\d+(?:\.\d*)?|\.\d+) ?([kmgtp]?)(?:i?b)?$/i.exec(value);
  const size =
    found === null ? Number.NaN : Number(found[1]) * 1024 ** Math.max(0, UNITS.indexOf((found[2] || "b").toLowerCase()));
  if (!(size < 2 ** 63)) throw bad("a size such as 256m or 1.5g", value);
  return Math.floor(size);
};

/** As {@link bytes}; -1 for no limit. */
export const bytesOrUnlimited: Parse = (value, surroundings) => (value === "-1" ? -1 : bytes(value, surroundings));

export const whole =
  (from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER): Parse =>
  (value) => {
    const number = /^[+-]?\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
    const range = from > Number.MIN_SAFE_INTEGER ? ` from ${from}${to < Number.MAX_SAFE_INTEGER ? ` to ${to}` : ""}` : "";
    if (!(number >= from && number <= to)) throw bad(`a whole number${range}`, value);
    return number;
  };

/** CPUs, in billionths: `0.5`. */
export const nanoCpus: Parse = (value) => {
  const found = /^(\d*)(?:\.(\d*))?$/.exec(value);
  const [, ones = "", fraction = ""] = found ?? [];
  if (found === null || ones + fraction === "") throw bad("a number of CPUs such as 0.5", value);
  if (/[^0]/.test(fraction.slice(9))) throw bad("at most nine decimals", value);
  return Number(`${ones}${fraction.slice(0, 9).padEnd(9, "0")}`);
};

const NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3_600e9 };

/** `1m30s`, `500ms`: nanoseconds, as Go's durations. */
export const duration: Parse = (value) => {
  if (value === "0") return 0;
  const parts = [...value.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== value) throw bad("a time such as 500ms or 1m30s", value);
  return Math.round(parts.reduce((sum, [, number, unit]) => sum + Number(number) * (NS[unit as string] as number), 0));
};

/** One of some words; what has a colon behind it may be given, too. */
export const among =
  (words: readonly string[], prefixes: readonly string[] = []): Parse =>
  (value) => {
    const fits = words.includes(value) || prefixes.some((prefix) => value.startsWith(prefix) && value.length > prefix.length);
    if (!fits)
      throw bad([...words.filter((known) => known !== ""), ...prefixes.map((prefix) => `${prefix}NAME`)].join(", "), value);
    return value;
  };

export const ip = (value: string): string => {
  if (isIP(value.trim()) === 0) throw bad("an IP address", value);
  return value.trim();
};

/** `host:ip`, `host=ip`, `host:host-gateway`; an IPv6 address may stand in brackets. */
export const extraHost: Parse = (value) => {
  const end = value.includes("=") ? value.indexOf("=") : value.indexOf(":");
  const [host, address] = [value.slice(0, Math.max(end, 0)), value.slice(end + 1).replace(/^\[(.*)\]$/, "$1")];
  if (host === "" || (address !== "host-gateway" && isIP(address) === 0)) throw bad("HOST:IP or HOST:host-gateway", value);
  return `${host}:${address}`;
};

/** A pair that must have its `=`. */
export const checkedPair = (value: string): void => {
  if (!/^[^=]+=/.test(value)) throw bad("NAME=VALUE", value);
};

const ULIMITS = "core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack".split(" ");

/** `nofile=1024:2048`; a single number is both limits. */
export const ulimit = (value: string): { readonly Name: string; readonly Soft: number; readonly Hard: number } => {
  const [, name = "", soft, hard = soft] = /^([a-z]+)=(-?\d+)(?::(-?\d+))?$/.exec(value) ?? [];
  const limits = { Name: name, Soft: Number(soft), Hard: Number(hard) };
  if (!ULIMITS.includes(name) || soft === undefined) throw bad(`NAME=SOFT[:HARD] with one of ${ULIMITS.join(", ")}`, value);
  const isLess = limits.Hard !== -1 && (limits.Soft > limits.Hard || limits.Soft === -1);
  if (isLess) throw bad("a soft limit that does not exceed the hard one", value);
  return limits;
};

/** `/dev/a[:/dev/b][:rwm]`. */
export const device: Parse = (value): Json => {
  const isMode = (text: string | undefined): boolean => /^[rwm]{1,3}$/.test(text ?? "");
  const parts = value.split(":");
  const [host = "", second, third] = parts;
  if (!host.startsWith("/") || parts.length > 3) throw bad("/dev/HOST[:/dev/CONTAINER][:rwm]", value);
  if (third !== undefined && !isMode(third)) throw bad("a mode of r, w and m", value);
  const inside = second === undefined || isMode(second) ? host : second;
  if (!inside.startsWith("/")) throw bad("an absolute path in the container", value);
  return { PathOnHost: host, PathInContainer: inside, CgroupPermissions: third ?? (isMode(second) ? (second as string) : "rwm") };
};

/** `/dev/sda:1mb` → a limit of a device, its rate read by `parse`. */
export const deviceRate =
  (field: "Rate" | "Weight", parse: Parse): Parse =>
  (value, surroundings): Json => {
    const end = value.lastIndexOf(":");
    const path = value.slice(0, Math.max(end, 0));
    if (!path.startsWith("/dev/")) throw bad("/dev/NAME:RATE", value);
    return { Path: path, [field]: parse(value.slice(end + 1), surroundings) };
  };
