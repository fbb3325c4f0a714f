/** The milestones of one container as the witness saw them, found from its own account of who is whose parent. */
import type { Milestone } from "../../../research/milestones.ts";
import type { Sight } from "./sight.ts";

/** CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWTIME. */
const NEW_NAMESPACES = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x80];

/** ns of the monotonic clock; `returned` are those at which the same execve returned, where the witness tells. */
export interface Sighted {
  readonly milestones: Readonly<Partial<Record<Milestone, bigint>>>;
  readonly returned: Readonly<Partial<Record<Milestone, bigint>>>;
}

/** @param sights in the order of time, of the container's start alone or with others */
export function sightedMilestones(sights: readonly Sight[], containerId: string): Sighted {
  const first = <K extends Sight["kind"]>(kind: K, test: (sight: Extract<Sight, { kind: K }>) => boolean) =>
    sights.find((sight): sight is Extract<Sight, { kind: K }> => sight.kind === kind && test(sight as never));
  const mkdir = first("mkdir", ({ path }) => path.includes(containerId));
  const pivot = first("pivot", ({ parent }) => parent === mkdir?.pid);
  if (mkdir === undefined || pivot === undefined) return { milestones: {}, returned: {} };
  const create = mkdir.pid;
  const init = pivot.pid;

  const createExec = first("exec", ({ pid }) => pid === create);
  const shim = createExec?.parent;
  const launcher = first("exec", ({ pid }) => pid === shim)?.parent;
  const shimExec = first("exec", ({ pid }) => pid === launcher);
  const createExit = lastExit(sights, create, mkdir.at);
  const startExec = first("exec", ({ parent, at }) => parent === shim && createExit !== undefined && at > createExit);
  const entryExec = first("exec", ({ pid, at }) => pid === init && startExec !== undefined && at > startExec.at);

  const joined = sights.filter(
    (sight): sight is Extract<Sight, { kind: "attach" }> =>
      sight.kind === "attach" && sight.path.includes(containerId) && (entryExec === undefined || sight.at < entryExec.at),
  );
  // runc's init executes itself again, once it is in the cgroup: no hook.
  const members = new Set([init, ...joined.map((sight) => sight.joined)]);
  const unshares = sights.filter(
    (sight) =>
      sight.kind === "unshare" &&
      sight.parent === create &&
      sight.at < pivot.at &&
      NEW_NAMESPACES.some((flag) => (sight.flags & flag) !== 0),
  );
  const lastUnshare = unshares.at(-1);
  const cgroupsJoined = joined.at(-1)?.at;
  const hooks = sights.flatMap((sight) => {
    const isHook =
      sight.kind === "exec" &&
      sight.parent === create &&
      !members.has(sight.pid) &&
      cgroupsJoined !== undefined &&
      sight.at > cgroupsJoined &&
      createExit !== undefined &&
      sight.at < createExit;
    return isHook ? [{ begin: sight.at, end: lastExit(sights, sight.pid, sight.at) }] : [];
  });
  const returned = (exec: Sight | undefined) =>
    first("execve", ({ pid, at }) => exec !== undefined && pid === exec.pid && at > exec.at)?.at;
  const seen = (times: Partial<Record<Milestone, bigint | undefined>>) =>
    Object.fromEntries(Object.entries(times).filter(([, at]) => at !== undefined)) as Partial<Record<Milestone, bigint>>;
  return {
    milestones: seen({
      shim_exec: shimExec?.at,
      create_exec: createExec?.at,
      cgroup_first: mkdir.at,
      cgroup_joined: cgroupsJoined,
      namespaces_begin: unshares[0]?.at,
      namespaces_done: first("unshared", ({ pid, at }) => pid === lastUnshare?.pid && at > lastUnshare.at)?.at,
      hook_begin: hooks[0]?.begin,
      hook_end: hooks
        .map(({ end }) => end)
        .reduce((last, end) => (end !== undefined && (last === undefined || end > last) ? end : last), undefined),
      rootfs_pivoted: pivot.at,
      create_exit: createExit,
      runtime_start_exec: startExec?.at,
      runtime_start_exit: startExec && lastExit(sights, startExec.pid, startExec.at),
      entry_exec: entryExec?.at,
      entry_acts: first("write", ({ pid, at }) => entryExec !== undefined && pid === init && at > entryExec.at)?.at,
      entry_exit: entryExec && lastExit(sights, init, entryExec.at),
    }),
    returned: seen({
      shim_exec: returned(shimExec),
      create_exec: returned(createExec),
      runtime_start_exec: returned(startExec),
      entry_exec: returned(entryExec),
    }),
  };
}

/** When the last thread of a process ended. */
const lastExit = (sights: readonly Sight[], process: number, after: bigint): bigint | undefined =>
  sights.findLast(({ kind, pid, at }) => kind === "exit" && pid === process && at > after)?.at;
