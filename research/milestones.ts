/**
 * Every milestone of a container start, in the order in which they usually come. This list is the vocabulary: the CSV
 * has one column for each, the timeline finds them, the phases lie between them. A line more here is a column more in every
 * table of starts; files without it stay readable.
 */

/** `tracefs` is the kernel's trace, whether it is read on this machine or through a helper on the engine's (probe `sidecar`). */
export type ProbeName = "client" | "events" | "tracefs";

interface MilestoneDeclaration {
  /** Where the time comes from; the first named is preferred. */
  readonly probes: readonly [ProbeName, ...ProbeName[]];
  readonly meaning: string;
  /** The version of the tables that brought it, where that is not the first: files that were written before lack it. */
  readonly since?: number;
}

export const MILESTONES = {
  create_sent: { probes: ["client"], meaning: "POST /containers/create is about to be sent: the origin of all times" },
  create_done: { probes: ["client"], meaning: "the answer to create has been read" },
  start_sent: { probes: ["client"], meaning: "POST /containers/{id}/start is about to be sent" },
  shim_exec: { probes: ["tracefs"], meaning: "first exec of the shim in this container's process tree" },
  create_exec: { probes: ["tracefs"], meaning: "exec of the OCI runtime's `create` (or of the wrapper configured as runtime)" },
  cgroup_first: { probes: ["tracefs"], meaning: "first cgroup_mkdir whose path contains the container's id" },
  cgroup_joined: { probes: ["tracefs"], meaning: "last cgroup_attach_task of the container's init before it execs" },
  namespaces_begin: { probes: ["tracefs"], meaning: "init enters its first unshare of namespaces" },
  namespaces_done: { probes: ["tracefs"], meaning: "init's last unshare of namespaces before pivot_root has returned" },
  hook_begin: {
    probes: ["tracefs"],
    meaning: "exec of the first prestart/createRuntime hook (the network hook of dockerd up to 27)",
  },
  hook_end: { probes: ["tracefs"], meaning: "exit of the last such hook" },
  rootfs_pivoted: { probes: ["tracefs"], meaning: "pivot_root by init" },
  create_exit: { probes: ["tracefs"], meaning: "the OCI runtime's `create` has exited (last thread of the process)" },
  runtime_start_exec: { probes: ["tracefs"], meaning: "exec of the OCI runtime's `start`" },
  runtime_start_exit: { probes: ["tracefs"], meaning: "the OCI runtime's `start` has exited; may fall after entry_exec" },
  entry_exec: { probes: ["tracefs"], meaning: "execve of the entrypoint by the container's init" },
  entry_acts: {
    probes: ["tracefs", "client"],
    meaning:
      "the entrypoint's first write to the container's output (standard output or error), or its exit if it writes nothing; where that was not seen, an upper bound, usually equal to first_byte: see act_rule",
  },
  start_done: { probes: ["client"], meaning: "the answer to start has been read; not on the critical path" },
  first_byte: {
    probes: ["client"],
    meaning: "the client has read the first byte of the attached output, standard output or error",
  },
  entry_exit: { probes: ["tracefs"], meaning: "the container's init has exited" },
  wait_done: { probes: ["client"], meaning: "the answer to wait has been read" },
  removed: { probes: ["client"], meaning: "the answer to remove has been read" },
  event_create: { probes: ["events"], meaning: "Docker's `create` event, daemon's wall clock mapped to the client's clock" },
  event_start: {
    probes: ["events"],
    meaning: "Docker's `start` event; fires after the runtime's `start` has returned, does not mark the exec",
  },
  event_die: { probes: ["events"], meaning: "Docker's `die` event" },
  event_destroy: { probes: ["events"], meaning: "Docker's `destroy` event, which Podman calls `remove`" },
} as const satisfies Record<string, MilestoneDeclaration>;

export type Milestone = keyof typeof MILESTONES;
/** The same of any milestone. */
export const declarationOf = (name: Milestone): MilestoneDeclaration => MILESTONES[name];
export const MILESTONE_NAMES = Object.keys(MILESTONES) as readonly Milestone[];

/**
 * What cannot happen before what, on any engine and runtime: the effect, and its causes. It is not a list of the usual
 * order: Podman creates the container before it is asked to start it, conmon has a cgroup before the runtime runs, and an
 * API may answer before or after the entrypoint acts. Everything comes after create_sent, and is not listed for that.
 */
export const CAUSES: Readonly<Partial<Record<Milestone, readonly Milestone[]>>> = {
  // The client makes one call after the other.
  create_done: ["event_create"],
  start_sent: ["create_done"],
  start_done: ["start_sent", "event_start"],
  wait_done: ["start_done", "entry_exit"],
  removed: ["create_done", "start_done", "wait_done"],
  // A process is executed before it ends, and before what it forks is executed.
  create_exec: ["shim_exec"],
  create_exit: ["create_exec", "hook_end"],
  hook_begin: ["create_exec"],
  hook_end: ["hook_begin"],
  cgroup_joined: ["cgroup_first"],
  namespaces_begin: ["create_exec"],
  namespaces_done: ["namespaces_begin"],
  rootfs_pivoted: ["create_exec"],
  // Init waits for `start`, and `start` for the end of `create` and for the request.
  runtime_start_exec: ["start_sent", "create_exit"],
  runtime_start_exit: ["runtime_start_exec"],
  entry_exec: ["start_sent", "runtime_start_exec", "rootfs_pivoted"],
  entry_acts: ["start_sent", "entry_exec"],
  first_byte: ["start_sent", "entry_exec"],
  entry_exit: ["entry_exec"],
  event_start: ["start_sent"],
  event_die: ["start_sent", "entry_exit"],
  event_destroy: ["create_done", "start_done", "wait_done"],
};
