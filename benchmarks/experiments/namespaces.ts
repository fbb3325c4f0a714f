/** What making each kind of namespace costs: the system call itself, from its entry to its exit. */
import { NAMESPACES, namespacesTable } from "../../research/tables/namespaces.ts";
import { elapsedNs, type Nanoseconds } from "../../research/units.ts";
import { defineSharingExperiment } from "../design/experiment.ts";
import type { ObservedStart } from "../start/observe-start.ts";
import { kernelSightings } from "../timeline/kernel-milestones.ts";
import type { Observation } from "../timeline/process-tree.ts";
import { kernelEvents } from "../timeline/timeline.ts";
import { CLONE_EVENTS, type TraceEvent } from "../timeline/trace-line.ts";
import { type Section, timeOf } from "../workloads/marks.ts";
import { python, runWorkload } from "../workloads/workload.ts";

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

/** Of one kind, in a section of its own. */
const makeNamespace = python(
  "import ctypes, signal",
  "libc = ctypes.CDLL(None, use_errno=True)",
  "number, name, flags = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])",
  "def refused(call): raise OSError(f'{call} {name}: {os.strerror(ctypes.get_errno())}')",
  "def make():",
  "  request = (ctypes.c_uint64 * 8)(flags, 0, 0, 0, signal.SIGCHLD, 0, 0, 0)",
  "  mark('ready')",
  `  child = libc.syscall(${CLONE3}, request, ctypes.sizeof(request))`,
  "  if child == 0: os._exit(0)",
  "  if child < 0: refused('clone3')",
  "  os.waitpid(child, 0)",
  "  if libc.unshare(flags) != 0: refused('unshare')",
  "  mark('done')",
  "section(number, make)",
);

/** A separate program for each kind: these are its first namespaces, and its memory is like that of the others. */
const makeNamespaces = (kinds: readonly Namespace[]): string[] =>
  python(
    `for number, condition in enumerate(${JSON.stringify(kinds.map((kind) => [kind, String(flagsOf(kind))]))}):`,
    "  child = os.fork()",
    `  if child == 0: os.execvp('python3', ${JSON.stringify(makeNamespace)} + [str(number)] + condition)`,
    "  if os.waitpid(child, 0)[1] != 0: sys.exit(f'the program for {condition[0]} failed')",
  );

export const namespaces = defineSharingExperiment("namespaces", {
  table: namespacesTable,
  conditions: NAMESPACES.map((namespace) => ({ namespace })),
  container: () => "one",
  share: 50,
  warmupBlocks: 1,
  blockSeconds: 1,
  roles: ["python"],
  workload: "clone3 and unshare of one process, all kinds in one container",
  open: async (laboratory) => {
    const clones = await laboratory.probe.watch({ events: CLONE_EVENTS });
    return {
      trials: (conditions, signal) => {
        let acts: readonly Observation[] | undefined;
        return runWorkload(
          laboratory,
          {
            request: {
              image: laboratory.images.python,
              command: makeNamespaces(conditions.map(({ namespace }) => namespace)),
              settings: { network: "none", capabilities: ["SYS_ADMIN"] },
            },
            conditions,
            unmeasured: namespacesTable.unmeasured,
            read: (marks, _, start) => {
              acts ??= actsOf(start);
              const called = within(marks, acts);
              const unshare_ns = duration(called, "unshare_enter", "unshare_exit");
              return { measured: { unshare_ns, clone_ns: duration(called, "clone_enter", "clone_exit") }, headline: unshare_ns };
            },
          },
          signal,
        );
      },
      [Symbol.asyncDispose]: () => clones[Symbol.asyncDispose](),
    };
  },
});

const actsOf = ({ containerId, client, ...traced }: ObservedStart): readonly Observation[] =>
  kernelSightings(kernelEvents(traced), containerId ?? "", client.create_done ?? client.create_sent).acts;

/** What was done between the marks around the calls. @throws Error when they have no times */
function within(marks: Section, acts: readonly Observation[]): Observation[] {
  const [begin, end] = [timeOf(marks, "ready"), timeOf(marks, "done")];
  if (begin === null || end === null) throw new Error(marks.problem ?? "the marks have no times");
  return acts.filter(({ event }) => event.at >= begin && event.at <= end);
}

/** The first such call, until it returned to the task that made it. @throws Error when the trace has none */
function duration(acts: readonly Observation[], enter: TraceEvent["kind"], exit: TraceEvent["kind"]): Nanoseconds {
  const begin = acts.find(({ event }) => event.kind === enter);
  const end = acts.find(({ event, task }) => event.kind === exit && task === begin?.task);
  if (begin === undefined || end === undefined) throw new Error(`the trace does not show ${enter} and ${exit} of the workload`);
  return elapsedNs(begin.event.at, end.event.at);
}
