/** One `docker run --rm`, timed as its caller sees it, with the timeline of the start within. */
import type { Outcome } from "../../research/protocol.ts";
import type { ClockNs } from "../../research/units.ts";
import type { CommandRequest, CommandRun, DockerCommand, Instruments, KernelProbe } from "../design/ports.ts";
import { traceDoubt } from "../timeline/trace-doubt.ts";
import type { ObservedStart } from "./observe-start.ts";

export interface ObservedCommand {
  /** From just before the command was spawned until its end was seen. */
  readonly began: ClockNs;
  readonly ended: ClockNs;
  readonly start: ObservedStart;
}

export interface ExpectedCommand extends CommandRequest {
  /** What it prints where it does what it should. */
  readonly prints: string;
}

/** Not interruptible: what a killed command leaves half made is harder to find than to wait for. */
export async function observeCommand(
  { engine, probe, clock }: Instruments,
  docker: DockerCommand,
  request: ExpectedCommand,
): Promise<ObservedCommand> {
  await probe.begin();
  const run = await docker.run(request, true);
  const record = await probe.end();
  const { began, ended, calls, containerId, output } = run;
  if (containerId !== undefined) await engine.tornDown(containerId);
  return {
    ...{ began, ended },
    start: {
      ...judge(run, request.prints, record),
      ...{ containerId, ready: undefined, until: undefined, stopped: undefined, errors: "", output: [] },
      client: { ...calls, create_sent: calls.create_sent ?? began },
      events: containerId === undefined ? {} : engine.eventsOf(containerId),
      trace: "problem" in record ? [] : record.lines,
      lostEvents: "problem" in record ? 0 : record.lost,
      kernelClock: "problem" in record ? undefined : record.clock,
      // Its standard error holds words of the command's own, too.
      received: run.problem === undefined ? output.length : undefined,
      teardownEnd: clock.now(),
    },
  };
}

function judge(
  { problem, timedOut, output, calls, containerId }: CommandRun,
  prints: string,
  record: Awaited<ReturnType<KernelProbe["end"]>>,
): { readonly outcome: Outcome; readonly problem: string | undefined } {
  if (timedOut) return { outcome: "timeout", problem: "docker run did not end in time" };
  if (problem !== undefined) return { outcome: "failed", problem };
  if (output !== prints)
    return { outcome: "failed", problem: `it wrote ${JSON.stringify(output.slice(0, 80))}, not ${JSON.stringify(prints)}` };
  if (containerId === undefined || calls.create_sent === undefined)
    return { outcome: "failed", problem: "docker run made its container without a call that was seen" };
  if ("problem" in record) return { outcome: "probe-lost", problem: record.problem };
  const doubt = traceDoubt(record);
  return doubt === undefined ? { outcome: "ok", problem: undefined } : { outcome: "probe-lost", problem: doubt };
}
