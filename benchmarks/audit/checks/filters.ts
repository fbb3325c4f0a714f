/** The kernel's filters before a container: system calls (seccomp) and mandatory access control (AppArmor, SELinux). */
import { type ContainerCheck, sightings } from "../check.ts";
import { hasSecurityOption } from "../facts.ts";

const says = (options: readonly string[], what: RegExp): string | undefined => options.find((option) => what.test(option));

export const FILTERS: readonly ContainerCheck[] = [
  {
    id: "no-seccomp",
    title: "no filter of system calls",
    severity: "high",
    why: "some 50 system calls that programs rarely need, and bugs of the kernel often do, are within reach",
    remedy: "leave seccomp=unconfined out; a profile of your own allows the one call that is missing",
    reference: "5.22",
    look: ({ HostConfig: { Privileged, SecurityOpt } }) => sightings(!Privileged && says(SecurityOpt, /^seccomp[:=]unconfined$/)),
  },
  {
    id: "no-apparmor",
    title: "AppArmor is off",
    severity: "medium",
    why: "its default profile forbids mounts and writes to the kernel's settings, whatever capabilities are given",
    remedy: "leave apparmor=unconfined out, or load a profile of your own (research/hardening)",
    reference: "5.2",
    look: ({ AppArmorProfile, HostConfig: { Privileged } }, { engine }) =>
      sightings(
        !Privileged && hasSecurityOption(engine, "apparmor") && AppArmorProfile === "unconfined" && "apparmor=unconfined",
      ),
  },
  {
    id: "no-selinux",
    title: "SELinux is off",
    severity: "medium",
    why: "its labels keep a container from the host's files and from other containers', also when it is root",
    remedy: "leave label=disable out; :z or :Z labels a mount",
    reference: "5.3",
    look: ({ HostConfig: { Privileged, SecurityOpt } }, { engine }) =>
      sightings(!Privileged && hasSecurityOption(engine, "selinux") && says(SecurityOpt, /^label[:=]disable$/)),
  },
];
