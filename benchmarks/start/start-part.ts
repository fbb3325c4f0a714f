/** An observed start → its part of a trial, with the columns that every table of starts has. */
import type { PROBES } from "../../research/protocol.ts";
import type { Nanoseconds } from "../../research/units.ts";
import type { Part } from "../design/experiment.ts";
import type { Instruments } from "../design/ports.ts";
import type { WallAround } from "../timeline/wall-step.ts";
import type { ObservedStart } from "./observe-start.ts";
import type { ReadyTime } from "./ready-time.ts";
import { type StartCells, startCells } from "./startup-row.ts";

export type StartMeasured = StartCells & { readonly probe: (typeof PROBES)[number] };

/** @param wall this machine's wall clock, before and after the start */
export function startPart(
  { engine, probe }: Pick<Instruments, "engine" | "probe">,
  start: ObservedStart,
  wall: WallAround,
): { part: Part<StartMeasured>; ready: ReadyTime; total: Nanoseconds | null } {
  const { cells, ready, milestones, judged } = startCells(start, wall, engine.local, probe);
  const { containerId, client } = start;
  return {
    part: { ...judged, began: client.create_sent, containerId, measured: { ...cells, probe: probe.name } },
    ready,
    total: milestones.entry_acts ?? null,
  };
}
