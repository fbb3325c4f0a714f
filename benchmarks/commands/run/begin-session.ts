/** The manifest's entry for a session that is about to begin. */
import type { ImageDescription, PlannedExperiment, Session } from "../../../research/manifest.ts";
import { type Mode, STARTUP } from "../../../research/protocol.ts";
import type { KernelProbe } from "../../design/ports.ts";
import { toolCommit } from "../../edges/files/tool-commit.ts";
import { toolVersion } from "../../edges/files/tool-version.ts";
import { machineClock } from "../../edges/host/clock.ts";
import { loadAverage } from "../../edges/host/host.ts";
import { disturbances, type Facts } from "../diagnose.ts";
import { changesSince, coldWarnings } from "./run-warnings.ts";

interface StartupPlan {
  /** `undefined`: the image's own. */
  readonly command: readonly string[] | undefined;
  readonly iterations: Readonly<Record<Mode, number>>;
  readonly coldProblem: string | undefined;
  /** What about cold starts cannot be verified. */
  readonly coldUnseen: string | undefined;
}

export interface SessionPlan {
  readonly earlier: readonly Session[];
  /** Its number. */
  readonly session: number;
  readonly seed: number;
  readonly experiments: readonly PlannedExperiment[];
  /** Of startup; `undefined` where it is not run. */
  readonly startup: StartupPlan | undefined;
  readonly images: readonly ImageDescription[];
  readonly probe: KernelProbe;
  readonly probeReason: string;
  readonly facts: Facts;
  /** Of network-target. */
  readonly target: string | undefined;
  /** Of pull; `undefined`: one of our own beside the engine. */
  readonly registry: string | undefined;
  /** Of ladder. */
  readonly programs: Session["programs"];
}

/** @throws Error when the engine's description is not available */
export function beginSession(plan: SessionPlan): Session {
  const { earlier, session, seed, experiments, startup, images, probe, probeReason, facts, target, registry, programs } = plan;
  if ("problem" in facts.engine) throw new Error(facts.engine.problem);
  const asked = {
    experiments: [...experiments],
    ...(target === undefined ? {} : { target }),
    ...(registry === undefined ? {} : { registry }),
    ...(programs === undefined ? {} : { programs }),
  };
  return {
    session,
    tool: { version: toolVersion, commit: toolCommit() },
    seed,
    command: startup === undefined ? [] : [...(startup.command ?? [])],
    iterations:
      startup === undefined
        ? { warm: 0, cold: 0, warmup_blocks: 0 }
        : { ...startup.iterations, warmup_blocks: STARTUP.warmupBlocks },
    ...asked,
    started: new Date().toISOString(),
    ended: null,
    ending: null,
    host: facts.host,
    engine: facts.engine.description,
    images: [...images],
    probe: {
      name: probe.name,
      clock: "CLOCK_MONOTONIC",
      resolution_ns: probe.resolution,
      clock_error_ns: Math.max(probe.resolution, machineClock.wallOffset().error),
      reason: probeReason,
    },
    load_before: facts.load,
    load_after: null,
    warnings: [
      ...disturbances(facts),
      ...(startup === undefined || (startup.iterations.cold === 0 && startup.coldProblem === undefined)
        ? []
        : coldWarnings(startup)),
      ...changesSince(earlier.at(-1), { engine: facts.engine.description, host: facts.host, images: [...images], ...asked }),
    ],
  };
}

/** @param seconds that each experiment took which has ended */
export const endSession = (
  session: Session,
  ending: NonNullable<Session["ending"]>,
  warnings: Session["warnings"],
  seconds: ReadonlyMap<string, number>,
  engineIsLocal: boolean,
): Session => ({
  ...session,
  experiments: (session.experiments ?? []).map((experiment) => {
    const took = seconds.get(experiment.name);
    return took === undefined ? experiment : { ...experiment, seconds: Math.round(10 * took) / 10 };
  }),
  ended: new Date().toISOString(),
  ending,
  load_after: engineIsLocal ? loadAverage() : null,
  warnings: [...session.warnings, ...warnings],
});
