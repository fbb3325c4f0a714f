import { duration, oneOf, optional } from "../csv/cells.ts";
import { SHORTEST_CLONE_NS } from "./columns/shortest.ts";
import { defineTrialTable } from "./columns/trial-table.ts";

/** `none` is the system call without any flag, `all` with the eight at once. */
export const NAMESPACES = ["none", "mnt", "uts", "ipc", "pid", "net", "user", "cgroup", "time", "all"] as const;

export const namespacesTable = defineTrialTable(
  "namespaces",
  "One row per process of a container that makes a namespace, once with clone3 and once with unshare. Their cost within a start is the phase namespaces of startup.csv.",
  { namespace: oneOf(NAMESPACES, "which namespace; none: the same system calls without one; all: all eight at once") },
  {
    unshare_ns: optional(duration("from the entry of unshare(2) to its exit, by the kernel's trace")),
    clone_ns: optional(
      duration("from the entry of clone3(2) to its exit in the parent, by the kernel's trace; this includes the fork: see none"),
    ),
  },
  {
    needs: ["unshare_ns", "clone_ns"],
    shortest: { clone_ns: SHORTEST_CLONE_NS },
    checks: [
      ({ outcome, namespace, unshare_ns }) =>
        outcome === "ok" && namespace === "all" && unshare_ns === 0
          ? "the outcome is ok, with unshare_ns 0 of eight namespaces"
          : undefined,
    ],
  },
);
