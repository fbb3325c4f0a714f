/** `trace`: starts one container and draws its timeline, or draws captured ones. */
import { ACT_RULE_MEANINGS, actDoubt } from "../../research/act-rule.ts";
import { MisuseError } from "../../research/misuse.ts";
import { type Partition, partition } from "../../research/phases.ts";
import { escaped } from "../../research/text/visible.ts";
import { milliseconds } from "../../research/units.ts";
import { parseImageOrLocal } from "../design/image-choice.ts";
import { findEngine } from "../edges/engine/find-engine.ts";
import { readCapturedStarts } from "../edges/files/captured-file.ts";
import { machineClock } from "../edges/host/clock.ts";
import { provideImage } from "../edges/images/images.ts";
import { chooseProbe } from "../edges/probe/choose-probe.ts";
import { columns, paint } from "../edges/terminal/terminal.ts";
import { observeStart } from "../start/observe-start.ts";
import { watchWall } from "../start/watch-wall.ts";
import { SCHEDULER_EVENTS, SCHEDULER_OPTIONS } from "../timeline/causes/scheduler-events.ts";
import { startCauses } from "../timeline/causes/start-causes.ts";
import { whyLines } from "../timeline/causes/why-lines.ts";
import { causalBrackets, offsetByCausality } from "../timeline/event-clock.ts";
import { type Sightings, timeline } from "../timeline/timeline.ts";
import { TRACE_RESOLUTION_NS } from "../timeline/trace-line.ts";
import { wallBetween } from "../timeline/wall-step.ts";
import { waterfall } from "../timeline/waterfall.ts";
import { renderWarning } from "./diagnose.ts";
import { type PROBE, say, tell } from "./engine-options.ts";
import { TRACE_SCHEMA, type TraceOutput } from "./trace-output.ts";

export interface TraceOptions {
  readonly image: string | undefined;
  /** The words after `--`: the command. */
  readonly "--"?: readonly string[];
  readonly from: string | undefined;
  readonly why: boolean;
  readonly format: "text" | "json";
  readonly engine: string | undefined;
  readonly probe: (typeof PROBE.choices)[number];
  readonly sidecar: boolean;
}

/** A service never exits, and may write nothing: then its timeline ends with its exec. */
const TRACE_TIMEOUT = milliseconds(10_000);

export async function trace(options: TraceOptions, signal: AbortSignal): Promise<void> {
  if ((options.from === undefined) === (options.image === undefined))
    throw new MisuseError("trace takes either an image or --from FILE");
  const starts =
    options.from === undefined
      ? [await traceLive(options, signal)]
      : readCapturedStarts(options.from).map(
          (sightings): SeenStart => ({
            sightings,
            resolution: TRACE_RESOLUTION_NS,
            problem: undefined,
            failed: false,
          }),
        );
  if (starts.some(({ failed }) => failed)) process.exitCode = 1;
  const drawn = starts.map(({ sightings, resolution, problem }) => {
    const { milestones, actRule, clockError, eventError } = timeline(sightings, resolution);
    const parts = partition(milestones);
    const why = options.why ? causesOrProblem(sightings, parts) : {};
    return {
      container_id: sightings.containerId ?? null,
      problem: problem ?? null,
      clock_error_ns: clockError,
      event_clock_error_ns: eventError,
      act_rule: milestones.entry_acts === undefined ? null : actRule,
      act_doubt: actDoubt(milestones, clockError),
      milestones,
      ...parts,
      ...why,
    };
  });
  if (options.format === "json") {
    const output: TraceOutput = { schema: TRACE_SCHEMA, starts: drawn };
    console.log(escaped(JSON.stringify(output, null, 2)));
  } else {
    for (const start of drawn) {
      tell(
        `container ${start.container_id?.slice(0, 12) ?? "(not created)"}${start.problem === null ? "" : `: ${start.problem}`}`,
      );
      console.log(waterfall(start, columns(), paint).join("\n"));
      if (start.act_rule !== null) tell(`the start ends with ${ACT_RULE_MEANINGS[start.act_rule]}`);
      if (start.act_doubt !== null) tell(`doubtful: ${start.act_doubt}`);
      if (start.causes !== undefined) console.log(["", ...whyLines(start.phases, start.causes, columns())].join("\n"));
      if (start.why_problem !== undefined) tell(`--why: ${start.why_problem}`);
      console.log("");
    }
  }
}

function causesOrProblem(
  start: Sightings,
  parts: Partition,
): Pick<TraceOutput["starts"][number], "causes" | "path" | "why_problem"> {
  const why = startCauses(start, parts);
  return "problem" in why ? { why_problem: why.problem } : why;
}

interface SeenStart {
  readonly sightings: Sightings;
  readonly resolution: number;
  readonly problem: string | undefined;
  readonly failed: boolean;
}

async function traceLive(options: TraceOptions, signal: AbortSignal): Promise<SeenStart> {
  await using found = await findEngine(options.engine, true, say, signal);
  const { engine } = found;
  await engine.open();
  for (const warning of engine.warnings()) say(renderWarning(warning));
  const image = await provideImage(engine.docker, parseImageOrLocal(options.image ?? ""), say, signal);
  const wish = { wanted: options.probe, mayStartSidecar: options.sidecar };
  const { probe, reason } = await chooseProbe(wish, engine, say, signal);
  await using _probe = probe;
  await using _scheduler = options.why ? await probe.watch({ events: SCHEDULER_EVENTS, options: SCHEDULER_OPTIONS }) : undefined;
  say(`${found.source}: ${image.reference}; probe ${probe.name} (${reason})`);
  const command = options["--"] ?? [];
  const request = {
    image: image.reference,
    command: command.length === 0 ? undefined : command,
    timeout: TRACE_TIMEOUT,
    untilFirstByte: true,
  };
  const wall = watchWall(machineClock);
  const start = await observeStart({ engine, probe, clock: machineClock }, request, signal);
  if (start.containerId === undefined) throw new Error(`the container could not be created: ${start.problem}`);
  const sightings = {
    ...start,
    clientPid: engine.local || probe.name === "tracefs" ? process.pid : undefined,
    wall: engine.local
      ? wallBetween(wall())
      : (start.kernelClock?.wall ?? offsetByCausality(causalBrackets(start.client, start.events))),
  };
  return { sightings, resolution: probe.resolution, problem: start.problem, failed: start.outcome === "failed" };
}
