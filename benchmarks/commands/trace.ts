/** `trace`: starts one container and draws its timeline, or draws captured ones. */
import { ACT_RULE_MEANINGS, actDoubt } from "../../research/act-rule.ts";
import { MisuseError } from "../../research/misuse.ts";
import { type Partition, partition } from "../../research/phases.ts";
import { partitionStop, type StopMilestones, type StopPartition } from "../../research/stop/phases.ts";
import { hanging } from "../../research/text/screen/fit.ts";
import { escaped, message } from "../../research/text/visible.ts";
import { milliseconds } from "../../research/units.ts";
import { containerBody, type GivenFlag } from "../design/flags/container-body.ts";
import type { JsonObject } from "../design/flags/flag.ts";
import { parseImageOrLocal } from "../design/image-choice.ts";
import { parseUntil, type Until } from "../design/until.ts";
import { findEngine } from "../edges/engine/find-engine.ts";
import { provideVolumes } from "../edges/engine/flags/provide-volumes.ts";
import { readCapturedStarts } from "../edges/files/captured-file.ts";
import { SURROUNDINGS } from "../edges/files/surroundings.ts";
import { machineClock } from "../edges/host/clock.ts";
import { type Pull, provideImage } from "../edges/images/images.ts";
import { chooseProbe } from "../edges/probe/choose-probe.ts";
import { columns, paint } from "../edges/terminal/terminal.ts";
import { killWords } from "../start/kill-words.ts";
import { type ObservedStart, observeStart } from "../start/observe-start.ts";
import type { StopRequest } from "../start/observe-stop.ts";
import { NOT_READY, type ReadyTime, readyTime } from "../start/ready-time.ts";
import { watchListens } from "../start/watch-listens.ts";
import { watchWall } from "../start/watch-wall.ts";
import { SCHEDULER_EVENTS, SCHEDULER_OPTIONS } from "../timeline/causes/scheduler-events.ts";
import { startCauses } from "../timeline/causes/start-causes.ts";
import { whyLines } from "../timeline/causes/why-lines.ts";
import { traceEvents } from "../timeline/drawing/trace-events.ts";
import { waterfall } from "../timeline/drawing/waterfall.ts";
import { causalBrackets, offsetByCausality } from "../timeline/event-clock.ts";
import { type Sightings, timeline } from "../timeline/timeline.ts";
import { TRACE_RESOLUTION_NS } from "../timeline/trace-line.ts";
import { wallBetween } from "../timeline/wall-step.ts";
import { renderWarning } from "./diagnose.ts";
import { type PROBE, say, tell } from "./engine-options.ts";
import { clientPidIn } from "./laboratory.ts";
import { wholeNumber } from "./run/run-options.ts";
import { TRACE_SCHEMA, type TraceOutput } from "./trace-output.ts";

export interface TraceOptions {
  readonly image: string | undefined;
  /** The words after `--`: the command. */
  readonly "--"?: readonly string[];
  readonly from: string | undefined;
  readonly why: boolean;
  readonly format: "text" | "json" | "perfetto";
  readonly engine: string | undefined;
  readonly probe: (typeof PROBE.choices)[number];
  readonly sidecar: boolean;
  readonly pull: Pull;
  readonly until: string | undefined;
  readonly "expect-exit": string | undefined;
  readonly stop: boolean;
  readonly time: string | undefined;
  /** Of docker's. */
  readonly flags: readonly GivenFlag[];
}

const TRACE_TIMEOUT = milliseconds(60_000);
/** A service never exits, and may write nothing: then its timeline ends with its exec. */
const SILENCE = milliseconds(10_000);
/** Some are ready after minutes. */
const UNTIL_TIMEOUT = milliseconds(600_000);

export async function trace(options: TraceOptions, signal: AbortSignal): Promise<void> {
  if ((options.from === undefined) === (options.image === undefined))
    throw new MisuseError("trace takes either an image or --from FILE, such as tierbench trace small");
  const body = containerBody(options.flags, SURROUNDINGS);
  const wait = { until: options.until === undefined ? undefined : parseUntil(options.until), expectExit: expectedExit(options) };
  if (options.from !== undefined && (options.stop || (options.until ?? options["expect-exit"]) !== undefined))
    throw new MisuseError("--from draws a start that was captured: leave --until, --expect-exit and --stop out");
  if (options.time !== undefined && !options.stop) throw new MisuseError("--time is for --stop: how many seconds it may take");
  const stop = options.stop ? { seconds: secondsOf(options) } : undefined;
  if (stop !== undefined && wait.until?.kind === "exits")
    throw new MisuseError("--stop stops a container that runs: leave --until exits out");
  if (options.from !== undefined && options.flags.length > 0)
    throw new MisuseError(`--from draws a start that was captured: leave --${options.flags[0]?.name} out`);
  const starts =
    options.from === undefined
      ? [await traceLive(options, { body, ...wait, stop }, signal)]
      : readCapturedStarts(options.from).map(
          (sightings): SeenStart => ({
            sightings,
            resolution: TRACE_RESOLUTION_NS,
            problem: undefined,
            failed: false,
          }),
        );
  if (starts.some(({ failed }) => failed)) process.exitCode = 1;
  const drawn = starts.map(({ sightings, seen, resolution, problem }) => {
    const found = timeline(sightings, resolution);
    const { milestones, actRule, clockError, eventError } = found;
    const parts = partition(milestones);
    const why = options.why ? causesOrProblem(sightings, parts) : {};
    return {
      container_id: sightings.containerId ?? null,
      problem: problem ?? null,
      clock_error_ns: clockError,
      event_clock_error_ns: eventError,
      act_rule: milestones.entry_acts === undefined ? null : actRule,
      act_doubt: actDoubt(milestones, clockError),
      ...(seen === undefined ? NOT_READY : readyTime(seen, found)),
      stop: stopOutput(seen?.stopped),
      milestones,
      ...parts,
      ...why,
    };
  });
  if (options.format === "json") {
    const output: TraceOutput = { schema: TRACE_SCHEMA, starts: drawn };
    console.log(escaped(JSON.stringify(output, null, 2)));
  } else if (options.format === "perfetto") {
    console.log(escaped(JSON.stringify(traceEvents(drawn))));
  } else {
    for (const start of drawn) {
      tell(
        `container ${start.container_id?.slice(0, 12) ?? "(not created)"}${start.problem === null ? "" : `: ${start.problem}`}`,
      );
      console.log(waterfall(start, columns(), paint).join("\n"));
      if (start.act_rule !== null) paragraph(`The start ends with ${ACT_RULE_MEANINGS[start.act_rule]}.`);
      if (start.ready_ns !== null) paragraph(readyLine(options.until ?? "", start));
      if (start.stop !== null) tellStop(start.stop);
      if (start.act_doubt !== null) paragraph(`Doubtful: ${start.act_doubt}.`);
      if (start.causes !== undefined) console.log(["", ...whyLines(start.phases, start.causes, columns())].join("\n"));
      if (start.why_problem !== undefined) tell(`--why: ${start.why_problem}`);
      console.log("");
    }
  }
}

/** Of ours; what others have said stays on one line, to be searched for. */
const paragraph = (text: string): void => console.log(hanging("", message(text), columns()).join("\n"));

type StopOutput = NonNullable<TraceOutput["starts"][number]["stop"]>;

function stopOutput(stopped: ObservedStart["stopped"]): StopOutput | null {
  if (stopped === undefined) return null;
  const seen = "milestones" in stopped ? stopped : undefined;
  const milestones = seen?.milestones ?? {};
  const { phases, tiers, total_ns } = partitionStop(milestones);
  return {
    problem: stopped.problem ?? null,
    signal_ignored: seen?.isIgnored ?? null,
    clock_error_ns: seen?.clockError ?? null,
    ...{ milestones, phases, tiers, total_ns },
  };
}

function tellStop({ problem, signal_ignored, milestones, phases, tiers, total_ns }: StopOutput): void {
  tell("Its end:");
  if (total_ns !== null)
    console.log(waterfall({ phases, tiers, total_ns, incomplete: null } as StopPartition, columns(), paint).join("\n"));
  if (problem !== null) tell(problem);
  const killed = killWords(milestones as StopMilestones, signal_ignored);
  if (killed !== undefined) tell(killed);
}

/** @throws MisuseError */
const secondsOf = ({ time }: TraceOptions): number | undefined =>
  time === undefined ? undefined : wholeNumber("--time", time, 0, 3_600);

/** @throws MisuseError */
const expectedExit = ({ "expect-exit": text }: TraceOptions): number | undefined =>
  text === undefined ? undefined : wholeNumber("--expect-exit", text, 0, 255);

const readyLine = (until: string, { ready_ns, ready_error_ns }: ReadyTime): string =>
  `Ready (${until}) after ${inMs(ready_ns)} ms${ready_error_ns === null ? "" : `, at most ${inMs(ready_error_ns)} ms earlier`}.`;

const inMs = (time: number | null): string => ((time ?? 0) / 1e6).toFixed(3);

function causesOrProblem(
  start: Sightings,
  parts: Partition,
): Pick<TraceOutput["starts"][number], "causes" | "path" | "why_problem"> {
  const why = startCauses(start, parts);
  return "problem" in why ? { why_problem: why.problem } : why;
}

interface SeenStart {
  /** Not of a captured one. */
  readonly seen?: ObservedStart;
  readonly sightings: Sightings;
  readonly resolution: number;
  readonly problem: string | undefined;
  readonly failed: boolean;
}

interface Wish {
  readonly body: JsonObject;
  readonly until: Until | undefined;
  readonly expectExit: number | undefined;
  readonly stop: StopRequest | undefined;
}

async function traceLive(
  options: TraceOptions,
  { body, until, expectExit, stop }: Wish,
  signal: AbortSignal,
): Promise<SeenStart> {
  await using found = await findEngine(options.engine, true, say, signal);
  const { engine } = found;
  await engine.open();
  for (const warning of engine.warnings()) say(renderWarning(warning));
  const image = await provideImage(engine.docker, parseImageOrLocal(options.image ?? ""), say, signal, { pull: options.pull });
  await using _volumes = await provideVolumes(engine.docker, body);
  const wish = { wanted: options.probe, mayStartSidecar: options.sidecar };
  const { probe, reason } = await chooseProbe(wish, engine, say, signal);
  await using _probe = probe;
  await using _scheduler = options.why ? await probe.watch({ events: SCHEDULER_EVENTS, options: SCHEDULER_OPTIONS }) : undefined;
  await using _listens = await watchListens(probe, until);
  say(`Engine from ${found.source}; image ${image.reference}; probe ${probe.name} (${reason}).`);
  const command = options["--"] ?? [];
  const request = {
    image: image.reference,
    command: command.length === 0 ? undefined : command,
    ...{ body, until, expectExit, stop },
    ...(until === undefined ? { timeout: TRACE_TIMEOUT, silence: SILENCE } : { timeout: UNTIL_TIMEOUT }),
    untilFirstByte: until?.kind !== "exits",
  };
  const wall = watchWall(machineClock);
  const start = await observeStart({ engine, probe, clock: machineClock }, request, signal);
  if (start.containerId === undefined) throw new Error(`the container could not be created: ${start.problem}`);
  const sightings = {
    ...start,
    clientPid: clientPidIn(engine, probe),
    wall: engine.local
      ? wallBetween(wall())
      : (start.kernelClock?.wall ?? offsetByCausality(causalBrackets(start.client, start.events))),
  };
  return {
    sightings,
    seen: start,
    resolution: probe.resolution,
    problem: start.problem,
    failed: start.outcome === "failed" || (until !== undefined && start.outcome === "timeout"),
  };
}
