/** Who reaches the engine, and whom it trusts. */
import { type DaemonCheck, sightings } from "../check.ts";
import { type EngineFacts, infoOf } from "../facts.ts";

/** Docker says so itself; its words are told, as they name the address. */
const OPEN_API = /API is accessible on .* without (encryption|TLS client verification)/i;
const BY_TCP = /^tcp:\/\//;
const LOOPBACK = ["127.0.0.0/8", "::1/128"];
const OTHERS_MAY_WRITE = 0o002;

function openly(engine: EngineFacts): string[] {
  const { configuration, reachedBy } = engine;
  const warned = (infoOf(engine)?.Warnings ?? []).flatMap((line) => OPEN_API.exec(line)?.[0] ?? []);
  if (warned.length > 0) return warned;
  const hosts =
    "unseen" in configuration || configuration.tlsVerify ? [] : configuration.hosts.filter((host) => BY_TCP.test(host));
  if (hosts.length > 0) return hosts.map((host) => `it listens on ${host} and asks no client for a certificate`);
  return reachedBy === "tcp" ? ["we reached it over TCP without TLS"] : [];
}

export const DAEMON_API: readonly DaemonCheck[] = [
  {
    id: "open-api",
    title: "the API is open on the network",
    severity: "critical",
    why: "whoever reaches the port starts a privileged container, and so has the host; bots look for it",
    remedy: "a socket alone, reached by ssh://; or --tlsverify with certificates for server and clients",
    reference: "2.7",
    look: (engine) => {
      const found = openly(engine);
      if (found.length > 0) return sightings(...found);
      return "unseen" in engine.info ? engine.info : [];
    },
  },
  {
    id: "open-socket",
    title: "everybody may write to the socket",
    severity: "critical",
    why: "every user of the host may start a privileged container, and so is root",
    remedy: "chmod 660, owner root, and a group of those who may be root",
    reference: "3.16",
    look: ({ socket }) => {
      if ("unseen" in socket) return socket;
      return sightings((socket.mode & OTHERS_MAY_WRITE) !== 0 && `${socket.path} has mode ${(socket.mode & 0o777).toString(8)}`);
    },
  },
  {
    id: "insecure-registries",
    title: "registries without TLS",
    severity: "medium",
    why: "whoever is in between may put another image in the place of yours",
    remedy: "give the registry a certificate; take it out of insecure-registries",
    reference: "2.5",
    look: ({ info }) => {
      if ("unseen" in info) return info;
      const { InsecureRegistryCIDRs: ranges, IndexConfigs: indexes } = info.RegistryConfig;
      const named = Object.entries(indexes).flatMap(([name, { Secure }]) => (Secure === false ? name : []));
      return sightings(...[...ranges.filter((range) => !LOOPBACK.includes(range)), ...named]);
    },
  },
];
