/** Flags about what separates a container from its host. */
import { at, BadValue, type Flag, type JsonObject, many, map, one, type Surroundings, toggle } from "./flag.ts";
import { among } from "./values.ts";

/** A profile is read here and sent as JSON, as docker does. */
function securityOption(option: string, { read }: Surroundings): JsonObject {
  if (option === "systempaths=unconfined") return { HostConfig: { MaskedPaths: [], ReadonlyPaths: [] } };
  const end = option.search(/[=:]/);
  const [name, value] = end < 0 ? [option, ""] : [option.slice(0, end), option.slice(end + 1)];
  if (end < 0 && name !== "no-new-privileges")
    throw new BadValue(`expected no-new-privileges or NAME=VALUE, got ${JSON.stringify(option)}`);
  if (name !== "seccomp" || value === "unconfined" || value === "builtin") return at("HostConfig.SecurityOpt", [option]);
  try {
    return at("HostConfig.SecurityOpt", [`seccomp=${JSON.stringify(JSON.parse(read(value)))}`]);
  } catch (error) {
    throw new BadValue(`the seccomp profile ${value} cannot be read: ${(error as Error).message}`);
  }
}

const SYSCTLS =
  "kernel.msgmax kernel.msgmnb kernel.msgmni kernel.sem kernel.shmall kernel.shmmax kernel.shmmni kernel.shm_rmid_forced".split(
    " ",
  );

function checkSysctl(value: string): void {
  const [name = "", ...rest] = value.split("=");
  if (rest.length === 0) throw new BadValue(`expected NAME=VALUE, got ${JSON.stringify(value)}`);
  if (!SYSCTLS.includes(name) && !/^(net|fs\.mqueue)\./.test(name))
    throw new BadValue(`${name} belongs to the host: expected net.*, fs.mqueue.* or one of ${SYSCTLS.join(", ")}`);
}

/** In full, and of ALL nothing else. */
function capabilities(names: readonly string[]): string[] {
  const full = names.map((name) => name.trim().toUpperCase()).map((name) => (/^(CAP_|ALL$)/.test(name) ? name : `CAP_${name}`));
  return full.includes("ALL") ? ["ALL"] : [...new Set(full)].sort();
}

export const ISOLATION_FLAGS: readonly Flag[] = [
  many("cap-add", "Capability beside the usual ones", (names) => at("HostConfig.CapAdd", capabilities(names))),
  many("cap-drop", "Capability to take away, or ALL", (names) => at("HostConfig.CapDrop", capabilities(names))),
  toggle("privileged", "All capabilities and devices, no profiles", (on) => at("HostConfig.Privileged", on)),
  many("security-opt", "no-new-privileges, seccomp=FILE|unconfined, apparmor=PROFILE, …", (options, surroundings) => {
    const bodies = options.map((option) => securityOption(option, surroundings).HostConfig as JsonObject);
    const sent = bodies.flatMap(({ SecurityOpt: option }) => (Array.isArray(option) ? option : []));
    const paths = bodies.find(({ MaskedPaths: masked }) => masked !== undefined) ?? {};
    return { HostConfig: { ...paths, ...(sent.length === 0 ? {} : { SecurityOpt: sent }) } };
  }),
  map("sysctl", "HostConfig.Sysctls", "Kernel parameter of its namespaces, NAME=VALUE", checkSysctl),
  one("ipc", "HostConfig.IpcMode", among(["", "none", "private", "shareable", "host"], ["container:"]), "IPC namespace"),
  one("pid", "HostConfig.PidMode", among(["", "host"], ["container:"]), "PID namespace"),
  one("uts", "HostConfig.UTSMode", among(["", "host"]), "UTS namespace"),
  one("userns", "HostConfig.UsernsMode", among(["", "host"]), "User namespace"),
  one("cgroupns", "HostConfig.CgroupnsMode", among(["", "host", "private"]), "Cgroup namespace"),
];
