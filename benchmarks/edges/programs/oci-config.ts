/**
 * The configuration of a container for an OCI runtime: about what Docker writes, without its seccomp profile, AppArmor and hooks
 * (OCI Runtime Specification 1.0.2, config.md and config-linux.md).
 */

export interface Contained {
  readonly command: readonly string[];
  /** An absolute path. */
  readonly rootfs: string;
  /** In each hierarchy, from its root. */
  readonly cgroup: string;
  readonly cgroupVersion: "1" | "2";
}

/** Docker's default ones. */
const CAPABILITIES = [
  ...["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETUID"],
  ...["CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE"],
];

const MASKED = [
  ...["/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list"],
  ...["/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware"],
];
const READ_ONLY = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

const mount = (type: string, destination: string, ...options: string[]) => ({ type, source: type, destination, options });
const MOUNTS = [
  mount("proc", "/proc", "nosuid", "noexec", "nodev"),
  mount("tmpfs", "/dev", "nosuid", "strictatime", "mode=755", "size=65536k"),
  mount("devpts", "/dev/pts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"),
  mount("sysfs", "/sys", "nosuid", "noexec", "nodev", "ro"),
  mount("cgroup", "/sys/fs/cgroup", "nosuid", "noexec", "nodev", "ro"),
  mount("mqueue", "/dev/mqueue", "nosuid", "noexec", "nodev"),
  mount("tmpfs", "/dev/shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
];

/** The kinds of namespaces that a container of Docker's has of its own: on cgroup version 2 that of cgroups, too. */
export const containerNamespaces = (cgroupVersion: Contained["cgroupVersion"]) =>
  ["mount", "uts", "ipc", "network", "pid", ...(cgroupVersion === "2" ? (["cgroup"] as const) : [])] as const;

/** The content of a bundle's config.json. */
export const ociConfig = ({ command, rootfs, cgroup, cgroupVersion }: Contained) => ({
  ociVersion: "1.0.2",
  process: {
    terminal: false,
    user: { uid: 0, gid: 0 },
    args: command,
    env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    cwd: "/",
    capabilities: { bounding: CAPABILITIES, effective: CAPABILITIES, permitted: CAPABILITIES },
  },
  root: { path: rootfs, readonly: false },
  hostname: "tierbench",
  mounts: MOUNTS,
  linux: {
    cgroupsPath: cgroup,
    namespaces: containerNamespaces(cgroupVersion).map((type) => ({ type })),
    resources: { devices: [{ allow: false, access: "rwm" }] },
    maskedPaths: MASKED,
    readonlyPaths: READ_ONLY,
  },
});
