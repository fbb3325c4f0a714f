import { afterAll, beforeAll, expect, it } from "vitest";
import type { KernelProbe } from "../../../benchmarks/design/ports.ts";
import { provideImage } from "../../../benchmarks/edges/images/images.ts";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { PHASES, TIERS } from "../../../research/phases.ts";
import { type DelayedEngine, startDelayedEngine } from "./delayed-engine.ts";
import { observeDelays } from "./observe-delays.ts";
import { type Arm, PLACES, type Place } from "./places.ts";
import { type Recovery, recoveries } from "./recovery.ts";
import { recordSleeps } from "./slept.ts";

/** Two in the daemon, one in the runtime, one in the process; `npm run validate:injection` has every place, and 30 ms. */
const IN = ["create", "volume", "hook", "entrypoint"] as const satisfies readonly Place[];
/** Far above the noise of a start beside two other workers' tests. */
const DELAY_MS = 2_000;
/** A delay in the wrong phase is missed in one and found in the other by all of it. */
const TOLERANCE_MS = DELAY_MS / 2;
const ARMS: readonly Arm[] = [{ place: null, delay_ms: 0 }, ...IN.map((place) => ({ place, delay_ms: DELAY_MS }))];
const never = new AbortController().signal;

let delayed: DelayedEngine;
let probe: KernelProbe;
let found: Map<Place | null, Recovery>;

beforeAll(async () => {
  delayed = await startDelayedEngine(() => undefined);
  probe = openTracefs();
  recordSleeps();
  const { reference } = await provideImage(delayed.engine.docker, { kind: "local", name: "small" }, () => undefined, never);
  const blocks = await observeDelays(delayed, probe, { arms: ARMS, blocks: 1, seed: 1, image: reference }, never);
  found = new Map(recoveries(ARMS, blocks).map((recovery) => [recovery.arm.place, recovery]));
}, 600_000);
afterAll(async () => {
  await probe?.[Symbol.asyncDispose]();
  await delayed?.[Symbol.asyncDispose]();
});

it.each(IN)("a delay in %s comes back in its phase and its tier, and in no other", (place) => {
  const { injected, phases, tiers, elsewhere } = found.get(place) as Recovery;
  const { phase } = PLACES[place];
  const recovered = phases[phase]?.ms ?? Number.NaN;
  // On a busy machine a sleep of 0 s ends late too, in the starts without a delay as in those with one.
  expect(Math.abs(injected.ms - DELAY_MS)).toBeLessThan(TOLERANCE_MS);
  expect(Math.abs(recovered - injected.ms)).toBeLessThan(TOLERANCE_MS);
  for (const other of elsewhere) expect(Math.abs(other.ms)).toBeLessThan(TOLERANCE_MS);
  const longest = TIERS.reduce((most, tier) => (tiers[tier].ms > tiers[most].ms ? tier : most));
  expect(longest).toBe(PHASES[phase].tier);
});
