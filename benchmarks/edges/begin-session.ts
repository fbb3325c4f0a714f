/** The manifest's entry for a session that is about to begin. */
import type { ImageDescription, Session } from "../../research/manifest.ts";
import { type Mode, STARTUP } from "../../research/protocol.ts";
import { disturbances, type Facts } from "../diagnose.ts";
import type { KernelProbe } from "../ports.ts";
import { changesSince, coldWarning, unseenColdWarning } from "../run-warnings.ts";
import { machineClock } from "./clock.ts";
import { loadAverage } from "./host.ts";
import { toolCommit, toolVersion } from "./tool.ts";

export interface SessionPlan {
  readonly earlier: readonly Session[];
  readonly seed: number;
  readonly iterations: Readonly<Record<Mode, number>>;
  readonly images: readonly ImageDescription[];
  readonly probe: KernelProbe;
  readonly probeReason: string;
  readonly coldProblem: string | undefined;
  readonly coldUnseen: string | undefined;
  readonly facts: Facts;
}

/** @throws Error when the engine's description could not be had */
export function beginSession({
  earlier,
  seed,
  iterations,
  images,
  probe,
  probeReason,
  coldProblem,
  coldUnseen,
  facts,
}: SessionPlan): Session {
  if ("problem" in facts.engine) throw new Error(facts.engine.problem);
  return {
    session: earlier.length + 1,
    tool: { version: toolVersion, commit: toolCommit() },
    seed,
    command: [...STARTUP.command],
    iterations: { ...iterations, warmup_blocks: STARTUP.warmupBlocks },
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
      coldWarning(coldProblem),
      ...(coldUnseen === undefined ? [] : [unseenColdWarning(coldUnseen)]),
      ...changesSince(earlier.at(-1), facts.engine.description, facts.host, images),
    ],
  };
}

export const endSession = (
  session: Session,
  ending: NonNullable<Session["ending"]>,
  warnings: Session["warnings"],
  engineIsLocal: boolean,
): Session => ({
  ...session,
  ended: new Date().toISOString(),
  ending,
  load_after: engineIsLocal ? loadAverage() : null,
  warnings: [...session.warnings, ...warnings],
});
