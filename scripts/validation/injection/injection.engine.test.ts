import { afterAll, beforeAll, expect, it } from "vitest";
import { provideImage } from "../../../benchmarks/edges/images.ts";
import { openTracefs } from "../../../benchmarks/edges/tracefs.ts";
import type { KernelProbe } from "../../../benchmarks/ports.ts";
import { PHASES, TIERS } from "../../../research/phases.ts";
import { type DelayedEngine, startDelayedEngine } from "./delayed-engine.ts";
import { observeDelays } from "./observe-delays.ts";
import { type Arm, PLACE_NAMES, PLACES, type Place } from "./places.ts";
import { type Recovery, recoveries } from "./recovery.ts";
import { recordSleeps } from "./slept.ts";

/** Far above the noise of eight starts on a busy machine, some 30 ms in the longest phases. */
const DELAY_MS = 200;
const ARMS: readonly Arm[] = [{ place: null, delay_ms: 0 }, ...PLACE_NAMES.map((place) => ({ place, delay_ms: DELAY_MS }))];
const never = new AbortController().signal;

let delayed: DelayedEngine;
let probe: KernelProbe;
let found: Map<Place | null, Recovery>;

beforeAll(async () => {
  delayed = await startDelayedEngine(() => undefined);
  probe = openTracefs();
  recordSleeps();
  const { reference } = await provideImage(delayed.engine.docker, { kind: "local", name: "small" }, () => undefined, never);
  const blocks = await observeDelays(delayed, probe, { arms: ARMS, blocks: 8, seed: 1, image: reference }, never);
  found = new Map(recoveries(ARMS, blocks).map((recovery) => [recovery.arm.place, recovery]));
}, 600_000);
afterAll(async () => {
  await probe?.[Symbol.asyncDispose]();
  await delayed?.[Symbol.asyncDispose]();
});

it.each(PLACE_NAMES)("a delay in %s comes back in its phase and its tier, and in no other", (place) => {
  const { injected, phases, tiers, elsewhere } = found.get(place) as Recovery;
  const { phase } = PLACES[place];
  const recovered = phases[phase]?.ms ?? Number.NaN;
  expect(injected.ms).toBeGreaterThan(DELAY_MS - 1);
  expect(Math.abs(recovered - injected.ms)).toBeLessThan(DELAY_MS / 4);
  for (const other of elsewhere) expect(Math.abs(other.ms)).toBeLessThan(DELAY_MS / 4);
  const longest = TIERS.reduce((most, tier) => (tiers[tier].ms > tiers[most].ms ? tier : most));
  expect(longest).toBe(PHASES[phase].tier);
});
