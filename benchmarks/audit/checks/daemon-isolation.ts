/** What the engine does for every container, where nothing else is said. */
import { type DaemonCheck, sightings } from "../check.ts";
import { type DaemonConfiguration, type EngineFacts, type EngineInfo, hasSecurityOption, mapsUsers } from "../facts.ts";

type Look = ReturnType<DaemonCheck["look"]>;

const byInfo =
  (look: (info: EngineInfo, engine: EngineFacts) => string | false) =>
  (engine: EngineFacts): Look =>
    "unseen" in engine.info ? engine.info : sightings(look(engine.info, engine));

/** Podman has no daemon that such a setting would be of. */
const ofDockerd =
  (look: (engine: EngineFacts) => Look) =>
  (engine: EngineFacts): Look =>
    "Podman Engine" in engine.versions ? [] : look(engine);

const byConfiguration = (look: (configuration: DaemonConfiguration) => string | false) =>
  ofDockerd(({ configuration }) => ("unseen" in configuration ? configuration : sightings(look(configuration))));

export const DAEMON_ISOLATION: readonly DaemonCheck[] = [
  {
    id: "no-user-mapping",
    title: "root in a container is root",
    severity: "medium",
    why: "what breaks out of a container that runs as root is root on the host",
    remedy: '"userns-remap": "default" in daemon.json (images and containers of before are not seen then), or rootless mode',
    reference: "2.9",
    look: byInfo((_, engine) => !mapsUsers(engine) && "neither userns-remap nor rootless"),
  },
  {
    id: "containers-reach-each-other",
    title: "containers reach each other",
    severity: "medium",
    why: "on the default bridge every container reaches every port of every other, published or not",
    remedy: '"icc": false in daemon.json; containers that talk get a network of their own',
    reference: "2.2",
    look: ({ bridge }) => ("unseen" in bridge ? bridge : sightings(bridge.icc && "icc is on, on the default bridge")),
  },
  {
    id: "no-seccomp-support",
    title: "no filter of system calls at all",
    severity: "high",
    why: "the engine or its kernel was built without seccomp: no container has a filter, whatever it asks for",
    remedy: "a kernel with CONFIG_SECCOMP_FILTER, and an engine built with seccomp",
    reference: "5.22",
    look: byInfo((_, engine) => !hasSecurityOption(engine, "seccomp") && "seccomp is not among the security options"),
  },
  {
    id: "unconfined-by-default",
    title: "no filter of system calls by default",
    severity: "high",
    why: "the engine's own profile is unconfined: a container has a filter only if it brings one",
    remedy: "take seccomp-profile out of daemon.json, or name a profile there",
    reference: "2.17",
    look: byInfo(
      ({ SecurityOptions }) =>
        SecurityOptions.some((option) => /name=seccomp,.*profile=unconfined/.test(option)) && "seccomp profile unconfined",
    ),
  },
  {
    id: "no-access-control",
    title: "neither AppArmor nor SELinux",
    severity: "low",
    why: "nothing behind capabilities and seccomp keeps a container from the host's files",
    remedy: "a kernel with AppArmor (apparmor=1) or SELinux, and the engine's profiles",
    reference: "5.2",
    look: byInfo(
      (_, engine) =>
        !hasSecurityOption(engine, "apparmor") &&
        !hasSecurityOption(engine, "selinux") &&
        "neither is among the security options",
    ),
  },
  {
    id: "new-privileges-by-default",
    title: "processes may gain privileges by default",
    severity: "low",
    why: "each container has to think of no-new-privileges itself",
    remedy: '"no-new-privileges": true in daemon.json',
    reference: "2.14",
    look: byConfiguration(({ noNewPrivileges }) => !noNewPrivileges && "no-new-privileges is off"),
  },
  {
    id: "no-default-ulimits",
    title: "no default ulimits",
    severity: "low",
    why: "a container inherits dockerd's limits of files and processes, which are the highest of the host",
    remedy: '"default-ulimits": {"nofile": {"Name": "nofile", "Soft": 1024, "Hard": 4096}} in daemon.json',
    reference: "2.8",
    look: byConfiguration(({ defaultUlimits }) => defaultUlimits.length === 0 && "none is set"),
  },
  {
    id: "userland-proxy",
    title: "a proxy process a port",
    severity: "low",
    why: "each published port is a process of root's on the host, and containers see its address, not the client's",
    remedy: '"userland-proxy": false in daemon.json',
    reference: "2.16",
    look: byConfiguration(({ userlandProxy }) => userlandProxy && "userland-proxy is on"),
  },
  {
    id: "no-live-restore",
    title: "containers end with the engine",
    severity: "low",
    why: "an update of the engine ends every container, so that updates are put off",
    remedy: '"live-restore": true in daemon.json (not with swarm)',
    reference: "2.15",
    look: ofDockerd(
      byInfo(
        ({ LiveRestoreEnabled, Swarm }) => !LiveRestoreEnabled && Swarm.LocalNodeState !== "active" && "live-restore is off",
      ),
    ),
  },
  {
    id: "experimental",
    title: "experimental features are on",
    severity: "low",
    why: "they change without notice, and fewer people have looked at them",
    remedy: 'take "experimental" out of daemon.json',
    reference: "2.18",
    look: ofDockerd(byInfo(({ ExperimentalBuild }) => ExperimentalBuild && "experimental is on")),
  },
];
