/** `watch.ts URL STARTS`: starts that tracefs and the helper watch at once; prints one comparison a line, as JSON. */
import { readFileSync } from "node:fs";
import type { KernelProbe } from "../../../benchmarks/design/ports.ts";
import { findEngine } from "../../../benchmarks/edges/engine/find-engine.ts";
import { machineClock } from "../../../benchmarks/edges/host/clock.ts";
import { provideHelperImage } from "../../../benchmarks/edges/images/images.ts";
import { Sidecar } from "../../../benchmarks/edges/probe/sidecar.ts";
import { openSidecarProbe } from "../../../benchmarks/edges/probe/sidecar-probe.ts";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { observeStart } from "../../../benchmarks/start/observe-start.ts";
import { timeline } from "../../../benchmarks/timeline/timeline.ts";
import { TRACE_RESOLUTION_NS } from "../../../benchmarks/timeline/trace-line.ts";
import { MILESTONE_NAMES, MILESTONES, type Milestone } from "../../../research/milestones.ts";
import { STARTUP } from "../../../research/protocol.ts";
import { clockNs, nanoseconds } from "../../../research/units.ts";
import type { Comparison } from "./scenario.ts";

const [url, starts] = process.argv.slice(2) as [string, string];
const never = new AbortController().signal;
const silent = (): void => undefined;

/** kernel's clock − ours, exactly: the time namespace's offset, other way round (time_namespaces(7)). */
const shift = ((): bigint => {
  const [, seconds, nanos] = /^monotonic +(-?\d+) +(\d+)$/m.exec(readFileSync("/proc/self/timens_offsets", "utf8")) ?? [];
  return -(BigInt(seconds ?? 0) * 1_000_000_000n + BigInt(nanos ?? 0));
})();

await using found = await findEngine(url, false, silent);
await found.engine.open();
const image = await provideHelperImage(found.engine.docker, silent, never);
// What it could not be used for is of interest here, too.
await using sidecar = await openSidecarProbe(await Sidecar.start(found.engine.docker, image), Number.POSITIVE_INFINITY);
await using tracefs = openTracefs();

let seen: Awaited<ReturnType<KernelProbe["end"]>> | undefined;
const both: KernelProbe = {
  ...sidecar,
  begin: async () => {
    await tracefs.begin();
    await sidecar.begin();
  },
  end: async () => {
    const record = await sidecar.end();
    seen = await tracefs.end();
    return record;
  },
  [Symbol.asyncDispose]: async () => undefined,
};

const kernelMilestones = MILESTONE_NAMES.filter((name) => (MILESTONES[name].probes[0] as string) === "tracefs");
const eventMilestones = MILESTONE_NAMES.filter((name) => (MILESTONES[name].probes[0] as string) === "events");
const request = { image, command: STARTUP.command, timeout: STARTUP.timeout, untilFirstByte: false };

for (let start = 0; start < Number(starts); start += 1) {
  const observed = await observeStart({ engine: found.engine, probe: both, clock: machineClock }, request, never);
  if (observed.outcome !== "ok") throw new Error(`a start failed: ${observed.problem}`);
  if (seen === undefined || "problem" in seen || seen.lost > 0) throw new Error("tracefs did not see the start");
  const wall = machineClock.wallOffset();
  const mapped = timeline({ ...observed, wall: observed.kernelClock?.wall }, sidecar.resolution);
  const exact = { toClient: (kernel: bigint) => clockNs(kernel - shift), error: nanoseconds(TRACE_RESOLUTION_NS), wall };
  const truth = timeline({ ...observed, trace: seen.lines, kernelClock: exact, wall }, TRACE_RESOLUTION_NS);
  const differences = (names: readonly Milestone[]): [Milestone, number][] =>
    names
      .flatMap((name): [Milestone, number][] => {
        const [a, b] = [mapped.milestones[name], truth.milestones[name]];
        if ((a === undefined) !== (b === undefined)) throw new Error(`only one of the two saw ${name}`);
        return a === undefined || b === undefined ? [] : [[name, Math.abs(a - b)]];
      })
      .sort((a, b) => b[1] - a[1]);
  const kernel = differences(kernelMilestones);
  const events = differences(eventMilestones);
  const [worst] = kernel;
  const [eventWorst] = events;
  if (worst === undefined || eventWorst === undefined) throw new Error("no milestone was seen");
  const comparison: Comparison = {
    bound: mapped.clockError,
    eventBound: mapped.eventError ?? 0,
    worst: worst[1],
    milestone: worst[0],
    eventWorst: eventWorst[1],
    truthError: truth.clockError,
    eventTruthError: truth.eventError ?? 0,
    milestones: kernel.length,
  };
  console.log(JSON.stringify(comparison));
}
