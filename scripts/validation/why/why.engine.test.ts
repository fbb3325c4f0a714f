import { afterAll, beforeAll, expect, it } from "vitest";
import type { KernelProbe } from "../../../benchmarks/design/ports.ts";
import { provideImage } from "../../../benchmarks/edges/images/images.ts";
import { openTracefs } from "../../../benchmarks/edges/probe/tracefs.ts";
import { SCHEDULER_EVENTS, SCHEDULER_OPTIONS } from "../../../benchmarks/timeline/causes/scheduler-events.ts";
import { type ArmedEngine, startArmedEngine } from "./armed-engine.ts";
import { INJECTIONS } from "./injections.ts";
import { observeInjections } from "./observe-injections.ts";
import { type Recovery, recoveries } from "./recovery.ts";

/** Those that need no larger image; the others are in `npm run validate:why`. */
const SHORT = INJECTIONS.filter(({ command, target }) => command === "plain" && target !== undefined);
const never = new AbortController().signal;

let armed: ArmedEngine;
let probe: KernelProbe;
let found: readonly Recovery[];

beforeAll(async () => {
  armed = await startArmedEngine(() => undefined);
  probe = openTracefs();
  await probe.watch({ events: SCHEDULER_EVENTS, options: SCHEDULER_OPTIONS });
  const { reference } = await provideImage(armed.engine.docker, { kind: "local", name: "small" }, () => undefined, never);
  const blocks = await observeInjections(
    armed,
    probe,
    { injections: SHORT, blocks: 1, seed: 1, imageOf: () => reference },
    never,
  );
  found = recoveries(SHORT, blocks);
}, 600_000);
afterAll(async () => {
  await probe?.[Symbol.asyncDispose]();
  await armed?.[Symbol.asyncDispose]();
});

it.each(SHORT)("$name: it comes back in its cause, its program and its phase", (injection) => {
  const recovery = found.find((of) => of.injection === injection);
  const [put, error] = [recovery?.put.ms ?? Number.NaN, recovery?.errors_ms[0] ?? Number.NaN];
  expect(put).toBeGreaterThan(0);
  // Elsewhere it would be missed by all of it. Other users of the machine do not change how long a program ran, slept or was blocked.
  expect(Math.abs(error)).toBeLessThan(put / 2);
});
