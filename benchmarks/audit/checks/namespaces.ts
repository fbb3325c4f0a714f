/** Which of the host's namespaces a container is in. */
import { type ContainerCheck, sightings } from "../check.ts";
import { hasSecurityOption } from "../facts.ts";

const HOST = "host";

export const NAMESPACES: readonly ContainerCheck[] = [
  {
    id: "host-processes",
    title: "the host's processes are seen",
    severity: "high",
    why: "it sees every process with its arguments, and with the same user may signal it, or read its environment",
    remedy: "leave --pid host out; for a look into another container there is --pid container:NAME",
    reference: "5.16",
    look: ({ HostConfig }) => sightings(HostConfig.PidMode === HOST && "--pid host"),
  },
  {
    id: "host-network",
    title: "the host's network",
    severity: "high",
    why: "services that listen on the host's loopback alone, and abstract sockets such as CVE-2020-15257's, are within reach",
    remedy: "a network of its own, and publish what is needed (-p 127.0.0.1:8080:80)",
    reference: "5.10",
    look: ({ HostConfig }) => sightings(HostConfig.NetworkMode === HOST && "--network host"),
  },
  {
    id: "host-ipc",
    title: "the host's shared memory",
    severity: "medium",
    why: "shared memory and semaphores of the host's programs can be read and written",
    remedy: "leave --ipc host out; containers share theirs by --ipc container:NAME",
    reference: "5.17",
    look: ({ HostConfig }) => sightings(HostConfig.IpcMode === HOST && "--ipc host"),
  },
  {
    id: "host-name",
    title: "the host's name can be changed",
    severity: "low",
    why: "with SYS_ADMIN it renames the host, which logs and certificates rely on",
    remedy: "leave --uts host out; --hostname sets a container's own",
    reference: "5.21",
    look: ({ HostConfig }) => sightings(HostConfig.UTSMode === HOST && "--uts host"),
  },
  {
    id: "host-users",
    title: "exempt from the mapping of users",
    severity: "high",
    why: "the engine maps root in a container to nobody on the host, and not in this one",
    remedy: "leave --userns host out",
    reference: "5.31",
    look: ({ HostConfig }, { engine }) =>
      sightings(HostConfig.UsernsMode === HOST && hasSecurityOption(engine, "userns") && "--userns host"),
  },
];
