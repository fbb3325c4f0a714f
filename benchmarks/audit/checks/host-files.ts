/** What of the host's file system and devices a container can touch. */
import { type ContainerCheck, type Sighting, sightings } from "../check.ts";
import { type ContainerFacts, type EngineFacts, infoOf } from "../facts.ts";

/** Of engines and runtimes: who may write to one starts containers as root. */
const SOCKET = /\/(docker|containerd|podman|crio|buildkitd|cri-dockerd)\.sock$/;

/** Who writes there changes what the host runs or trusts. */
const RULING = ["/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/proc", "/root", "/run", "/sbin", "/sys", "/usr"];
/** Reading them alone gives keys, password hashes, or other processes. */
const TELLING = ["/boot", "/dev", "/etc", "/proc", "/root", "/run"];
/** Everybody may read them, and containers often do. */
const PUBLIC = [
  ...["/etc/localtime", "/etc/timezone", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/machine-id"],
  ...["/etc/ssl/certs", "/etc/ca-certificates", "/etc/pki/ca-trust", "/etc/pki/tls/certs", "/etc/passwd", "/etc/group"],
];
/** Memory that is shared on purpose. */
const OPEN = ["/dev/shm", "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];

type Mount = ContainerFacts["Mounts"][number];

const isIn = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

/** `/var/run` is a link to `/run` wherever systemd or Docker runs. */
const resolved = (path: string): string => path.replace(/^\/var\/run(?=\/|$)/, "/run").replace(/(?<=.)\/+$/, "");

const rules = (path: string): boolean => path === "/" || isIn(path, RULING);

/** What of the engine's power a mount brings along; a socket answers through one that is read-only, too. */
function socketIn({ Type, Source, RW }: Mount, { socket }: EngineFacts): string | undefined {
  const path = resolved(Source);
  const own = "unseen" in socket ? undefined : resolved(socket.path);
  if (SOCKET.test(Source) || path === own) return Source;
  // Of a folder of the host's that is writable, its files are the finding.
  if (Type !== "bind" || (RW && rules(path))) return undefined;
  return own?.startsWith(path === "/" ? path : `${path}/`) ? `${Source}, with ${own} in it,` : undefined;
}

function hostPaths({ Mounts }: ContainerFacts, engine: EngineFacts): Sighting[] {
  const data = [infoOf(engine)?.DockerRootDir ?? "", "/var/lib/docker", "/var/lib/containerd"].filter((path) => path !== "");
  return Mounts.filter((mount) => mount.Type === "bind" && socketIn(mount, engine) === undefined).flatMap(
    ({ Source, Destination, RW }): Sighting[] => {
      const path = resolved(Source);
      if (isIn(path, OPEN)) return [];
      const seen = `${Source} at ${Destination}, ${RW ? "writable" : "read-only"}`;
      if (RW) return rules(path) || isIn(path, data) ? [{ seen, severity: "critical" }] : [];
      if (path === "/") return [{ seen, severity: "high" }];
      return isIn(path, [...TELLING, ...data]) && !isIn(path, PUBLIC) ? [{ seen, severity: "medium" }] : [];
    },
  );
}

/** Whole disks, partitions and memory; other devices do what they are for. */
const RAW = /^\/dev\/(sd|hd|vd|xvd|nvme|dm-|md|loop|mapper\/|mem$|kmem$|port$|kmsg$|disk\/)/;

export const HOST_FILES: readonly ContainerCheck[] = [
  {
    id: "engine-socket",
    title: "an engine's socket is mounted",
    severity: "critical",
    why: "who writes to it starts a privileged container, and so has the host; a read-only mount does not prevent that",
    remedy: "leave it out, or put a proxy before it that allows the calls that are needed",
    reference: "5.32",
    look: ({ Mounts }, { engine }) =>
      Mounts.flatMap((mount) => {
        const seen = socketIn(mount, engine);
        return seen === undefined ? [] : [{ seen: `${seen} at ${mount.Destination}` }];
      }),
  },
  {
    id: "host-paths",
    title: "the host's own files are mounted",
    severity: "high",
    why: "written, they change what the host runs as root; read, they give away keys, passwords and other processes",
    remedy: "mount the one file or folder that is needed, read-only (-v /etc/app.conf:/etc/app.conf:ro), or a volume",
    reference: "5.6",
    look: (container, { engine }) => hostPaths(container, engine),
  },
  {
    id: "shared-mounts",
    title: "mounts reach the host",
    severity: "medium",
    why: "what the container mounts below such a folder is mounted on the host, too",
    remedy: "leave :shared and :rshared out",
    reference: "5.20",
    look: ({ Mounts }) =>
      sightings(
        ...Mounts.map(({ Source, Destination, Propagation }) => /^r?shared$/.test(Propagation) && `${Source} at ${Destination}`),
      ),
  },
  {
    id: "host-devices",
    title: "devices of the host",
    severity: "medium",
    why: "a disk or the memory as a device is all that is on it, past every permission of its files",
    remedy: "leave --device out, or name the one device with the rights that are needed (--device /dev/x:/dev/x:r)",
    reference: "5.18",
    look: ({ HostConfig }) =>
      HostConfig.Devices.map(({ PathOnHost }) => ({
        seen: `--device ${PathOnHost}`,
        severity: RAW.test(PathOnHost) ? ("critical" as const) : ("medium" as const),
      })),
  },
  {
    id: "writable-root",
    title: "the root file system is writable",
    severity: "low",
    why: "an attacker can change the programs that run there, and leave tools behind",
    remedy: "--read-only, with --tmpfs /tmp and volumes for what is written",
    reference: "5.13",
    look: ({ HostConfig }) => sightings(!HostConfig.ReadonlyRootfs && "no --read-only"),
  },
];
