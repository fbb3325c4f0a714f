/** What a container's processes may do: privileged, capabilities, new privileges. */
import { type ContainerCheck, sightings } from "../check.ts";
import { type ContainerFacts, type EngineFacts, hasSecurityOption } from "../facts.ts";
import type { Severity } from "../severity.ts";

/** Each is a published way out of a container, alone or with files that every container has (capabilities(7)). */
const WAYS_OUT = ["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "DAC_READ_SEARCH"];
/** Over processes, networks, clocks or logs of the host. */
const OVER_THE_HOST = [
  ...["SYS_PTRACE", "SYS_BOOT", "SYS_TIME", "NET_ADMIN", "BPF", "PERFMON", "SYSLOG", "MAC_ADMIN", "MAC_OVERRIDE"],
];
/** What Docker and Podman's API give where nothing else is said. */
const USUAL = [
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW"],
  ...["SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
];

const named = (capabilities: readonly string[]): string[] =>
  capabilities.map((capability) => capability.toUpperCase().replace(/^CAP_/, ""));

const severityOf = (capability: string): Severity =>
  WAYS_OUT.includes(capability) ? "critical" : OVER_THE_HOST.includes(capability) ? "high" : "medium";

function added({ HostConfig }: ContainerFacts) {
  if (HostConfig.Privileged) return [];
  return named(HostConfig.CapAdd)
    .filter((capability) => !USUAL.includes(capability))
    .map((capability) => ({ seen: `--cap-add ${capability}`, severity: severityOf(capability) }));
}

function kept({ HostConfig }: ContainerFacts) {
  const dropped = named(HostConfig.CapDrop);
  if (HostConfig.Privileged || dropped.includes("ALL")) return [];
  const left = USUAL.filter((capability) => !dropped.includes(capability));
  return sightings(left.length > 0 && `${left.length} of the ${USUAL.length} usual ones: ${left.join(", ")}`);
}

/** The engine's own default is not in what it tells of a container. */
function mayGain({ HostConfig }: ContainerFacts, engine: EngineFacts) {
  const said = HostConfig.SecurityOpt.find((option) => option.startsWith("no-new-privileges"));
  if (said !== undefined && !/[:=]false$/.test(said)) return [];
  const byDefault =
    hasSecurityOption(engine, "no-new-privileges") ||
    (!("unseen" in engine.configuration) && engine.configuration.noNewPrivileges);
  return sightings((said !== undefined || !byDefault) && "no_new_privs is off");
}

export const PRIVILEGES: readonly ContainerCheck[] = [
  {
    id: "privileged",
    title: "privileged container",
    severity: "critical",
    why: "it has every capability and every device of the host and no filter: root in it is root on the host",
    remedy: "leave --privileged out, and grant the one capability or device that is needed (--cap-add, --device)",
    reference: "5.5",
    look: ({ HostConfig }) => sightings(HostConfig.Privileged && "--privileged"),
  },
  {
    id: "added-capabilities",
    title: "capabilities beyond the usual ones",
    severity: "medium",
    why: "a capability is a part of root's power over the kernel, which all containers share with the host",
    remedy: "leave it out; where a program needs it, run that part alone in a container of its own",
    reference: "5.4",
    look: added,
  },
  {
    id: "usual-capabilities",
    title: "the usual capabilities are kept",
    severity: "low",
    why: "most services need none of them; NET_RAW forges packets on the bridge, MKNOD and SETFCAP help an attacker to stay",
    remedy: "--cap-drop ALL, then --cap-add for what is missed",
    reference: "5.4",
    look: kept,
  },
  {
    id: "new-privileges",
    title: "processes may gain privileges",
    severity: "medium",
    why: "a program with the setuid bit or file capabilities makes root of a user, which undoes --user",
    remedy: "--security-opt no-new-privileges, or the same for all in daemon.json",
    reference: "5.26",
    look: (container, { engine }) => mayGain(container, engine),
  },
];
