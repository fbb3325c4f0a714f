/** What making each kind of namespace costs: the system call itself, from its entry to its exit. */
import { NAMESPACES, namespacesTable } from "../../research/tables/namespaces.ts";
import { type ClockNs, elapsedNs, type Nanoseconds } from "../../research/units.ts";
import { defineExperiment } from "../experiment.ts";
import { kernelSightings } from "../kernel-milestones.ts";
import type { Observation } from "../process-tree.ts";
import { kernelEvents } from "../timeline.ts";
import { CLONE_EVENTS, type TraceEvent } from "../trace-line.ts";
import { python, runWorkload } from "../workload.ts";

type Namespace = (typeof NAMESPACES)[number];

/** CLONE_NEW… (linux/sched.h). */
const SINGLE: Readonly<Record<Exclude<Namespace, "none" | "all">, number>> = {
  mnt: 0x20000,
  uts: 0x4000000,
  ipc: 0x8000000,
  pid: 0x20000000,
  net: 0x40000000,
  user: 0x10000000,
  cgroup: 0x2000000,
  time: 0x80,
};
const flagsOf = (namespace: Namespace): number =>
  namespace === "none" ? 0 : namespace === "all" ? Object.values(SINGLE).reduce((all, flag) => all + flag, 0) : SINGLE[namespace];

/** clone3 has the same number on every architecture (since Linux 5.3), and unlike clone it takes CLONE_NEWTIME. */
const CLONE3 = 435;

const makeNamespaces = (namespace: Namespace): string[] =>
  python(
    "import ctypes, signal",
    "libc = ctypes.CDLL(None, use_errno=True)",
    `flags = ${flagsOf(namespace)}`,
    `def refused(call): sys.exit(f'{call} ${namespace}: {os.strerror(ctypes.get_errno())}')`,
    "request = (ctypes.c_uint64 * 8)(flags, 0, 0, 0, signal.SIGCHLD, 0, 0, 0)",
    "mark('ready')",
    `child = libc.syscall(${CLONE3}, request, ctypes.sizeof(request))`,
    "if child == 0: os._exit(0)",
    "if child < 0: refused('clone3')",
    "os.waitpid(child, 0)",
    "if libc.unshare(flags) != 0: refused('unshare')",
  );

export const namespaces = defineExperiment("namespaces", {
  table: namespacesTable,
  conditions: NAMESPACES.map((namespace) => ({ namespace })),
  share: 20,
  warmupBlocks: 1,
  blockSeconds: 5,
  roles: ["python"],
  workload: "clone3 and unshare of one process",
  open: async (laboratory) => {
    const clones = await laboratory.probe.watch(CLONE_EVENTS);
    return {
      trial: ({ namespace }, signal) =>
        runWorkload(
          laboratory,
          {
            image: laboratory.images.python,
            command: makeNamespaces(namespace),
            settings: { network: "none", capabilities: ["SYS_ADMIN"] },
          },
          namespacesTable.unmeasured,
          (_, { containerId, client, ...traced }) => {
            const { acts } = kernelSightings(kernelEvents(traced), containerId ?? "", client.create_done ?? client.create_sent);
            const called = acts.slice(acts.findIndex(({ event }) => event.kind === "write_stdout"));
            const unshare_ns = duration(called, "unshare_enter", "unshare_exit");
            return { measured: { unshare_ns, clone_ns: duration(called, "clone_enter", "clone_exit") }, headline: unshare_ns };
          },
          signal,
        ),
      [Symbol.asyncDispose]: () => clones[Symbol.asyncDispose](),
    };
  },
});

/** The first such call, until it returned to the task that made it. @throws Error when the trace has none */
function duration(acts: readonly Observation[], enter: TraceEvent["kind"], exit: TraceEvent["kind"]): Nanoseconds {
  const begin = acts.find(({ event }) => event.kind === enter);
  const end = acts.find(({ event, task }) => event.kind === exit && task === begin?.task);
  if (begin === undefined || end === undefined) throw new Error(`the trace does not show ${enter} and ${exit} of the workload`);
  return elapsedNs(begin.event.at satisfies ClockNs, end.event.at);
}
