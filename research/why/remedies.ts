/** What helps against a wait, where that is known: by its cause, and by where it happens. Each line has its source. */
import type { Cause } from "./causes.ts";

export interface Remedy {
  readonly name: string;
  readonly cause: Cause;
  /** Which program, and which system call or function of the kernel; both must fit, where given. */
  readonly program?: RegExp;
  readonly place?: RegExp;
  readonly helps: string;
  readonly costs: string;
  readonly source: string;
}

export const REMEDIES: readonly Remedy[] = [
  {
    name: "favordynmods",
    cause: "rcu",
    place: /cgroup|percpu_down_write|^write\b/,
    helps: "mount cgroup v2 with favordynmods (Linux 6.0)",
    costs: "forks and exits get a little slower; a switch for the whole machine",
    source: "Linux, Documentation/admin-guide/cgroup-v2.rst, favordynmods",
  },
  {
    name: "network",
    cause: "rcu",
    place: /rcu_barrier|netdev|veth|sendto/,
    helps: "--network host or none, where the container may: making and moving a veth pair waits for RCU",
    costs: "the container has the host's network, or none",
    source: "Linux, net/core/dev.c: netdev_run_todo, unregister_netdevice_many",
  },
  {
    name: "rcu-expedited",
    cause: "rcu",
    place: /synchronize_rcu_normal|synchronize_rcu(?!_)|wait_rcu_gp/,
    helps: "echo 1 >/sys/kernel/rcu_expedited",
    costs: "every processor is interrupted at each grace period",
    source: "Linux, Documentation/admin-guide/kernel-parameters.txt, rcupdate.rcu_expedited",
  },
  {
    name: "fstrim",
    cause: "disk",
    place: /discard/,
    helps: "mount the data root without discard, and run fstrim from a timer",
    costs: "freed blocks are told to the device later",
    source: "fstrim(8); ext4(5), mount option discard",
  },
  {
    name: "page-cache",
    cause: "disk",
    place: /page fault|filemap_fault|execve|\bp?read(?:64)?\b|__ext4_find_entry|__ext4_get_inode_loc|ext4_read_bh/,
    helps: "keep the programs of the engine and the image in the page cache: start once after boot, or add memory",
    costs: "memory",
    source: "Linux, mm/filemap.c: filemap_fault",
  },
  {
    name: "data-root",
    cause: "disk",
    helps: "put the engine's data root on a faster disk: dockerd waits for fsync",
    costs: "the disk",
    source: "moby, pkg/ioutils: AtomicFileWriter syncs before it renames",
  },
  {
    name: "processors",
    cause: "runqueue",
    helps: "give the engine's host more processor time: fewer busy neighbours, or more CPUs",
    costs: "CPUs",
    source: "what the cause is: method/why.md",
  },
  {
    name: "no-hook",
    cause: "cpu",
    program: /\(hook\)|\(child\)/,
    helps: "Docker 28 wires the network without a hook; --network host needs no wiring",
    costs: "an upgrade; or the host's network",
    source: "captured starts of Docker 28.5, which have no hook: method/engines.md",
  },
];

export const remedyFor = (cause: Cause, program: string, place: string | null): Remedy | undefined =>
  REMEDIES.find(
    (remedy) =>
      remedy.cause === cause &&
      (remedy.program === undefined || remedy.program.test(program)) &&
      (remedy.place === undefined || remedy.place.test(place ?? "")),
  );
