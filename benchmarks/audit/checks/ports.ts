/** Who reaches a container's ports. */
import { type ContainerCheck, sightings } from "../check.ts";

const EVERYWHERE = ["", "0.0.0.0", "::"];

export const PORTS: readonly ContainerCheck[] = [
  {
    id: "published-everywhere",
    title: "published on every address",
    severity: "medium",
    why: "Docker's rules come before those of ufw and firewalld: the port is open to every network of the host",
    remedy: "name an address: -p 127.0.0.1:8080:80, and a reverse proxy where others need it",
    reference: "5.14",
    look: ({ NetworkSettings: { Ports } }) => {
      const open = Object.entries(Ports).flatMap(([port, bindings]) =>
        bindings.filter(({ HostIp }) => EVERYWHERE.includes(HostIp)).map(({ HostPort }) => `${port} as port ${HostPort}`),
      );
      return sightings(...new Set(open));
    },
  },
];
