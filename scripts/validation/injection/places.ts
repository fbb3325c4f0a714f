/** Where a delay is put, and the phase that must take it. */
import type { PhaseName } from "../../../research/phases.ts";

export const PLACES = {
  create: { phase: "create_api", how: "a proxy in front of the engine's socket holds the create request" },
  start: { phase: "daemon_prepare", how: "the proxy holds the start request" },
  volume: { phase: "daemon_prepare", how: "a volume plugin is slow to mount" },
  runtime_create: { phase: "runtime_load", how: "a wrapper sleeps before it executes the OCI runtime's `create`" },
  hook: { phase: "hook", how: "a createRuntime hook sleeps" },
  runtime_start: { phase: "runtime_start", how: "the wrapper sleeps before it executes the OCI runtime's `start`" },
  entrypoint: { phase: "entrypoint", how: "the entrypoint sleeps before its first write" },
} as const satisfies Record<string, { phase: PhaseName; how: string }>;

export type Place = keyof typeof PLACES;
export const PLACE_NAMES = Object.keys(PLACES) as readonly Place[];

/** One start's delay: everywhere else the same machinery waits for 0 ms. */
export interface Arm {
  /** `null`: nowhere. */
  readonly place: Place | null;
  readonly delay_ms: number;
}

export const delayAt = (arm: Arm, place: Place): number => (arm.place === place ? arm.delay_ms : 0);
