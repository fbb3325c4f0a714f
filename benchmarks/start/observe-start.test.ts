import { expect, it } from "vitest";
import { clockNs, milliseconds } from "../../research/units.ts";
import type { Instruments } from "../design/ports.ts";
import { observeStart } from "./observe-start.ts";

const TIMEOUT = milliseconds(60);

/** A start that is over at once, whose container goes when the start's time has run out. */
function slowlyRemoved(): Instruments {
  let now = 0n;
  const done = async (): Promise<void> => undefined;
  const none = async () => ({ lines: [], lost: 0, clock: undefined });
  return {
    clock: {
      now: () => {
        now += 1n;
        return clockNs(now);
      },
      wallOffset: () => {
        throw new Error("not asked for");
      },
      sleep: done,
    },
    probe: {
      name: "events",
      resolution: 0,
      begin: done,
      end: none,
      watch: () => Promise.reject(new Error("not asked for")),
      [Symbol.asyncDispose]: done,
    },
    engine: {
      local: true,
      create: async () => "a".repeat(64),
      attach: async () => ({
        firstByte: Promise.resolve(clockNs(1n)),
        said: () => new Promise<never>(() => undefined),
        firstWords: Promise.resolve("y"),
        ended: Promise.resolve(),
        chunks: () => [],
        errors: () => "",
        received: () => 1,
        close: () => undefined,
      }),
      start: done,
      wait: async () => 0,
      initOf: async () => undefined,
      stop: () => Promise.reject(new Error("not asked for")),
      leftNetworkAt: () => undefined,
      remove: () => new Promise((resolve) => setTimeout(resolve, 2 * TIMEOUT)),
      processorsOf: async () => ({ image: "amd64", engine: "amd64" }),
      tornDown: done,
      createVolume: () => Promise.reject(new Error("not asked for")),
      gatewayOf: () => Promise.reject(new Error("not asked for")),
      eventsOf: () => ({}),
      becomesReady: () => Promise.reject(new Error("not asked for")),
      stillThere: done,
    },
  };
}

it("a start that ended in time is no timeout because its removal was slow", async () => {
  const request = { image: "x", command: ["y"], timeout: TIMEOUT, untilFirstByte: false };
  const { outcome, problem } = await observeStart(slowlyRemoved(), request, new AbortController().signal);
  expect({ outcome, problem }).toEqual({ outcome: "ok", problem: undefined });
});

it.each([
  ["at once", 1, 500],
  ["late, on a busy machine", 3_000, 3_000],
  ["just before the start's own limit", 9_000, 500],
])("a first byte that came %s may be a complaint, whose end is waited for as long", async (_, late, patience) => {
  const { clock, probe, engine } = slowlyRemoved();
  const slept: number[] = [];
  let now = 0n;
  const instruments: Instruments = {
    probe,
    clock: {
      ...clock,
      now: () => clockNs(now),
      sleep: async (time) => {
        slept.push(time);
      },
    },
    engine: {
      ...engine,
      start: async () => {
        now = BigInt(late) * 1_000_000n;
      },
      attach: async (id, signal) => ({ ...(await engine.attach(id, signal)), ended: new Promise(() => undefined) }),
      remove: async () => undefined,
    },
  };
  const request = { image: "x", command: undefined, timeout: milliseconds(10_000), untilFirstByte: true };
  await observeStart(instruments, request, new AbortController().signal);
  expect(slept).toEqual([patience]);
});
